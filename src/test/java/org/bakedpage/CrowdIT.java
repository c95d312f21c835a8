package org.bakedpage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More clients than there is room for: they cost no more than what a pod has, and whoever asks is answered. */
class CrowdIT {

    private static final String EXECUTABLE = System.getProperty("native.image.path");
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int CLIENTS = 10_000;
    private static final long MAX_KIB = 60 << 10;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(strings = { "nothing", "a request", "half a head", "a head of many fields", "all but the end of a head" })
    void ten_thousand_clients_cost_bounded_memory_and_another_is_served(String sent) throws Exception {
        ByteBuffer bytes = US_ASCII.encode(switch (sent) {
            case "a request" -> GET;
            case "half a head" -> "GET / HTTP/1.1\r\nX: " + "a".repeat(4_000);
            case "a head of many fields" -> "GET / HTTP/1.1\r\n" + "X: a\r\n".repeat(127);
            case "all but the end of a head" -> "GET / HTTP/1.1\r\nX: " + "a".repeat(8_100);
            default -> "";
        });
        List<SocketChannel> clients = new ArrayList<>(CLIENTS);
        try (Server server = Server.start(EXECUTABLE)) {
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())));
                    send(clients.get(i), bytes.rewind());
                    if (i % 1_000 == 999) {
                        assertServed(server);
                        long kib = server.privateKib();
                        assertTrue(kib <= MAX_KIB, i + " clients: " + kib + " KiB");
                    }
                }
            } finally {
                for (SocketChannel client : clients) {
                    client.close();
                }
            }
            assertServed(server);
            assertEquals("", server.log());
        }
    }

    @Test
    void who_is_idle_longest_makes_room_and_who_is_being_answered_does_not() throws Exception {
        int limit = 20;
        try (Server server = Server.start(EXECUTABLE, Map.of("SITE_MAX_CONNECTIONS", Integer.toString(limit)));
                Wire busy = new Wire(server.port(), 4096)) {
            busy.sendAside(GET.repeat(1_500), false);
            busy.receive();
            List<Wire> idle = served(server, limit - 1);
            // The server looks at its clock now and then only.
            Poll.pause(Duration.ofSeconds(2));
            List<Wire> newcomers = served(server, limit / 2);
            assertEquals(limit / 2, newcomers.stream().filter(CrowdIT::isOpen).count());
            assertEquals(limit / 2 - 1, idle.stream().filter(CrowdIT::isOpen).count());
            for (int i = 1; i < 1_500; i++) {
                assertTrue(busy.receive().startsWith("HTTP/1.1 200 OK\r\n"), "answer " + i);
            }
        }
    }

    /** Content that nobody keeps counts as nothing, however long it is allowed to be. */
    @ParameterizedTest
    @ValueSource(strings = { "GET", "POST", "chunked POST" })
    void who_sends_much_that_is_dropped_closes_nobody_else(String sent) throws Exception {
        int bytes = 50 << 20;
        String content = "a".repeat(bytes);
        String request = sent.startsWith("chunked")
                ? "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(bytes) + "\r\n" + content + "\r\n0\r\n\r\n"
                : sent + " / HTTP/1.1\r\nHost: x\r\nContent-Length: " + bytes + "\r\n\r\n" + content;
        try (Server server = Server.start(EXECUTABLE, Map.of("QUARKUS_HTTP_LIMITS_MAX_BODY_SIZE", "100M")); Wire wire = new Wire(server.port())) {
            List<Wire> idle = served(server, 200);
            assertEquals(sent.equals("GET") ? 200 : 405, Response.list(wire.send(request).receive()).get(0).status());
            assertEquals(200, Response.list(wire.exchange(GET)).get(0).status());
            assertEquals(idle.size(), idle.stream().filter(CrowdIT::isOpen).count());
            long kib = server.privateKib();
            assertTrue(kib <= MAX_KIB, kib + " KiB");
        }
    }

    private static boolean isOpen(Wire wire) {
        try {
            return wire.send(GET).receive().startsWith("HTTP/1.1 200 OK\r\n");
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Wire> served(Server server, int clients) throws IOException {
        List<Wire> served = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            served.add(new Wire(server.port()));
            assertTrue(served.get(i).send(GET).receive().startsWith("HTTP/1.1 200 OK\r\n"));
        }
        return served;
    }

    private static void send(SocketChannel client, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
        } catch (IOException e) {
            // It had to make room already.
        }
    }

    private static void assertServed(Server server) {
        assertTrue(Poll.holds(LIMIT, () -> {
            try (Wire wire = new Wire(server.port())) {
                return wire.send(GET).receive().startsWith("HTTP/1.1 200 OK\r\n");
            } catch (IOException e) {
                return false;
            }
        }), "another is served");
    }
}
