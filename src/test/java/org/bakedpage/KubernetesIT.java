package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;

/** The file that the build writes for Kubernetes, run by podman, which knows pods and Deployments. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(value = "org.bakedpage.Containers#isPodman", disabledReason = Containers.SKIPPED)
class KubernetesIT {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Path FILE = Path.of("target/kubernetes/kubernetes.yml");

    private static Containers containers;
    private static Folder folder;
    private static Path played;
    private static URI address;

    @BeforeAll
    static void play_the_file() throws IOException {
        containers = new Containers();
        String file = Files.readString(FILE);
        Matcher image = Pattern.compile("image: (\\S+)").matcher(file);
        assertTrue(image.find(), file);
        containers.build("src/main/docker/Dockerfile.native", image.group(1));

        int port = Server.freePort();
        folder = new Folder("kubernetes");
        played = folder.write("kubernetes.yml", withHostPort(withoutNamespace(file), port));
        containers.command("kube", "play", played.toString()).succeed();
        address = URI.create("http://127.0.0.1:" + port + "/");
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

    /** A variable that Quarkus always adds, and podman does not know how to set. */
    private static String withoutNamespace(String file) {
        String without = file.replaceFirst(" *- name: KUBERNETES_NAMESPACE\\R.*\\R.*\\R.*fieldPath: metadata.namespace\\R", "");
        assertFalse(without.contains("NAMESPACE"), file);
        return without;
    }

    /** The other change to the file: left to itself podman publishes the pod's port on all addresses of the machine. */
    private static String withHostPort(String file, int port) {
        String published = file.replaceFirst("( *)- containerPort: 8080\\R",
                "$0$1  hostIP: 127.0.0.1\n$1  hostPort: " + port + "\n");
        assertTrue(published.contains("hostPort: " + port), file);
        return published;
    }

    @Test
    void the_pod_serves_the_page() throws IOException {
        assertArrayEquals(Files.readAllBytes(Containers.PAGE), new Browser().read(address, START_LIMIT));
        assertEquals("", container().logs().err());
    }

    @Test
    void the_pod_can_neither_write_nor_gain_rights() {
        JsonObject container = container().inspect();
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
        String file = Files.readString(FILE);
        Map.of("livenessProbe", "live", "readinessProbe", "ready", "startupProbe", "started").forEach((name, path) ->
                assertTrue(Pattern.compile(name + ":\n" + probe.formatted(path)).matcher(file).find(), () -> name + "\n" + file));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void taken_down_it_leaves_nothing() {
        containers.command("kube", "down", played.toString()).succeed();
        assertEquals("", containers.command("ps", "--all", "--quiet").succeed());
        assertEquals("", containers.command("pod", "ps", "--quiet").succeed());
    }

    private static Container container() {
        return new Container(containers, "web-server-pod-0-web-server");
    }
}
