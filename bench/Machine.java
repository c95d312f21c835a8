import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

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

    /** The part of its processors that others use while this program sleeps, time stolen by other machines included. */
    static double busy() throws IOException {
        long[] before = ticks();
        Bench.pause(Duration.ofMillis(300));
        long[] after = ticks();
        double all = Arrays.stream(after).sum() - Arrays.stream(before).sum();
        // The fourth and the fifth are idle and iowait, proc_stat(5).
        double idle = after[3] + after[4] - before[3] - before[4];
        return all == 0 ? 0 : 1 - idle / all;
    }

    static String commit() throws IOException {
        try {
            Path log = Path.of("target/bench/log/git.log");
            String hash = Processes.outputOf(List.of("git", "rev-parse", "--short=12", "HEAD"), log).strip();
            String changes = Processes.outputOf(List.of("git", "status", "--porcelain", "--untracked-files=no", "--",
                    "src/main", "pom.xml", "toolchain", "bench"), log);
            return hash + (changes.isBlank() ? "" : " and changes that are not committed");
        } catch (NotMeasured e) {
            return "unknown (" + e.getMessage() + ")";
        }
    }

    private static long[] ticks() throws IOException {
        String[] words = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +");
        // The last two, guest and guest_nice, are counted in the first two already.
        return Arrays.stream(words, 1, 9).mapToLong(Long::parseLong).toArray();
    }

    private static String value(String file, String key) throws IOException {
        return Files.readAllLines(Path.of(file)).stream().filter(line -> line.startsWith(key)).findFirst()
                .map(line -> line.substring(key.length()).replaceFirst("^\\s*[:=]\\s*", "").replace("\"", "").strip())
                .orElse("unknown " + key);
    }
}
