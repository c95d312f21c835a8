import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A contender that runs, and what the kernel knows of its processes. */
final class Server implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(15);
    private static final Duration LOG_LIMIT = Duration.ofSeconds(2);

    /** @param resident of all processes, so what they share counts for each; @param own what no other process could share */
    record Memory(long resident, long own) {
    }

    private final Contender contender;
    private final Process process;
    private final Path log;

    private Server(Contender contender, Process process, Path log) {
        this.contender = contender;
        this.process = process;
        this.log = log;
    }

    static Server start(Contender contender, List<String> command) throws IOException, NotMeasured {
        Path log = Path.of("target/bench/log", contender.id() + ".log");
        if (answers(contender)) {
            throw new NotMeasured("something else listens on port " + contender.port() + ": choose others with --port");
        }
        // A session of its own: lighttpd, to stop its workers, signals its whole process group.
        List<String> inSession = new ArrayList<>(List.of("setsid"));
        inSession.addAll(command);
        Server server = new Server(contender, Processes.start(inSession, contender.environment(), log), log);
        try {
            server.awaitFirstAnswer();
        } catch (IOException | NotMeasured | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void awaitFirstAnswer() throws IOException, NotMeasured {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers(contender)) {
            if (!process.isAlive()) {
                throw new NotMeasured("it ended at its start: " + Processes.lastLine(log));
            }
            if (System.nanoTime() > limit) {
                throw new NotMeasured("no 200 within " + START_LIMIT.toSeconds() + " s of its start: " + Processes.lastLine(log));
            }
            Bench.pause(Duration.ofMillis(10));
        }
    }

    boolean answers() {
        return process.isAlive() && answers(contender);
    }

    private static boolean answers(Contender contender) {
        try {
            return Exchange.get(contender.port(), "/", List.of("Host: 127.0.0.1")).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The processor time of all its processes so far: utime and stime of /proc/PID/stat. */
    Duration processorTime() {
        return processes().map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    Memory memory() throws IOException {
        long resident = 0;
        long own = 0;
        for (ProcessHandle handle : processes().toList()) {
            for (String line : lines(handle, "smaps_rollup")) {
                resident += line.startsWith("Rss:") ? kilobytes(line) : 0;
                own += line.startsWith("Pss_Dirty:") ? kilobytes(line) : 0;
            }
        }
        return new Memory(resident << 10, own << 10);
    }

    /** The executable, its libraries and whatever else it has mapped: the least that an image of it has to hold. */
    Set<Path> mappedFiles() throws IOException {
        Set<Path> files = new TreeSet<>();
        for (ProcessHandle handle : processes().toList()) {
            for (String line : lines(handle, "maps")) {
                int path = line.indexOf('/');
                if (path > 0 && Files.isRegularFile(Path.of(line.substring(path)))) {
                    files.add(Path.of(line.substring(path)));
                }
            }
        }
        return files;
    }

    Path executable() throws IOException {
        return Path.of("/proc", "" + process.pid(), "exe").toRealPath();
    }

    /** As the program itself says: where it does so in its log, that may come after its first answer. */
    String version() throws IOException, NotMeasured {
        Path file = log;
        if (!contender.version().isEmpty()) {
            file = Path.of("target/bench/log", contender.id() + ".version.log");
            Processes.run(contender.version(), Map.of(), file);
        }
        for (long limit = System.nanoTime() + LOG_LIMIT.toNanos(); System.nanoTime() < limit;) {
            Optional<String> version = versionIn(file);
            if (version.isPresent()) {
                return version.get();
            }
            Bench.pause(Duration.ofMillis(10));
        }
        throw new NotMeasured("it does not tell its version");
    }

    private Optional<String> versionIn(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            int program = line.indexOf("(main) ");
            if (contender.version().isEmpty() ? line.contains("powered by") : line.matches(".*[0-9].*")) {
                return Optional.of(program < 0 ? line.strip()
                        : line.substring(program + 7, line.indexOf(')', program + 7) + 1));
            }
        }
        return Optional.empty();
    }

    private Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    /** None for a process that has ended meanwhile. */
    private static List<String> lines(ProcessHandle handle, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", "" + handle.pid(), file));
        } catch (IOException e) {
            return new ArrayList<>();
        }
    }

    private static long kilobytes(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }

    @Override
    public void close() {
        Processes.end(process);
    }
}
