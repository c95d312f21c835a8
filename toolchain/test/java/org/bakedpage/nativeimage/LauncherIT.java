package org.bakedpage.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The native-image command as a process: what it answers by itself, and what it refuses. */
class LauncherIT {

    private static final String VERSION = Pattern.quote(Toolchain.version());
    private static final Map<String, String> NO_VARIABLES = Map.of();

    @TempDir
    static Path folder;

    @BeforeAll
    static void make_inputs() throws IOException {
        new TestJar().write(folder.resolve("plain.jar"));
        new TestJar().attribute("Main-Class", "app.Main").write(folder.resolve("app.jar"));
        new TestJar().entry("META-INF/native-image/g/a/native-image.properties", "Args = --no-such-option")
                .write(folder.resolve("bad.jar"));
        new TestJar().entry("META-INF/native-image/g/a/native-image.properties", "Requires = language:js")
                .write(folder.resolve("js.jar"));
    }

    @Test
    void version_is_what_quarkus_parses() {
        Execution execution = Toolchain.launch(folder, NO_VARIABLES, List.of("--version"));

        assertEquals(0, execution.exitCode(), execution::toString);
        assertEquals("", execution.errors());
        String[] lines = execution.output().split("\n");
        assertEquals(3, lines.length, execution::toString);
        // io.quarkus.deployment.pkg.steps.GraalVM of 3.33.2: a number, a vendor that starts with "GraalVM CE " and
        // goes on with the number and a plus sign, and in parentheses what Runtime.Version parses
        assertTrue(lines[0].matches("native-image " + VERSION + " \\d{4}-\\d\\d-\\d\\d"), lines[0]);
        assertTrue(lines[1].matches(".* Runtime Environment GraalVM CE " + VERSION + "\\+\\S+ \\(build 25[^)]*\\)"), lines[1]);
        assertTrue(lines[2].matches(".* VM GraalVM CE " + VERSION + "\\+\\S+ \\(build 25[^)]*\\)"), lines[2]);
        String java = lines[1].substring(lines[1].lastIndexOf("build ") + 6, lines[1].length() - 1);
        assertEquals(25, Runtime.Version.parse(java).feature());
    }

    static Stream<Arguments> helps() {
        return Stream.of(
                arguments("--help", List.of("Usage: native-image", "-cp <path>", "--static\n", "-O<value>",
                        "--libc=<value>", "--gc=serial", "--no-fallback", "--features=<value>", "--version")),
                arguments("--help-extra", List.of("--exclude-config", "--add-opens <value>", "-V<key>=<value>",
                        "--dry-run", "-H:<name>")));
    }

    @ParameterizedTest
    @MethodSource("helps")
    void help_lists_the_options_of_launcher_and_builder(String option, List<String> expected) {
        Execution execution = Toolchain.launch(folder, NO_VARIABLES, List.of(option));

        assertEquals(0, execution.exitCode(), execution::toString);
        assertEquals("", execution.errors());
        expected.forEach(text -> assertTrue(execution.output().contains(text), () -> text + " in " + execution));
        assertFalse(execution.output().contains("--allow-incomplete-classpath"), "deprecated options are not listed");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments("unrecognized option: --foo", List.of("--foo", "app.Main")),
                arguments("unrecognized options: --foo -b=1", List.of("--foo", "app.Main", "-b=1")),
                arguments("unrecognized option: --static=true", List.of("--static=true", "app.Main")),
                arguments("--gc=none: no such value; there is --gc=epsilon, --gc=serial", List.of("--gc=none", "app.Main")),
                arguments("-cp needs a value: -cp <path>", List.of("app.Main", "-cp")),
                arguments("--features needs a value: --features=<value>", List.of("--features", "app.Main")),
                arguments("--exclude-config needs 2 values: --exclude-config <entry> <resource>",
                        List.of("--exclude-config", "a")),
                arguments("--exclude-config: ( is no regular expression: Unclosed group",
                        List.of("--exclude-config", "(", "b", "app.Main")),
                arguments("-Vkey needs a key and a value: -V<key>=<value>", List.of("-Vkey", "app.Main")),
                arguments("-H:=1 names no option", List.of("-H:=1", "app.Main")),
                arguments("--libc=klibc: the toolchain has no such C library; it has glibc and musl",
                        List.of("--libc=klibc", "app.Main")),
                arguments("--target=linux-riscv64: the toolchain on this machine makes images for linux-amd64 and linux-aarch64",
                        List.of("--target=linux-riscv64", "app.Main")),
                arguments("--target=darwin-aarch64: the toolchain on this machine makes images for linux-amd64 and linux-aarch64",
                        List.of("--target=darwin-aarch64", "app.Main")),
                arguments("--target=linux-aarch64: on this machine with --static --libc=musl only",
                        List.of("--target=linux-aarch64", "app.Main")),
                arguments("no main class is given: native-image [options] <class> [<image>], or -jar <file>,"
                        + " or -m <module>; --help lists the options", List.of()),
                arguments("a library without a main class needs a name: -o <name>", List.of("--shared")),
                arguments("one name too many: more", List.of("app.Main", "image", "more")),
                arguments("one name too many: more", List.of("-jar", "app.jar", "image", "more")),
                arguments("-jar missing.jar: there is no such file", List.of("-jar", "missing.jar")),
                arguments("plain.jar has no Main-Class in its manifest", List.of("-jar", "plain.jar")),
                arguments("cannot read the argument file missing.txt: missing.txt", List.of("@missing.txt")),
                arguments("unrecognized option in jar:file://FOLDER/bad.jar!/META-INF/native-image/g/a/"
                        + "native-image.properties: --no-such-option", List.of("-cp", "bad.jar", "app.Main")),
                arguments("jar:file://FOLDER/js.jar!/META-INF/native-image/g/a/native-image.properties requires"
                        + " language:js, which this toolchain does not have; pass over it with --exclude-config",
                        List.of("-cp", "js.jar", "app.Main")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_cannot_be_served_is_named_and_nothing_else_is_printed(String message, List<String> arguments)
            throws IOException {
        Execution execution = Toolchain.launch(folder, NO_VARIABLES, arguments);

        assertEquals("Error: " + message.replace("FOLDER", folder.toRealPath().toString()) + "\n", execution.errors());
        assertEquals("", execution.output());
        assertEquals(20, execution.exitCode());
    }

    static Stream<Arguments> refusedEnvironments() {
        return Stream.of(
                arguments("--version", "Option '--version' is not allowed in environment variable NATIVE_IMAGE_OPTIONS"),
                arguments("@file", "Option '@file' is not allowed in environment variable NATIVE_IMAGE_OPTIONS"),
                arguments("'-g", "Unmatched quote in environment variable NATIVE_IMAGE_OPTIONS"));
    }

    @ParameterizedTest
    @MethodSource("refusedEnvironments")
    void options_in_the_environment_have_limits(String value, String message) {
        Execution execution = Toolchain.launch(folder, Map.of("NATIVE_IMAGE_OPTIONS", value), List.of("app.Main"));

        assertEquals("Error: " + message + "\n", execution.errors());
        assertEquals(20, execution.exitCode());
    }

    @Test
    void an_experimental_option_that_is_not_unlocked_is_warned_about() {
        Execution execution = Toolchain.launch(folder, NO_VARIABLES, List.of("--dry-run", "-H:-SpawnIsolates", "app.Main"));

        assertEquals(0, execution.exitCode());
        assertEquals("Warning: -H:-SpawnIsolates is experimental: precede it with -H:+UnlockExperimentalVMOptions,"
                + " for a later release may require that\n", execution.errors());
    }

    @Test
    void for_aarch64_the_builder_gets_its_libraries_and_its_compiler() {
        DryRun run = DryRun.of(folder, NO_VARIABLES, List.of("--target=linux-aarch64", "--static", "--libc=musl", "app.Main"));

        Path half = Toolchain.home().resolve("aarch64");
        assertTrue(run.jvm().contains("-Dsvm.targetPlatformArch=aarch64"), run::toString);
        assertTrue(run.image().containsAll(List.of(
                "-H:CLibraryPath@driver=" + half.resolve("clibraries/musl"),
                "-H:CCompilerPath@driver=" + half.resolve("bin/aarch64-linux-musl-gcc"),
                "-H:-UseCAPCache@driver")), run::toString);
    }

    @Test
    void for_the_machine_itself_a_target_changes_nothing() {
        List<String> arguments = List.of("--static", "--libc=musl", "app.Main");
        List<String> withTarget = List.of("--target=linux-amd64", "--static", "--libc=musl", "app.Main");

        assertEquals(DryRun.of(folder, NO_VARIABLES, arguments).jvm(), DryRun.of(folder, NO_VARIABLES, withTarget).jvm());
        assertTrue(DryRun.of(folder, NO_VARIABLES, withTarget).image()
                .contains("-H:CLibraryPath@driver=" + Toolchain.home().resolve("lib/svm/clibraries/musl")));
    }

    @Test
    void it_runs_through_a_symbolic_link() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("a link"), Path.of(Toolchain.nativeImage()));

        Execution execution = Execution.of(
                List.of(link.toString(), "--version"), folder, NO_VARIABLES, Toolchain.LAUNCH_LIMIT);

        assertTrue(execution.output().startsWith("native-image " + Toolchain.version() + " "), execution::toString);
    }
}
