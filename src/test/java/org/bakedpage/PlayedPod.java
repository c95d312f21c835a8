package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pod of the file that the build writes for Kubernetes, run by podman, which knows pods and Deployments. */
final class PlayedPod {

    static final Path FILE = Path.of("target/kubernetes/kubernetes.yml");
    private static final String NAME = "web-server";
    private static final Duration DOWN_LIMIT = Duration.ofMinutes(1);

    private final Containers containers;
    private final String name;
    private final int port;
    private final Path file;

    /**
     * @param name of its Deployment, in place of the one in the file
     * @param port of this machine's loopback
     */
    PlayedPod(Containers containers, Folder folder, String name, int port) throws IOException {
        this.containers = containers;
        this.name = name;
        this.port = port;
        String named = Files.readString(FILE).replaceAll("name: " + NAME + "(?=\\R)", "name: " + name);
        this.file = folder.write(name + ".yml", withHostPort(withoutNamespace(named), port));
    }

    /** Builds the image that the file names. */
    static void buildImage(Containers containers) throws IOException {
        buildImage(containers, Containers.PROJECT);
    }

    /** Of another site: pods that run keep theirs. */
    static void buildImage(Containers containers, Path context) throws IOException {
        Matcher image = Pattern.compile("image: (\\S+)").matcher(Files.readString(FILE));
        assertTrue(image.find());
        containers.build(context, "src/main/docker/Dockerfile.native", image.group(1));
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

    int port() {
        return port;
    }

    Container container() {
        return new Container(containers, name + "-pod-0-" + name);
    }

    void play() {
        containers.command("kube", "play", file.toString()).succeed();
    }

    /** Ends it as a cluster does: SIGTERM to the container, and when that has ended its network goes. */
    void end() {
        assertEquals(0, container().stop().exitCode());
        takeDown();
    }

    void takeDown() {
        containers.command("kube", "down", file.toString()).within(DOWN_LIMIT).succeed();
    }
}
