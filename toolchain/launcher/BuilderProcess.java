package org.bakedpage.nativeimage;

import com.oracle.svm.core.SubstrateOptions;
import com.oracle.svm.core.util.ExitStatus;
import com.oracle.svm.hosted.NativeImageGeneratorRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A run of the builder in a process of its own, which does not outlive this one. */
final class BuilderProcess {

    /** A program that runs while the image is built sees no other variables but those of {@code -E}. */
    private static final Set<String> KEPT_VARIABLES = Set.of("PATH", "PWD", "HOME", "LANG", "LANGUAGE", "TMPDIR", "TZ");

    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    private final BuilderCommand command;
    private final Map<String, String> environment;

    BuilderProcess(BuilderCommand command, Map<String, String> environment) {
        this.command = command;
        this.environment = environment;
    }

    /** The builder's exit code. */
    int run() throws IOException, InterruptedException {
        Path temporary = Files.createTempDirectory("native-image-");
        try {
            Process process = start(temporary);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                end(process);
                delete(temporary);
            }));
            int exitCode = process.waitFor();
            explain(exitCode);
            return exitCode;
        } finally {
            delete(temporary);
        }
    }

    private Process start(Path temporary) throws IOException {
        // In a file: the class path alone may be longer than one argument may be (128 KiB on Linux).
        Path arguments = Files.writeString(temporary.resolve("arguments"), String.join("\0", command.image()));
        List<String> line = new ArrayList<>(command.jvm());
        // The builder leaves its own temporary folder behind when it is ended by a signal.
        line.add(1, "-Djava.io.tmpdir=" + temporary);
        line.add(NativeImageGeneratorRunner.IMAGE_BUILDER_ARG_FILE_OPTION + arguments);
        // The builder ends itself when this file changes or is gone: no signal can be passed on after a SIGKILL.
        line.addAll(List.of(SubstrateOptions.KEEP_ALIVE_PREFIX, "/proc/" + ProcessHandle.current().pid() + "/comm"));
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> !KEPT_VARIABLES.contains(name) && !name.startsWith("LC_"));
        variables.putAll(environment);
        // The check knows GraalVM's own builds of the JDK only.
        variables.put("JVMCI_VERSION_CHECK", "ignore");
        return builder.start();
    }

    /** Who ended this process may rely on the builder being gone with it. */
    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(END_LIMIT)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private static void explain(int exitCode) {
        switch (ExitStatus.of(exitCode)) {
            case FALLBACK_IMAGE -> System.err.println(
                    "Error: this program would need a fallback image, which this toolchain does not make: use --no-fallback");
            case OUT_OF_MEMORY -> System.err.println(
                    "Error: the builder ran out of memory: give it more with -J-Xmx<size>");
            case OUT_OF_MEMORY_KILLED -> System.err.println(
                    "Error: the builder was killed, probably for want of memory: limit it with -J-Xmx<size>");
            default -> { }
        }
    }

    /** Synchronized: a signal makes both the hook and the thread that waits come here. */
    private static synchronized void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("Warning: cannot delete " + folder + ": " + e.getMessage());
        }
    }
}
