import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What is measured on. */
final class Machine {

    private Machine() {
    }

    static String description() throws IOException {
        return "%s, %d processors, %.0f GB, Linux %s, %s".formatted(
                value("/proc/cpuinfo", "model name"), Runtime.getRuntime().availableProcessors(),
                Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "")) / 1e6,
                System.getProperty("os.version"), value("/etc/os-release", "PRETTY_NAME"));
    }

    /**
     * Seconds of all processors since the boot: what they had, what of it programs used or other machines stole, and
     * what of that this program and the processes that it has seen end used.
     */
    record Time(double all, double used, double own) {

        /** What the kernel calls USER_HZ, the same on every machine that this runs on. */
        private static final double TICKS_PER_SECOND = 100;

        static Time now() throws IOException {
            String[] words = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +");
            // user, nice, system, idle, iowait, irq, softirq, steal: proc_stat(5)
            long[] ticks = Arrays.stream(words, 1, 9).mapToLong(Long::parseLong).toArray();
            // after the name, which may have spaces: utime, stime, cutime, cstime are the 12th to 15th, proc_pid_stat(5)
            String[] own = Files.readString(Path.of("/proc/self/stat")).replaceFirst(".*\\) ", "").split(" ");
            return new Time(Arrays.stream(ticks).sum() / TICKS_PER_SECOND,
                    (ticks[0] + ticks[1] + ticks[2] + ticks[7]) / TICKS_PER_SECOND,
                    Arrays.stream(own, 11, 15).mapToLong(Long::parseLong).sum() / TICKS_PER_SECOND);
        }

        /** The part that neither this program used nor the server that it loads. */
        double othersSince(Time before, double serverSeconds) {
            return Math.max(0, (used - before.used - (own - before.own) - serverSeconds) / (all - before.all));
        }
    }

    /** Waits until others leave the processors alone, or until the limit; says what part of them they use then. */
    static double awaitQuiet(double limit, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        double busy;
        do {
            Time before = Time.now();
            Bench.pause(Duration.ofMillis(300));
            busy = Time.now().othersSince(before, 0);
        } while (busy > limit && System.nanoTime() < end);
        return busy;
    }

    static String commit() throws IOException {
        try {
            Path log = Path.of("target/bench/log/git.log");
            String hash = Processes.outputOf(List.of("git", "rev-parse", "--short=12", "HEAD"), Map.of(), log).strip();
            List<String> changed = new ArrayList<>(List.of("git", "status", "--porcelain", "--untracked-files=no", "--", "bench"));
            changed.addAll(Builds.PROJECT_PARTS);
            String changes = Processes.outputOf(changed, Map.of(), log);
            return hash + (changes.isBlank() ? "" : " and changes that are not committed");
        } catch (NotMeasured e) {
            return "unknown (" + e.getMessage() + ")";
        }
    }

    private static String value(String file, String key) throws IOException {
        return Files.readAllLines(Path.of(file)).stream().filter(line -> line.startsWith(key)).findFirst()
                .map(line -> line.substring(key.length()).replaceFirst("^\\s*[:=]\\s*", "").replace("\"", "").strip())
                .orElse("unknown " + key);
    }
}
