package org.bakedpage.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the native-image command makes of its arguments. */
class LauncherOptionsIT {

    private static final Map<String, String> NO_VARIABLES = Map.of();

    @TempDir
    static Path folder;

    @BeforeAll
    static void make_inputs() throws IOException {
        new TestJar().write(folder.resolve("lib/plain.jar"));
        new TestJar().write(folder.resolve("lib/with space.jar"));
        new TestJar().attribute("Main-Class", "app.Main")
                .attribute("Class-Path", "lib/plain.jar lib/with%20space.jar lib/missing.jar")
                .attribute("Add-Exports", "java.base/sun.nio.ch java.base/sun.net")
                .attribute("Add-Opens", "java.base/java.lang")
                .attribute("Enable-Native-Access", "ALL-UNNAMED")
                .write(folder.resolve("app.jar"));
        Files.createDirectories(folder.resolve("modules"));
    }

    static Stream<Arguments> targets() {
        return Stream.of(
                arguments(List.of("app.Main"), "app.Main app.main FOLDER "),
                arguments(List.of("app.Main", "image"), "app.Main image FOLDER "),
                arguments(List.of("-o", "out/image", "app.Main"), "app.Main image FOLDER/out "),
                arguments(List.of("-H:+UnlockExperimentalVMOptions", "app.Main", "-o", "other", "-H:Path=out"),
                        "app.Main other FOLDER/out "),
                arguments(List.of("image", "-H:Class=app.Main"), "app.Main image FOLDER "),
                arguments(List.of("-jar", "app.jar"), "app.Main app FOLDER "),
                arguments(List.of("image", "-jar", "app.jar"), "app.Main image FOLDER "),
                arguments(List.of("-p", "modules", "-m", "Mod"), " mod FOLDER Mod"),
                arguments(List.of("-p", "modules", "--module=mod/mod.Main", "image"), "mod.Main image FOLDER mod"),
                arguments(List.of("--shared", "-o", "libthing"), " libthing FOLDER "),
                arguments(List.of("--list-modules"), " none FOLDER "));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void main_class_and_image_are_found(List<String> arguments, String expected) throws IOException {
        DryRun run = DryRun.of(folder, NO_VARIABLES, arguments);

        assertEquals(expected.replace("FOLDER", folder.toRealPath().toString()), run.target());
    }

    static Stream<Arguments> options() {
        return Stream.of(
                arguments(
                        List.of("--static", "--libc=musl", "--gc=epsilon", "--no-fallback", "-dsa", "--silent", "-g"),
                        List.of("-H:+StaticExecutable@user+api", "-H:UseLibC@user+api=musl", "-H:+UseEpsilonGC@user+api",
                                "-H:FallbackThreshold@user+api=0", "-H:-RuntimeSystemAssertions@user+api",
                                "-H:+BuildOutputSilent@user+api", "-H:GenerateDebugInfo@user+api=2")),
                arguments(
                        List.of("-Os", "-march=native", "--features=a.B,c.D", "-ea", "-da:a.B", "--enable-monitoring=jfr",
                                "--link-at-build-time", "--link-at-build-time=a", "--parallelism=1"),
                        List.of("-H:Optimize@user+api=s", "-H:MicroArchitecture@user+api=native",
                                "-H:Features@user+api=a.B,c.D", "-H:RuntimeAssertions@user+api=+",
                                "-H:RuntimeAssertions@user+api=-a.B", "-H:EnableMonitoringFeatures@user+api=jfr",
                                "-H:LinkAtBuildTime@user+api=", "-H:LinkAtBuildTime@user+api=a",
                                "-H:NumberOfThreads@user+api=1")),
                arguments(
                        List.of("--initialize-at-build-time", "--initialize-at-build-time=a,b", "--initialize-at-run-time=c",
                                "--enable-url-protocols=http,https", "--enable-native-access=ALL-UNNAMED",
                                "--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.base/java.io=a"),
                        List.of("-H:ClassInitialization@user+api=:build_time",
                                "-H:ClassInitialization@user+api=a:build_time,b:build_time",
                                "-H:ClassInitialization@user+api=c:run_time", "-H:EnableURLProtocols@user+api=http,https",
                                "-H:EnableNativeAccess@user+api=ALL-UNNAMED",
                                "-H:AddExports@user+api=java.base/sun.nio.ch=ALL-UNNAMED",
                                "-H:AddOpens@user+api=java.base/java.io=a")),
                arguments(
                        List.of("-H:+UnlockExperimentalVMOptions", "-H:BuildOutputJSONFile=a=b.json", "-H:-SpawnIsolates",
                                "-H:-UnlockExperimentalVMOptions", "-R:MaxHeapSize=8m", "--diagnostics-mode"),
                        List.of("-H:+UnlockExperimentalVMOptions@user", "-H:BuildOutputJSONFile@user=a=b.json",
                                "-H:-SpawnIsolates@user", "-H:-UnlockExperimentalVMOptions@user",
                                "-R:MaxHeapSize@user=8m")));
    }

    @ParameterizedTest
    @MethodSource("options")
    void options_become_those_of_the_builder(List<String> arguments, List<String> expected) {
        List<String> all = Stream.concat(arguments.stream(), Stream.of("app.Main")).toList();

        assertEquals(expected, DryRun.of(folder, NO_VARIABLES, all).userOptions());
    }

    @Test
    void the_class_path_follows_wildcards_and_is_the_current_folder_by_default() throws IOException {
        Path here = folder.toRealPath();
        List<String> wildcard = List.of("-cp", "lib/*:lib/missing.jar", "app.Main");

        assertEquals(here + "/lib/plain.jar:" + here + "/lib/with space.jar",
                DryRun.of(folder, NO_VARIABLES, wildcard).path("-imagecp"));
        assertEquals(here.toString(), DryRun.of(folder, NO_VARIABLES, List.of("app.Main")).path("-imagecp"));
    }

    @Test
    void a_manifest_gives_the_class_path_and_what_java_itself_reads_from_it() throws IOException {
        Path here = folder.toRealPath();

        DryRun run = DryRun.of(folder, NO_VARIABLES, List.of("-jar", "app.jar"));

        assertEquals(here + "/app.jar:" + here + "/lib/plain.jar:" + here + "/lib/with space.jar", run.path("-imagecp"));
        String origin = "@jar:file://" + here + "/app.jar!/META-INF/MANIFEST.MF+api=";
        assertEquals(List.of(
                "-H:AddExports" + origin + "java.base/sun.nio.ch=ALL-UNNAMED",
                "-H:AddExports" + origin + "java.base/sun.net=ALL-UNNAMED",
                "-H:AddOpens" + origin + "java.base/java.lang=ALL-UNNAMED",
                "-H:EnableNativeAccess" + origin + "ALL-UNNAMED"), run.userOptions());
    }

    @Test
    void flags_for_the_jvm_reach_it_and_no_other() throws IOException {
        DryRun run = DryRun.of(folder, NO_VARIABLES, List.of("-J-Xmx3g", "-Da=b c", "--enable-preview",
                "-J--add-exports=java.base/sun.nio.ch=ALL-UNNAMED", "--debug-attach=9000",
                "--add-modules=jdk.httpserver,app", "-p", "modules", "app.Main"));

        List<String> expected = List.of("-Xmx3g", "-Da=b c", "--enable-preview",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=9000",
                "--add-modules=ALL-DEFAULT,jdk.httpserver", "-Dsvm.modulesupport.addedModules=jdk.httpserver,app");
        expected.forEach(argument -> assertTrue(run.jvm().contains(argument), () -> argument + " in " + run.jvm()));
        assertEquals(folder.toRealPath().resolve("modules").toString(), run.path("-imagemp"));
        assertEquals(List.of(), run.userOptions());
    }

    @Test
    void the_environment_adds_options() {
        Map<String, String> variables = Map.of("NATIVE_IMAGE_OPTIONS", "-g '-Din=the environment'");

        DryRun run = DryRun.of(folder, variables, List.of("-O1", "app.Main"));

        assertEquals(List.of("-H:GenerateDebugInfo@user+api=2", "-H:Optimize@user+api=1"), run.userOptions());
        assertTrue(run.jvm().contains("-Din=the environment"), run.jvm()::toString);
    }

    /** The syntax of java's own argument files: white space, quotes, backslashes, comments. */
    @Test
    void argument_files_are_read_as_java_reads_them() throws IOException {
        Files.writeString(folder.resolve("options.txt"), """
                # a comment
                -Da=plain\\backslash '-Db="x"\\t#y'  "-Dc=joined \\
                   line" # another
                -Dd="in the middle"end -De=@options.txt "-Df=\\\\\\q"
                "-Dg=left open
                app.Main
                """);

        DryRun run = DryRun.of(folder, NO_VARIABLES, List.of("@options.txt", "image", "--disable-@files", "-Dh=@x"));

        List<String> expected = List.of("-Da=plain\\backslash", "-Db=\"x\"\t#y", "-Dc=joined line",
                "-Dd=in the middleend", "-De=@options.txt", "-Df=\\q", "-Dg=left open", "-Dh=@x");
        assertEquals(expected, run.jvm().stream().filter(argument -> argument.matches("-D[a-h]=(?s:.*)")).toList());
        assertTrue(run.target().startsWith("app.Main image "), run.target());
    }
}
