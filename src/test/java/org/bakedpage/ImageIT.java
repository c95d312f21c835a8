package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What is in the image, and what is not. */
@EnabledIf(value = "org.bakedpage.Containers#answer", disabledReason = Containers.SKIPPED)
class ImageIT {

    /** What the first whole version has to keep to; work on the size of the executable lowers it. */
    private static final long MAX_IMAGE_BYTES = 40_000_000;
    private static final String IMAGE = "web-server-it";

    private static final Path EXECUTABLE = Path.of(System.getProperty("native.image.path"));

    private static final Predicate<String> CONTEXT =
            Pattern.compile("pom\\.xml|mvnw|target/web-server|(\\.mvn|src/build|toolchain)/.*").asMatchPredicate();

    private static Containers containers;

    @BeforeAll
    static void build_the_image() {
        containers = new Containers();
        containers.build("src/main/docker/Dockerfile.native", IMAGE);
    }

    @AfterAll
    static void clean_up() {
        if (containers != null) {
            containers.close();
        }
    }

    @Test
    void has_one_layer_with_one_file_the_executable() throws IOException {
        try (Layers layers = new Layers(containers, IMAGE)) {
            assertEquals(1, layers.count());
            assertEquals("web-server", layers.files(0));
            Path packed = layers.path(0).resolve("web-server");
            assertEquals(-1, Files.mismatch(packed, EXECUTABLE));
            assertTrue(Files.isExecutable(packed));
        }
    }

    @Test
    void is_small() {
        long size = containers.inspectImage(IMAGE).getLong("Size");
        assertTrue(size <= MAX_IMAGE_BYTES, size + " bytes");
    }

    @Test
    void says_what_it_is_and_how_it_is_run() {
        JsonObject config = containers.inspectImage(IMAGE).getJsonObject("Config");
        JsonObject labels = config.getJsonObject("Labels");
        assertAll(
                () -> assertEquals("65532:65532", config.getString("User")),
                () -> assertEquals(new JsonArray().add("/web-server"), config.getJsonArray("Entrypoint")),
                () -> assertEquals(Set.of("80/tcp"), config.getJsonObject("ExposedPorts").fieldNames()),
                () -> assertTrue(config.getJsonArray("Env").contains("PORT=80"), config::encode),
                () -> assertTrue(config.getJsonObject("Volumes", new JsonObject()).isEmpty(), config::encode),
                () -> assertEquals("web-server", labels.getString("org.opencontainers.image.title")),
                () -> assertEquals("Apache-2.0", labels.getString("org.opencontainers.image.licenses")),
                () -> assertTrue(labels.containsKey("org.opencontainers.image.description")));
    }

    @Test
    void has_a_health_check_that_needs_no_shell() {
        String format = Containers.isPodman() ? "{{json .HealthCheck.Test}}" : "{{json .Config.Healthcheck.Test}}";
        assertEquals(new JsonArray(List.of("CMD", "/web-server", "health")),
                new JsonArray(containers.command("inspect", "--type", "image", "--format", format, IMAGE).succeed()));
    }

    /** Docker's way to the same, SOURCE_DATE_EPOCH and rewrite-timestamp, needs a builder with containers of its own. */
    @Test
    @EnabledIf(value = "org.bakedpage.Containers#isPodman", disabledReason = Containers.SKIPPED)
    void the_same_executable_gives_the_same_digest_in_another_folder_and_later() throws IOException {
        containers.build("src/main/docker/Dockerfile.native", IMAGE + "-dated", "--timestamp", "0");
        try (ProjectCopy copy = new ProjectCopy().withExecutable()) {
            Files.setLastModifiedTime(copy.path().resolve("target/web-server"), FileTime.from(Instant.now().plusSeconds(3600)));
            containers.build(copy.path(), "src/main/docker/Dockerfile.native", IMAGE + "-again", "--timestamp", "0");
        }
        assertEquals(containers.inspectImage(IMAGE + "-dated").getString("Digest"),
                containers.inspectImage(IMAGE + "-again").getString("Digest"));
    }

    /** The Dockerfile at the root copies all that it is given; RootDockerfileIT builds it. */
    @Test
    void the_context_of_a_build_has_the_sources_and_nothing_that_was_built_but_the_executable() throws IOException {
        try (Folder folder = new Folder("context")) {
            Path dockerfile = folder.write("Dockerfile", "FROM scratch\nCOPY . /\n");
            containers.build(dockerfile.toString(), IMAGE + "-context");
        }
        try (Layers layers = new Layers(containers, IMAGE + "-context")) {
            List<String> files = layers.files(0).lines().filter(file -> !file.startsWith("src/main/")).toList();
            assertTrue(files.containsAll(List.of("pom.xml", "mvnw", ".mvn/wrapper/maven-wrapper.properties",
                    "src/build/native.json", "toolchain/native-image-home", "target/web-server")), files::toString);
            assertTrue(files.stream().allMatch(CONTEXT), files::toString);
        }
    }
}
