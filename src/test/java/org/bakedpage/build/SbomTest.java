package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of what is in an executable, of a made-up build in a container. SbomIT has that of the real one. */
class SbomTest {

    private static final String PARTS = """
            [{"bom-ref": "openjdk", "version": "{openjdk}", "purl": "pkg:a/openjdk@{openjdk}", "cpe": "cpe:{openjdk}:*"},
             {"bom-ref": "graalvm", "version": "{graalvm}"},
             {"bom-ref": "musl", "version": "{musl}"},
             {"bom-ref": "upx", "version": "{upx}"}]
            """;
    private static final String ARTIFACTS = """
            {"metadata": {"component": {"bom-ref": "page"}},
             "components": [{"bom-ref": "a", "group": "org.a", "name": "a", "version": "1"},
                            {"bom-ref": "b", "group": "org.b", "name": "b", "version": "2"},
                            {"bom-ref": "c", "group": "org.c", "name": "c", "version": "3"}],
             "dependencies": [{"ref": "page", "dependsOn": ["a", "b"]}, {"ref": "a", "dependsOn": ["c"]},
                              {"ref": "b"}, {"ref": "c"}]}
            """;
    private static final String STATISTICS = """
            {"general_info": {"java_version": "25.0.3+9-LTS", "c_compiler": "gcc (linux, x86_64, 12.2.0)",
                              "graalvm_version": "Mandrel"}}
            """;

    @TempDir
    private Path project;

    @BeforeEach
    void build() throws IOException {
        Files.writeString(Files.createDirectories(project.resolve("src/build")).resolve("native.json"), PARTS);
        Path target = Files.createDirectories(project.resolve("target"));
        Files.writeString(target.resolve("bom.json"), ARTIFACTS);
        build(target, SampleImage.executable(SampleImage.AMD64, "$Id: UPX 4.24 Copyright"),
                List.of("org.a.a-1.jar", "modified-org.c.c-3.jar"));
        build(target.resolve("arm64"), SampleImage.executable(SampleImage.ARM64, "not packed"), List.of("org.b.b-2.jar"));
        Sbom.main(project.toString(), target.toString(), ".,arm64", "true", null);
    }

    private static void build(Path folder, byte[] executable, List<String> jars) throws IOException {
        Path input = folder.resolve("web-server-native-image-source-jar");
        for (String jar : jars) {
            Files.createFile(Files.createDirectories(input.resolve("lib")).resolve(jar));
        }
        Files.write(folder.resolve("web-server"), executable);
        Files.writeString(input.resolve("web-server-build-output-stats.json"), STATISTICS);
    }

    @Test
    void each_executable_has_a_list_of_its_own() throws IOException {
        assertEquals("a c openjdk graalvm upx", components("target"));
        assertEquals("b openjdk graalvm", components("target/arm64"));
    }

    @Test
    void a_list_of_another_build_is_refused() throws IOException {
        Path target = project.resolve("target");
        Files.createFile(target.resolve("web-server-native-image-source-jar/lib/org.a.a-2.jar"));

        BuildFailure failure = assertThrows(BuildFailure.class,
                () -> Sbom.main(project.toString(), target.toString(), ".", "true", null));

        assertEquals("bom.json is the list of another build, without [org.a.a-2.jar]: run ./mvnw clean first", failure.getMessage());
    }

    @Test
    void without_a_list_of_artifacts_there_is_none() throws IOException {
        Path target = project.resolve("target");
        Files.delete(target.resolve("bom.json"));
        Sbom.main(project.toString(), target.toString(), ".,arm64", "true", null);
        assertFalse(Files.exists(target.resolve("web-server.cdx.json")));
        assertFalse(Files.exists(target.resolve("arm64/web-server.cdx.json")));
    }

    @Test
    void what_was_not_used_is_nobodys_dependency() throws IOException {
        JsonArray dependencies = sbom("target").getJsonArray("dependencies");
        assertEquals(List.of("a", "openjdk", "graalvm", "upx"),
                dependencies.getJsonObject(0).getJsonArray("dependsOn").getList());
        assertEquals("page a c openjdk graalvm upx", dependencies.stream().map(entry -> ((JsonObject) entry).getString("ref"))
                .collect(Collectors.joining(" ")));
    }

    @Test
    void versions_are_those_that_the_builder_noted_and_the_executable_has() throws IOException {
        assertEquals("25.0.3+9", component("openjdk").getString("version"));
        assertEquals("pkg:a/openjdk@25.0.3%2B9", component("openjdk").getString("purl"));
        assertEquals("cpe:25.0.3:*", component("openjdk").getString("cpe"));
        assertEquals("4.2.4", component("upx").getString("version"));
        assertNull(component("graalvm").getString("version"));
    }

    private JsonObject component(String ref) throws IOException {
        return sbom("target").getJsonArray("components").stream().map(JsonObject.class::cast)
                .filter(entry -> entry.getString("bom-ref").equals(ref)).findFirst().orElseThrow();
    }

    private String components(String folder) throws IOException {
        return sbom(folder).getJsonArray("components").stream().map(entry -> ((JsonObject) entry).getString("bom-ref"))
                .collect(Collectors.joining(" "));
    }

    private JsonObject sbom(String folder) throws IOException {
        return new JsonObject(Files.readString(project.resolve(folder).resolve("web-server.cdx.json")));
    }
}
