package org.bakedpage.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the native-image command and the process of the builder hang together. */
class LauncherProcessIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Path jar;
    private Path temporary;

    @BeforeEach
    void make_inputs() throws IOException {
        jar = TestJar.program("hello", "Hello", folder);
        temporary = Files.createDirectory(folder.resolve("temporary"));
    }

    @Test
    void the_exit_code_and_the_message_are_the_builders() throws IOException {
        Execution execution = Toolchain.launch(folder, Map.of("TMPDIR", temporary.toString()),
                List.of("-cp", jar.toString(), "-H:NoSuchOption=1", "Hello"));

        assertEquals(1, execution.exitCode(), execution::toString);
        assertTrue(execution.output().contains("NoSuchOption"), execution::toString);
        assertEquals(List.of(), filesIn(temporary));
    }

    @Test
    void verbose_prints_the_command_that_it_runs() {
        Execution execution = Toolchain.launch(folder, Map.of(),
                List.of("--verbose", "-cp", jar.toString(), "--list-cpu-features"));

        assertEquals(0, execution.exitCode(), execution::toString);
        assertTrue(execution.output().contains("-H:+ListCPUFeatures@user+api"), execution::toString);
        assertTrue(execution.output().contains("SSE2"), "what the builder prints follows");
    }

    @Test
    void the_builder_sees_no_variable_that_is_not_asked_for() {
        Map<String, String> variables = Map.of("JAVA_TOOL_OPTIONS", "-Dfrom=environment", "LC_ALL", "C");

        Execution without = Toolchain.launch(folder, variables, List.of("-cp", jar.toString(), "--list-cpu-features"));
        Execution with = Toolchain.launch(folder, variables,
                List.of("-EJAVA_TOOL_OPTIONS", "-cp", jar.toString(), "--list-cpu-features"));

        // Each JVM that sees this variable says so; one of the two is the launcher's.
        assertEquals(1, without.errors().split("Picked up JAVA_TOOL_OPTIONS", -1).length - 1, without::toString);
        assertEquals(2, with.errors().split("Picked up JAVA_TOOL_OPTIONS", -1).length - 1, with::toString);
    }

    @Test
    void the_builder_ends_with_the_command() throws IOException, InterruptedException {
        Process command = startBuild();
        ProcessHandle builder = builderOf(command);

        command.destroy();

        assertTrue(command.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), "the command ends at SIGTERM");
        assertEquals(128 + 15, command.exitValue());
        await("the builder ends too", () -> !builder.isAlive());
        assertEquals(List.of(), filesIn(temporary));
    }

    @Test
    void the_builder_ends_even_if_the_command_is_killed() throws IOException {
        Process command = startBuild();
        ProcessHandle builder = builderOf(command);

        command.destroyForcibly();

        try {
            await("the builder ends by itself", () -> !builder.isAlive());
        } finally {
            builder.destroyForcibly();
        }
    }

    private Process startBuild() throws IOException {
        return Execution.builder(List.of(Toolchain.nativeImage(), "-jar", jar.toString()), folder,
                        Map.of("TMPDIR", temporary.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** Once it says what it builds it has started in earnest. */
    private ProcessHandle builderOf(Process command) {
        await("the builder starts", () -> {
            try {
                return Files.readString(folder.resolve("log")).contains("Generating 'hello'");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return command.children().findFirst().orElseThrow();
    }

    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(LIMIT);
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), what);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
