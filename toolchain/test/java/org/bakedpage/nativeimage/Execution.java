package org.bakedpage.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that has ended, and what it said. */
record Execution(List<String> command, int exitCode, String output, String errors) {

    /**
     * Runs a command to its end.
     *
     * @param variables its whole environment, but for PATH, which it has from this process
     */
    static Execution of(List<String> command, Path folder, Map<String, String> variables, Duration limit) {
        try {
            Path output = Files.createTempFile("execution", ".out");
            Path errors = Files.createTempFile("execution", ".err");
            try {
                Process process = builder(command, folder, variables)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
                int exitCode = await(process, command, limit);
                return new Execution(command, exitCode, Files.readString(output), Files.readString(errors));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProcessBuilder builder(List<String> command, Path folder, Map<String, String> variables) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        String path = builder.environment().get("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().putAll(variables);
        return builder;
    }

    private static int await(Process process, List<String> command, Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + limit + ": " + command);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted: " + command, e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Everything, for the message of a failed assertion. */
    @Override
    public String toString() {
        return String.join(" ", command) + "\nexit code " + exitCode + "\n--- output\n" + output + "--- errors\n" + errors;
    }
}
