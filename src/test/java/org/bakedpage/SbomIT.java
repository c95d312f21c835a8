package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list of what is in the executable, which the build leaves in target/web-server.cdx.json. */
class SbomIT {

    private static final Path TARGET = Path.of(System.getProperty("native.image.path")).getParent();
    private static final Path FILE = TARGET.resolve("web-server.cdx.json");

    private static Map<String, JsonObject> components;

    @BeforeAll
    static void read_it() throws IOException {
        components = new JsonObject(Files.readString(FILE)).getJsonArray("components").stream()
                .map(JsonObject.class::cast).collect(Collectors.toMap(c -> c.getString("name"), Function.identity()));
    }

    @Test
    void is_valid() throws IOException {
        assertEquals(List.of(), new JsonParser().validate(FILE.toFile(), Version.VERSION_16));
    }

    @Test
    void lists_the_jars_that_the_image_builder_was_given() throws IOException {
        Set<String> listed = components.values().stream().filter(c -> c.containsKey("group"))
                .map(c -> c.getString("group") + "." + c.getString("name") + "-" + c.getString("version") + ".jar")
                .collect(Collectors.toSet());
        try (Stream<Path> jars = Files.list(TARGET.resolve("web-server-native-image-source-jar/lib"))) {
            assertEquals(jars.map(jar -> jar.getFileName().toString().replaceFirst("^modified-", ""))
                    .collect(Collectors.toSet()), listed);
        }
    }

    @Test
    void lists_what_is_no_artifact_of_maven_with_its_version() {
        assertAll(Stream.of("GraalVM Substrate VM", "GraalVM SDK", "OpenJDK", "zlib", "musl", "libgcc")
                .map(name -> () -> assertTrue(components.get(name).getString("version").matches("\\d+[.\\d+]*"), name)));
    }

    @Test
    void names_the_licence_of_everything() {
        assertAll(
                () -> assertEquals(List.of(), components.values().stream()
                        .filter(c -> c.getJsonArray("licenses") == null || c.getJsonArray("licenses").isEmpty()).toList()),
                () -> assertEquals(Set.of("Apache-2.0", "EPL-2.0"), licences("vertx-core")),
                () -> assertEquals(Set.of("Apache-2.0"), licences("netty-transport")),
                () -> assertEquals(Set.of("Apache-2.0"), licences("quarkus-vertx-http")),
                () -> assertEquals(Set.of("GPL-2.0-only WITH Classpath-exception-2.0"), licences("OpenJDK")),
                () -> assertEquals(Set.of("MIT"), licences("musl")),
                () -> assertEquals(Set.of("Zlib"), licences("zlib")));
    }

    @Test
    void has_nothing_that_another_build_would_change() throws IOException {
        JsonObject document = new JsonObject(Files.readString(FILE));
        assertFalse(document.containsKey("serialNumber"));
        assertFalse(document.getJsonObject("metadata").containsKey("timestamp"));
        assertFalse(Files.readString(FILE).contains(Containers.PROJECT.toString()));
    }

    @Test
    void is_not_in_the_executable() throws IOException {
        String executable = Files.readString(TARGET.resolve("web-server"), StandardCharsets.ISO_8859_1);
        assertFalse(executable.contains("CycloneDX"));
    }

    private static Set<String> licences(String component) {
        return components.get(component).getJsonArray("licenses").stream().map(JsonObject.class::cast)
                .map(entry -> entry.getString("expression", entry.getJsonObject("license", new JsonObject()).getString("id")))
                .collect(Collectors.toSet());
    }
}
