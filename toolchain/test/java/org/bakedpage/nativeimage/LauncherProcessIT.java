package org.bakedpage.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
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
        jar = TestJar.program("hello", "hello.Hello", folder);
        temporary = Files.createDirectory(folder.resolve("temporary"));
    }

    @Test
    void the_exit_code_and_the_message_are_the_builders() throws IOException {
        Execution execution = Toolchain.launch(folder, Map.of("TMPDIR", temporary.toString()),
                List.of("-cp", jar.toString(), "-H:NoSuchOption=1", "hello.Hello"));

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
    void the_builder_sees_no_variable_that_is_not_asked_for() throws IOException {
        Process command = startBuild(Map.of("SECRET", "s", "LC_TIME", "C", "GIVEN", "g"), "-EGIVEN", "-ESET=s", "-EMISSING");
        ProcessHandle builder = builderOf(command);

        // proc(5): NAME=VALUE, each ended by a zero byte
        String environment = Files.readString(Path.of("/proc", String.valueOf(builder.pid()), "environ"));
        command.destroy();

        Set<String> names = Stream.of(environment.split("\0"))
                .map(variable -> variable.substring(0, variable.indexOf('=')))
                .collect(Collectors.toCollection(TreeSet::new));
        names.removeAll(Set.of("PATH", "PWD", "TMPDIR"));
        assertEquals(Set.of("GIVEN", "JVMCI_VERSION_CHECK", "LC_TIME", "SET"), names);
    }

    @Test
    void the_builder_ends_with_the_command() throws IOException, InterruptedException {
        Process command = startBuild(Map.of());
        ProcessHandle builder = builderOf(command);

        command.destroy();

        assertTrue(command.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), "the command ends at SIGTERM");
        assertEquals(128 + 15, command.exitValue());
        assertFalse(builder.isAlive(), "the builder has ended before it");
        assertEquals(List.of(), filesIn(temporary));
    }

    @Test
    void the_builder_ends_even_if_the_command_is_killed() throws IOException {
        Process command = startBuild(Map.of());
        ProcessHandle builder = builderOf(command);

        command.destroyForcibly();

        try {
            await("the builder ends by itself", () -> !builder.isAlive());
        } finally {
            builder.destroyForcibly();
        }
    }

    private Process startBuild(Map<String, String> variables, String... options) throws IOException {
        Map<String, String> allVariables = new HashMap<>(variables);
        allVariables.put("TMPDIR", temporary.toString());
        List<String> arguments = new ArrayList<>(List.of(Toolchain.nativeImage(), "-jar", jar.toString()));
        arguments.addAll(List.of(options));
        return Execution.builder(arguments, folder, allVariables)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** Once it says what it builds it has started in earnest. */
    private ProcessHandle builderOf(Process command) {
        await("the builder starts", () -> {
            try {
                return Files.readString(folder.resolve("log")).contains("Generating '");
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
