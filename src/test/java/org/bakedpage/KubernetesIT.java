package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;

/** The file that the build writes for Kubernetes, as it is run. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(value = "org.bakedpage.Containers#isPodman", disabledReason = Containers.SKIPPED)
class KubernetesIT {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private static Containers containers;
    private static Folder folder;
    private static PlayedPod pod;

    @BeforeAll
    static void play_the_file() throws IOException {
        containers = new Containers();
        folder = new Folder("kubernetes");
        PlayedPod.buildImage(containers);
        pod = new PlayedPod(containers, folder, "web-server", Server.freePort());
        pod.play();
    }

    @AfterAll
    static void clean_up() {
        if (containers != null) {
            containers.close();
        }
        if (folder != null) {
            folder.close();
        }
    }

    @Test
    void the_pod_serves_the_page() throws IOException {
        assertArrayEquals(Files.readAllBytes(Containers.PAGE), new Browser().read(URI.create("http://127.0.0.1:" + pod.port() + "/"), START_LIMIT));
        assertEquals("", pod.container().logs().err());
    }

    @Test
    void the_pod_can_neither_write_nor_gain_rights() {
        JsonObject container = pod.container().inspect();
        JsonObject host = container.getJsonObject("HostConfig");
        assertAll(
                () -> assertTrue(host.getBoolean("ReadonlyRootfs")),
                () -> assertTrue(host.getJsonArray("SecurityOpt").contains("no-new-privileges"), host::encode),
                () -> assertEquals(64 << 20, host.getLong("Memory")),
                () -> assertEquals("65532:65532", container.getJsonObject("Config").getString("User")),
                // null is how podman writes an empty list
                () -> assertNull(container.getValue("EffectiveCaps")),
                () -> assertNull(container.getValue("BoundingCaps")));
    }

    @Test
    void each_probe_asks_its_endpoint_at_once() throws IOException {
        String probe = """
                            failureThreshold: \\d+
                            httpGet:
                              path: /q/health/%s
                              port: 8080
                              scheme: HTTP
                            initialDelaySeconds: 0
                """;
        String file = Files.readString(PlayedPod.FILE);
        Map.of("livenessProbe", "live", "readinessProbe", "ready", "startupProbe", "started").forEach((name, path) ->
                assertTrue(Pattern.compile(name + ":\n" + probe.formatted(path)).matcher(file).find(), () -> name + "\n" + file));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void taken_down_it_leaves_nothing() {
        pod.takeDown();
        assertEquals("", containers.command("ps", "--all", "--quiet").succeed());
        assertEquals("", containers.command("pod", "ps", "--quiet").succeed());
    }
}
