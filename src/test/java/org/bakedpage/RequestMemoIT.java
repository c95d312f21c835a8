package org.bakedpage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With and without its memo the executable says the same, whatever it is sent. */
class RequestMemoIT {

    /** The long form is -Dmemo.streams=200000. */
    private static final int STREAMS = Integer.getInteger("memo.streams", 5_000);
    private static final long SEED = Long.getLong("memo.seed", 20261123L);
    /** What the system buffers on both sides, and one read of the server. */
    private static final long MAX_UNREAD_BYTES = 32 << 20;
    private static final long MAX_GROWTH_KIB = 8 << 10;

    private static Server with;
    private static Server without;

    @BeforeAll
    static void start() throws Exception {
        String executable = System.getProperty("native.image.path");
        with = Server.start(executable, Map.of("SITE_FAST_PATH", "true"));
        without = Server.start(executable, Map.of("SITE_FAST_PATH", "false"));
    }

    @AfterAll
    static void stop() throws Exception {
        with.close();
        without.close();
    }

    @Test
    void the_same_bytes_come_back_for_any_stream() {
        for (int i = 0; i < STREAMS; i++) {
            Random random = new Random(SEED + i);
            RequestStream stream = RequestStream.random(random);
            String name = "seed " + SEED + ", stream " + i + ":\n" + stream;
            assertEquals(exchange(without, stream, new Random(i), name), exchange(with, stream, new Random(i), name), name);
        }
    }

    @Test
    void a_client_that_never_repeats_itself_leaves_no_trace() throws IOException {
        assertBounded(1_000_000, 100, i -> i);
    }

    @Test
    void a_client_that_repeats_more_than_is_remembered_leaves_no_more_than_the_bound() throws IOException {
        assertBounded(150_000, 1, i -> i / 3 % 10_000);
    }

    @Test
    void a_client_that_does_not_read_is_not_answered_without_end() throws Exception {
        for (Server server : List.of(with, without)) {
            long before = server.privateKib();
            try (SocketChannel client = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()))) {
                client.configureBlocking(false);
                ByteBuffer requests = US_ASCII.encode("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000));
                long lastWrite = System.nanoTime();
                for (long sent = 0; System.nanoTime() - lastWrite < 1_000_000_000L;) {
                    int written = client.write(requests.hasRemaining() ? requests : requests.rewind());
                    sent += written;
                    lastWrite = written > 0 ? System.nanoTime() : lastWrite;
                    assertTrue(sent < MAX_UNREAD_BYTES, "it still reads after " + sent + " bytes of requests");
                }
                long growth = server.privateKib() - before;
                assertTrue(growth <= MAX_GROWTH_KIB, "private memory grew by " + growth + " KiB");
            }
        }
    }

    @Test
    void what_comes_behind_a_last_request_leaves_no_trace() throws IOException {
        String bytes = "GET /favicon.svg HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                + "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1500\r\n\r\n" + "x".repeat(1500);
        int connections = 10_000;
        for (Server server : List.of(with, without)) {
            long before = 0;
            for (int i = 0; i < connections; i++) {
                if (i == connections / 10) {
                    before = server.privateKib();
                }
                try (Wire wire = new Wire(server.port())) {
                    assertEquals("200", Response.statuses(wire.send(bytes).receiveToEnd()));
                }
            }
            long growth = server.privateKib() - before;
            assertTrue(growth <= MAX_GROWTH_KIB, "private memory grew by " + growth + " KiB");
        }
    }

    /** So many requests, each with the query that its number has, are answered, and memory does not grow with them. */
    private static void assertBounded(int requests, int pipelined, IntUnaryOperator query) throws IOException {
        long before = 0;
        try (Wire wire = new Wire(with.port())) {
            for (int i = 0; i < requests; i += pipelined) {
                if (i == requests / 10) {
                    before = with.privateKib();
                }
                StringBuilder batch = new StringBuilder();
                for (int j = 0; j < pipelined; j++) {
                    batch.append("HEAD /?").append(query.applyAsInt(i + j)).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
                }
                wire.send(batch.toString());
                for (int j = 0; j < pipelined; j++) {
                    assertTrue(wire.receive(false).startsWith("HTTP/1.1 200 OK\r\n"));
                }
            }
        }
        long growth = with.privateKib() - before;
        assertTrue(growth <= MAX_GROWTH_KIB, "private memory grew by " + growth + " KiB over " + requests + " requests");
    }

    private static String exchange(Server server, RequestStream stream, Random splits, String name) {
        try (Wire wire = new Wire(server.port())) {
            try {
                for (String part : stream.split(splits)) {
                    wire.send(part);
                }
                // Or a changed Content-Length may have the server wait for more.
                wire.end();
            } catch (SocketException e) {
                // closed before the end, as after a malformed request: what it answered until then is compared
            }
            return Wire.withoutDate(wire.receiveAll());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
