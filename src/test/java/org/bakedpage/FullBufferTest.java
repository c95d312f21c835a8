package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clients that fill the system's buffer with answers to the byte, and ask the router for one more. */
@QuarkusTest
@QuarkusTestResource(SystemProperties.class)
class FullBufferTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int SMALL_BUFFER = 4096;
    private static final String PAGE = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String ICON = "GET /favicon.svg HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String BREW = "BREW / HTTP/1.1\r\nHost: x\r\n\r\n";
    /** No more than are read at once. */
    private static final int MANY = 1_100;

    @TestHTTPResource("/")
    URL url;

    /** Which of them reaches the end of the buffer depends on the system: near it each step is tried. */
    @Test
    void others_are_served_after_each_of_them() throws IOException {
        int pages;
        try (Wire one = new Wire(url.getPort()); Wire many = new Wire(url.getPort(), SMALL_BUFFER)) {
            int answer = one.send(PAGE).receive().length();
            pages = (int) Math.max(1, unsent(many.send(PAGE.repeat(MANY))) / answer - 8);
        }
        for (int i = 0; i < 14 * 10; i++) {
            try (Wire wire = new Wire(url.getPort(), SMALL_BUFFER)) {
                unsent(wire.send(PAGE.repeat(pages + i / 10) + ICON.repeat(2 * (i % 10)) + BREW));
                wire.abort();
            }
        }
        // Enough for each event loop to be asked.
        for (int i = 0; i < 32; i++) {
            try (Wire wire = new Wire(url.getPort())) {
                assertTrue(wire.send(PAGE).receive().startsWith("HTTP/1.1 200 "));
            }
        }
    }

    /** @return how many bytes wait to be taken by this client, once their number does not change */
    private long unsent(Wire wire) {
        long[] before = { 0 };
        return Poll.until("a full buffer", LIMIT, () -> {
            long now = unsent(wire.localPort());
            boolean settled = now > 0 && now == before[0];
            before[0] = now;
            return settled ? now : null;
        });
    }

    /** By proc(5), /proc/net/tcp: local address, remote address, state, and bytes to be sent, in hexadecimal. */
    private long unsent(int clientPort) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6").flatMap(FullBufferTest::lines).map(line -> line.strip().split("\\s+"))
                .filter(line -> line[1].endsWith(":%04X".formatted(url.getPort())) && line[2].endsWith(":%04X".formatted(clientPort)))
                .mapToLong(line -> Long.parseLong(line[4].substring(0, line[4].indexOf(':')), 16)).sum();
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
