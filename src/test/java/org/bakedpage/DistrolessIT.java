package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Dockerfile.native-distroless, on a stand-in for its base, for a test shall not need a registry: like the real one it
 * has a few files and no program. That the real base can be had and works is not tested.
 */
@EnabledIf(value = "org.bakedpage.Containers#answer", disabledReason = Containers.SKIPPED)
class DistrolessIT {

    private static final String BASE = "web-server-it-base";
    private static final String IMAGE = "web-server-it-distroless";

    private static Containers containers;

    @BeforeAll
    static void build_the_image() throws IOException {
        containers = new Containers();
        try (Folder root = new Folder("base")) {
            Files.createDirectories(root.path().resolve("etc/ssl/certs"));
            Files.createDirectories(root.path().resolve("home/nonroot"));
            Files.createDirectories(root.path().resolve("tmp"));
            root.write("etc/passwd", "nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n");
            root.write("etc/group", "nonroot:x:65532:\n");
            root.write("etc/os-release", "PRETTY_NAME=\"Stand-in for distroless\"\n");
            new Command("tar", "-cf", "base.tar", "--mode=a+rX", "etc", "home", "tmp").in(root.path()).succeed();
            containers.importRoot(root.path().resolve("base.tar"), BASE);
        }
        String base = Containers.isPodman() ? "localhost/" + BASE : BASE;
        containers.build("src/main/docker/Dockerfile.native-distroless", IMAGE, "--build-arg", "BASE=" + base);
    }

    @AfterAll
    static void clean_up() {
        if (containers != null) {
            containers.close();
        }
    }

    @Test
    void adds_one_layer_and_the_same_user() {
        JsonObject image = containers.inspectImage(IMAGE);
        assertEquals(2, image.getJsonObject("RootFS").getJsonArray("Layers").size());
        assertEquals("65532:65532", image.getJsonObject("Config").getString("User"));
    }

    @Test
    void serves_the_page() throws IOException {
        Container container = containers.startStrictly("--publish", "127.0.0.1::80", IMAGE);
        assertArrayEquals(Files.readAllBytes(Containers.PAGE), container.firstPage(80));
        assertEquals("", container.logs().err());
        assertEquals(0, container.health().exitCode());
    }
}
