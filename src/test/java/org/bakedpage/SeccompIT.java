package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The image with no system calls but those of {@code toolchain/seccomp-profile}; with fewer it says what is wrong, or serves. */
@EnabledIf(value = "org.bakedpage.Containers#isPodman", disabledReason = Containers.SKIPPED)
class SeccompIT {

    private static final String IMAGE = "web-server:seccomp";
    private static final Path PROFILE = Path.of("src/main/kubernetes/seccomp.json");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static Containers containers;
    private static Folder folder;

    @BeforeAll
    static void build() {
        containers = new Containers();
        folder = new Folder("seccomp");
        containers.build("src/main/docker/Dockerfile.native", IMAGE);
    }

    @AfterAll
    static void clean_up() {
        containers.close();
        folder.close();
    }

    @Test
    void with_the_profile_it_serves_and_stops() throws IOException {
        int port = Server.freePort();
        Container container = start(PROFILE, port);
        assertArrayEquals(Files.readAllBytes(Containers.PAGE), page(port));
        assertEquals(0, container.health("--env", "PORT=" + port).exitCode());
        // What the fast path does not take, and many connections at once.
        try (Wire wire = new Wire(port)) {
            wire.exchange("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n");
        }
        Wire[] wires = new Wire[300];
        for (int i = 0; i < wires.length; i++) {
            wires[i] = new Wire(port);
            wires[i].send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        for (Wire wire : wires) {
            assertTrue(wire.receive().startsWith("HTTP/1.1 200 OK\r\n"));
            wire.close();
        }
        assertEquals("", container.logs().err());
        container.signal("TERM");
        assertEquals(0, container.exitCode());
    }

    /** A kernel or a sandbox that lacks a call gets a clear end: neither a hang nor a server that does not answer. */
    @Test
    void without_what_it_needs_it_ends_with_a_line() throws IOException {
        for (String call : new String[] { "epoll_create1", "socket", "listen" }) {
            Path profile = folder.write(call + ".json", Files.readString(PROFILE).replace("        \"" + call + "\",\n", ""));
            Container container = start(profile, Server.freePort());
            assertTrue(container.exitCode() != 0, call);
            String said = container.logs().out() + container.logs().err();
            assertTrue(said.contains("web-server: "), call + ": " + said);
        }
    }

    private static Container start(Path profile, int port) {
        return containers.startStrictly(Containers.HOST_NETWORK, "--security-opt", "seccomp=" + profile.toAbsolutePath(),
                "--env", "PORT=" + port, IMAGE);
    }

    private static byte[] page(int port) {
        return new Browser().read(URI.create("http://127.0.0.1:" + port + "/"), LIMIT);
    }
}
