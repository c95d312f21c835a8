package org.bakedpage.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the native-image command finds below META-INF/native-image on the class path. */
class LauncherMetadataIT {

    private static final Map<String, String> NO_VARIABLES = Map.of();
    private static final String ROOT = "META-INF/native-image/g/a/";
    private static final String PROPERTIES = ROOT + "native-image.properties";

    @TempDir
    Path folder;

    private String jarOrigin;

    @BeforeEach
    void make_a_jar_with_metadata() throws IOException {
        Path jar = new TestJar()
                .entry(PROPERTIES, """
                        Args = -H:ReflectionConfigurationResources=${.}/own.json \\
                               --initialize-at-run-time=${package}.A --link-at-build-time
                        JavaArgs = -Dfrom=metadata
                        """)
                .entry(ROOT + "reflect-config.json", "[]")
                .entry(ROOT + "deep/er/reachability-metadata.json", "{}")
                .entry(ROOT + "other.json", "[]")
                .entry("META-INF/reflect-config.json", "[]")
                .write(folder.resolve("with space/a@b=c.jar"));
        // Decoded once, as the builder does, the part before the exclamation mark is the JAR's own URI.
        jarOrigin = "@jar:file://" + jar.toRealPath().toString().replace(" ", "%2520").replace("@", "%40").replace("=", "%3D")
                + "!/";
    }

    @Test
    void options_and_configuration_of_a_jar_name_it_as_their_origin() {
        DryRun run = DryRun.of(folder, NO_VARIABLES, List.of("-cp", "with space/*", "-Vpackage=p", "-g", "app.Main"));

        assertEquals(List.of(
                "-H:ReflectionConfigurationResources" + jarOrigin + PROPERTIES + "=" + ROOT + "own.json",
                "-H:ClassInitialization" + jarOrigin + PROPERTIES + "+api=p.A:run_time",
                "-H:LinkAtBuildTime" + jarOrigin + PROPERTIES + "+api=",
                "-H:ReflectionConfigurationResources" + jarOrigin + ROOT + "reflect-config.json+api="
                        + ROOT + "reflect-config.json",
                "-H:ReachabilityMetadataResources" + jarOrigin + ROOT + "deep/er/reachability-metadata.json+api="
                        + ROOT + "deep/er/reachability-metadata.json",
                "-H:GenerateDebugInfo@user+api=2"), run.userOptions());
        assertTrue(run.jvm().contains("-Dfrom=metadata"));
    }

    @Test
    void those_of_a_folder_are_found_too() throws IOException {
        Path file = Files.createDirectories(folder.resolve("classes").resolve(ROOT)).resolve("jni-config.json");
        Files.writeString(file, "[]");

        DryRun run = DryRun.of(folder, NO_VARIABLES, List.of("-cp", "classes", "app.Main"));

        assertEquals(List.of("-H:JNIConfigurationResources@file://" + file.toRealPath() + "+api=" + ROOT + "jni-config.json"),
                run.userOptions());
    }

    /** In the form Quarkus gives for Netty's JARs, with a slash before the resource's name. */
    @Test
    void what_is_excluded_is_passed_over() {
        DryRun all = DryRun.of(folder, NO_VARIABLES, List.of(
                "--exclude-config", "a@b", ".*", "-cp", "with space/*", "app.Main"));
        DryRun some = DryRun.of(folder, NO_VARIABLES, List.of(
                "--exclude-config", "/a@b=c\\.jar$", "/META-INF/native-image/g/a/(native-image\\.properties|reflect-.*)$",
                "-cp", "with space/*", "app.Main"));

        assertEquals(List.of(), all.userOptions());
        assertEquals(List.of("-H:ReachabilityMetadataResources" + jarOrigin + ROOT + "deep/er/reachability-metadata.json+api="
                + ROOT + "deep/er/reachability-metadata.json"), some.userOptions());
    }

    /** The builder's own modules are left out, for a second copy of them would not be the same classes. */
    @Test
    void a_jar_may_ask_to_be_on_the_module_path() throws IOException {
        new TestJar().entry(PROPERTIES, "ForceOnModulePath = org.graalvm.word").write(folder.resolve("mods/word.jar"));
        Path other = new TestJar().entry(PROPERTIES, "ForceOnModulePath = other").write(folder.resolve("mods/other.jar"));

        DryRun run = DryRun.of(folder, NO_VARIABLES, List.of("-cp", "mods/*", "app.Main"));

        assertEquals("", run.path("-imagecp"));
        assertEquals(other.toRealPath().toString(), run.path("-imagemp"));
        assertTrue(run.jvm().contains("-Dsvm.modulesupport.addedModules=other"));
    }
}
