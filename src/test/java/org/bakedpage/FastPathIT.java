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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With and without its fast path the executable says the same, whatever it is sent; and it is the fast path that says it. */
class FastPathIT {

    /** The long form is -Dfast-path.streams=200000 -Dfast-path.mutations=1. */
    private static final int STREAMS = Integer.getInteger("fast-path.streams", 4_000);
    /** Every so many-th byte of the heads is changed. */
    private static final int MUTATED_EVERY = Integer.getInteger("fast-path.mutations", 29);
    private static final long SEED = Long.getLong("fast-path.seed", 20261128L);
    /** What the system buffers on both sides, and one read of the server. */
    private static final long MAX_UNREAD_BYTES = 32 << 20;
    private static final long MAX_GROWTH_KIB = 8 << 10;
    private static final String END = "GET /404.html HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final Pattern COUNTS = Pattern.compile("fast path (\\d+), router (\\d+)");

    private Server with;
    private Server without;

    @BeforeEach
    void start() throws Exception {
        String executable = System.getProperty("native.image.path");
        with = Server.start(executable, Map.of("QUARKUS_LOG_CATEGORY__ORG_BAKEDPAGE__LEVEL", "DEBUG"));
        without = Server.start(executable, Map.of("SITE_FAST_PATH", "false"));
    }

    @AfterEach
    void stop() throws Exception {
        with.close();
        without.close();
    }

    @Test
    void the_same_bytes_come_back_for_any_stream() throws Exception {
        for (int i = 0; i < STREAMS; i++) {
            Random random = new Random(SEED + i);
            RequestStream stream = RequestStream.random(random);
            String name = "seed " + SEED + ", stream " + i + ":\n" + stream;
            List<String> parts = stream.split(random);
            assertEquals(exchange(without, parts, name), exchange(with, parts, name), name);
        }
        assertHits(0.15);
    }

    /** Each is sent as it is, too, alone and several times in a row. */
    @Test
    void the_same_bytes_come_back_for_real_heads_with_another_byte() throws Exception {
        Random random = new Random(SEED);
        for (String head : RealHeads.ALL) {
            String whole = head + "\r\n";
            assertSame(List.of(whole, END));
            assertSame(List.of(whole.repeat(3) + END));
            for (int at = random.nextInt(MUTATED_EVERY); at < whole.length(); at += MUTATED_EVERY) {
                for (int other : new int[] { 0, '\t', '\n', '\r', ' ', whole.charAt(at) ^ 1, whole.charAt(at) ^ ' ', ':', ',', '"', 0x7F, 0xE9 }) {
                    String changed = whole.substring(0, at) + (char) other + whole.substring(at + 1);
                    assertSame(List.of(changed + "\r\n\r\n" + END));
                }
                assertSame(List.of(whole.substring(0, at), whole.substring(at) + END));
                assertSame(List.of(whole.substring(0, at) + whole.substring(at + 1) + "\r\n" + END));
            }
        }
        assertHits(0.2);
    }

    @Test
    void real_heads_are_all_answered_by_the_fast_path() throws Exception {
        for (String head : RealHeads.ALL) {
            String whole = head + "\r\n";
            for (int at = 1; at < whole.length(); at += 50) {
                assertSame(List.of(whole.substring(0, at), whole.substring(at) + END));
            }
        }
        assertHits(0.99);
    }

    @Test
    void a_client_that_never_repeats_itself_leaves_no_trace() throws IOException {
        int requests = 1_000_000;
        int pipelined = 100;
        long before = 0;
        try (Wire wire = new Wire(with.port())) {
            for (int i = 0; i < requests; i += pipelined) {
                if (i == requests / 10) {
                    before = with.privateKib();
                }
                StringBuilder batch = new StringBuilder();
                for (int j = 0; j < pipelined; j++) {
                    batch.append("HEAD /?").append(i + j).append(" HTTP/1.1\r\nHost: x").append(i + j).append("\r\nAccept-Encoding: ")
                            .append(i + j).append("\r\n\r\n");
                }
                wire.send(batch.toString());
                for (int j = 0; j < pipelined; j++) {
                    assertTrue(wire.receive(false).startsWith("HTTP/1.1 200 OK\r\n"));
                }
            }
        }
        assertGrowth("never the same", with, before);
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
                assertGrowth("never read", server, before);
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
            assertGrowth("behind a last request", server, before);
        }
    }

    @Test
    void clients_at_the_same_time_get_each_their_own_answers() throws Exception {
        List<Thread> clients = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<String> paths = List.of("/", "/404.html", "/favicon.svg", "/favicon.ico", "/nothing");
        List<String> expected = paths.stream().map(path -> exchange(without, List.of(request(path), END), path)).toList();
        for (int client = 0; client < 6; client++) {
            Random random = new Random(client);
            clients.add(new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    int path = random.nextInt(paths.size());
                    assertEquals(expected.get(path), exchange(with, List.of(request(paths.get(path)), END), paths.get(path)));
                }
            }));
        }
        clients.forEach(client -> client.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure)));
        clients.forEach(Thread::start);
        for (Thread client : clients) {
            client.join();
        }
        assertEquals(List.of(), failures);
    }

    private static String request(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n";
    }

    private void assertSame(List<String> parts) {
        String name = String.join("|", parts);
        assertEquals(exchange(without, parts, name), exchange(with, parts, name), name);
    }

    /** SECURITY: a test that compares two ways learns nothing where one of them is never taken. */
    private void assertHits(double share) throws Exception {
        with.terminate();
        assertTrue(with.process().waitFor(10, TimeUnit.SECONDS));
        Matcher counts = COUNTS.matcher(with.log());
        assertTrue(counts.find(), with.log());
        double fast = Double.parseDouble(counts.group(1));
        double all = fast + Double.parseDouble(counts.group(2));
        System.out.printf("%.1f %% of %.0f requests were answered by the fast path%n", 100 * fast / all, all);
        assertTrue(fast / all >= share, counts.group());
    }

    private static void assertGrowth(String what, Server server, long beforeKib) throws IOException {
        long growth = server.privateKib() - beforeKib;
        System.out.printf("%s: private memory grew by %,d KiB%n", what, growth);
        assertTrue(growth <= MAX_GROWTH_KIB, "private memory grew by " + growth + " KiB");
    }

    private static String exchange(Server server, List<String> parts, String name) {
        try (Wire wire = new Wire(server.port())) {
            try {
                for (String part : parts) {
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
