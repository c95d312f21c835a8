import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Every process that this program has started, so that none is left at its end, whatever ends it. */
final class Processes {

    /** Quarkus gives requests 4 seconds to finish here. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(6);

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static boolean over;

    private Processes() {
    }

    static void endAllAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            synchronized (Processes.class) {
                over = true;
            }
            RUNNING.forEach(Processes::end);
        }));
    }

    /** Its output goes to the log. */
    static Process start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        Files.createDirectories(log.getParent());
        return start(builder(command, environment).redirectErrorStream(true).redirectOutput(log.toFile()));
    }

    /** The same, but its standard input and output are pipes. */
    static Process startPiped(List<String> command, Path log) throws IOException {
        Files.createDirectories(log.getParent());
        return start(builder(command, Map.of()).redirectError(log.toFile()));
    }

    /** Runs it to its end, which must be a good one. Its output goes to the log. */
    static void run(List<String> command, Map<String, String> environment, Path log) throws IOException, NotMeasured {
        int code = waitFor(start(command, environment, log));
        if (code != 0) {
            throw new NotMeasured(command.getFirst() + " failed with exit code " + code + ", see " + log);
        }
    }

    /** The same, but its standard output is the answer. */
    static String outputOf(List<String> command, Map<String, String> environment, Path log) throws IOException, NotMeasured {
        Files.createDirectories(log.getParent());
        Process process = start(builder(command, environment).redirectError(log.toFile()));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = waitFor(process);
        if (code != 0) {
            throw new NotMeasured(command.getFirst() + " failed with exit code " + code + ": " + lastLine(log));
        }
        return output;
    }

    /** Ends it and its descendants: politely, then not. */
    static void end(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        RUNNING.remove(process);
    }

    static String lastLine(Path log) throws IOException {
        String text = Files.readString(log, StandardCharsets.ISO_8859_1).strip();
        return text.isEmpty() ? "it said nothing" : text.substring(text.lastIndexOf('\n') + 1).strip();
    }

    private static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }

    private static synchronized Process start(ProcessBuilder builder) throws IOException {
        if (over) {
            throw new IOException("this program is about to end");
        }
        Process process = builder.start();
        RUNNING.add(process);
        process.onExit().thenAccept(RUNNING::remove);
        return process;
    }

    static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process ran", e);
        }
    }
}
