package org.bakedpage.nativeimage;

import com.oracle.svm.core.SubstrateOptions;
import com.oracle.svm.core.util.ExitStatus;
import com.oracle.svm.hosted.NativeImageGeneratorRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run of the builder in a process of its own, which does not outlive this one. */
final class BuilderProcess {

    /** A program that runs while the image is built sees no other variables but those of {@code -E}. */
    private static final Set<String> KEPT_VARIABLES = Set.of("PATH", "PWD", "HOME", "LANG", "LANGUAGE", "TMPDIR", "TZ");

    private final BuilderCommand command;
    private final Map<String, String> environment;

    BuilderProcess(BuilderCommand command, Map<String, String> environment) {
        this.command = command;
        this.environment = environment;
    }

    /** The builder's exit code. */
    int run() throws IOException, InterruptedException {
        Path arguments = Files.createTempFile("native-image-", ".args");
        try {
            // In a file: the class path alone may be longer than one argument may be (128 KiB on Linux).
            Files.writeString(arguments, String.join("\0", command.image()));
            Process process = start(arguments);
            Thread killer = new Thread(() -> {
                process.destroy();
                delete(arguments);
            });
            Runtime.getRuntime().addShutdownHook(killer);
            int exitCode = process.waitFor();
            explain(exitCode);
            return exitCode;
        } finally {
            delete(arguments);
        }
    }

    private Process start(Path arguments) throws IOException {
        List<String> line = new ArrayList<>(command.jvm());
        line.add(NativeImageGeneratorRunner.IMAGE_BUILDER_ARG_FILE_OPTION + arguments);
        // The builder ends itself when this file changes or is gone: no signal can be passed on after a SIGKILL.
        line.add(SubstrateOptions.KEEP_ALIVE_PREFIX);
        line.add("/proc/" + ProcessHandle.current().pid() + "/comm");
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> !KEPT_VARIABLES.contains(name) && !name.startsWith("LC_"));
        variables.putAll(environment);
        // The check knows GraalVM's own builds of the JDK only.
        variables.put("JVMCI_VERSION_CHECK", "ignore");
        return builder.start();
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

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.err.println("Warning: cannot delete " + file + ": " + e.getMessage());
        }
    }
}
