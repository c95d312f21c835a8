package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the image, and what is not. */
class ImageIT {

    /** What the first whole version has to keep to; work on the size of the executable lowers it. */
    private static final long MAX_IMAGE_BYTES = 40_000_000;
    private static final String IMAGE = "web-server-it";

    private static final Path EXECUTABLE = Path.of(System.getProperty("native.image.path"));

    private static Containers containers;

    @BeforeAll
    static void build_the_image() {
        containers = Containers.open();
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
        try (Folder folder = new Folder("image")) {
            containers.command("save", "--output", folder.path() + "/image.tar", IMAGE).succeed();
            new Command("tar", "-xf", "image.tar").in(folder.path()).succeed();
            JsonObject manifest = new JsonArray(Files.readString(folder.path().resolve("manifest.json"))).getJsonObject(0);
            JsonArray layers = manifest.getJsonArray("Layers");
            assertEquals(1, layers.size(), layers::toString);

            new Command("tar", "-xf", layers.getString(0), "--one-top-level=root").in(folder.path()).succeed();
            assertEquals("web-server", new Command("ls", "-A", "root").in(folder.path()).succeed());
            Path packed = folder.path().resolve("root/web-server");
            assertEquals(-1, Files.mismatch(packed, EXECUTABLE));
            assertTrue(Files.isExecutable(packed));
        }
    }

    @Test
    void is_small() {
        long size = inspect().getLong("Size");
        assertTrue(size <= MAX_IMAGE_BYTES, size + " bytes");
    }

    @Test
    void says_what_it_is_and_how_it_is_run() {
        JsonObject config = inspect().getJsonObject("Config");
        JsonObject labels = config.getJsonObject("Labels");
        assertAll(
                () -> assertEquals("65532:65532", config.getString("User")),
                () -> assertEquals(new JsonArray().add("/web-server"), config.getJsonArray("Entrypoint")),
                () -> assertEquals(new JsonObject().put("80/tcp", new JsonObject()), config.getJsonObject("ExposedPorts")),
                () -> assertTrue(config.getJsonArray("Env").contains("PORT=80"), config::encode),
                () -> assertTrue(config.getJsonObject("Volumes", new JsonObject()).isEmpty(), config::encode),
                () -> assertEquals("web-server", labels.getString("org.opencontainers.image.title")),
                () -> assertEquals("Apache-2.0", labels.getString("org.opencontainers.image.licenses")),
                () -> assertTrue(labels.containsKey("org.opencontainers.image.description")));
    }

    @Test
    void has_a_health_check_that_needs_no_shell() {
        String format = containers.isPodman() ? "{{json .HealthCheck.Test}}" : "{{json .Config.Healthcheck.Test}}";
        assertEquals(new JsonArray(List.of("CMD", "/web-server", "health")),
                new JsonArray(containers.command("inspect", "--type", "image", "--format", format, IMAGE).succeed()));
    }

    private static JsonObject inspect() {
        return new JsonArray(containers.command("inspect", "--type", "image", IMAGE).succeed()).getJsonObject(0);
    }
}
