package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered, while many connections use it at the same time and it changes under them. */
class MemoTableIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration MAX_AGE = Duration.ofSeconds(3);
    private static final int CLIENTS = 6;
    private static final int REQUESTS = 6_000;
    /** More than the table has places for. */
    private static final int QUERIES = 600;

    private Server server;
    private List<Wire> others;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(System.getProperty("native.image.path"));
        others = List.of(new Wire(server.port()), new Wire(server.port()));
    }

    /** An exception on an event loop is a line in its log, whatever the clients get. */
    @AfterEach
    void stop_without_a_complaint() throws Exception {
        try {
            for (Wire wire : others) {
                wire.close();
            }
            assertEquals("", server.log());
        } finally {
            server.close();
        }
    }

    @Test
    void clients_at_the_same_time_get_each_their_own_answers() throws Exception {
        Map<String, String> expected = Map.of("/", answer("/"), "/404.html", answer("/404.html"), "/favicon.svg", answer("/favicon.svg"));
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(client);
                work.add(() -> ask(random, expected));
            }
            for (Future<Void> client : clients.invokeAll(work)) {
                client.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void an_answer_on_its_way_stays_as_it_was_when_it_is_forgotten() throws Exception {
        int requests = 900;
        String request = request("/?slow");
        try (Wire slow = new Wire(server.port(), 4096)) {
            String answer = Wire.withoutDate(slow.send(request).receive());
            for (int i = 0; i < 3; i++) {
                assertEquals(answer, Wire.withoutDate(slow.send(request).receive()));
            }
            for (int i = 0; i < requests; i++) {
                slow.send(request);
            }
            for (int second = 0; second < 3; second++) {
                forgetAll();
                awaitAnotherSecond();
                for (int i = 0; i < requests / 3; i++) {
                    if (i % 20 == 0) {
                        // Whatever memory was let go of is taken by another answer of the same length.
                        forget("/?" + second + "." + i);
                    }
                    assertEquals(answer, Wire.withoutDate(slow.receive()), "answer " + i);
                }
            }
            assertEquals(answer, Wire.withoutDate(slow.send(request).receive()));
        }
    }

    @Test
    void a_request_with_one_other_byte_never_gets_its_answer() throws Exception {
        try (Server without = Server.start(System.getProperty("native.image.path"), Map.of("SITE_FAST_PATH", "false"))) {
            String known = "GET /favicon.svg HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\nIf-None-Match: \"a\"\r\n\r\n";
            String end = "GET /404.html HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            for (int at = 0; at < known.length(); at++) {
                for (int other : new int[] { 0, '\t', '\n', '\r', ' ', known.charAt(at) ^ 1, known.charAt(at) ^ ' ', 'A', ':', 0xFF }) {
                    String changed = known.substring(0, at) + (char) other + known.substring(at + 1);
                    assertEquals(exchange(without, known, changed, end), exchange(server, known, changed, end),
                            "byte " + at + " is " + other);
                }
            }
        }
    }

    /** Each on a connection of its own, and so often that every event loop knows it. */
    @ParameterizedTest
    @ValueSource(strings = { "", "\r\n", "G", "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n" })
    void a_known_request_that_is_the_last_is_answered_and_the_connection_ends(String behind) throws Exception {
        try (Server without = Server.start(System.getProperty("native.image.path"), Map.of("SITE_FAST_PATH", "false"))) {
            String last = "GET /favicon.svg HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            String answer = lastAnswer(without, last, behind);
            assertTrue(answer.contains("\r\nconnection: close\r\n"), answer);
            for (int i = 0; i < 40; i++) {
                assertEquals(answer, lastAnswer(server, last, behind));
            }
        }
    }

    /** Apart, for it is known only where nothing is behind it in a read. */
    private static String lastAnswer(Server server, String last, String behind) throws IOException {
        try (Wire wire = new Wire(server.port())) {
            String answer = wire.send(last).send(behind).receive();
            assertTrue(wire.send(behind.repeat(10)).isClosed());
            return Wire.withoutDate(answer);
        }
    }

    private static String exchange(Server server, String known, String changed, String end) throws IOException {
        try (Wire wire = new Wire(server.port())) {
            for (int i = 0; i < 3; i++) {
                wire.send(known).receive();
            }
            // Apart, for what is to be taken for a known request has to begin a read.
            return Wire.withoutDate(wire.send(changed).send(end).receiveAll());
        }
    }

    private Void ask(Random random, Map<String, String> expected) throws IOException {
        List<String> paths = List.copyOf(expected.keySet());
        for (int i = 0; i < REQUESTS / 300; i++) {
            try (Wire wire = new Wire(server.port())) {
                for (int j = 0; j < 100; j++) {
                    String path = paths.get(random.nextInt(paths.size()));
                    String request = request(path + "?" + random.nextInt(QUERIES));
                    for (int repeat = 0; repeat < 3; repeat++) {
                        String answer = wire.send(request).receive();
                        assertEquals(expected.get(path), Wire.withoutDate(answer));
                        assertTrue(age(answer).abs().compareTo(MAX_AGE) < 0, answer);
                    }
                }
            }
        }
        return null;
    }

    private static Duration age(String answer) {
        String date = answer.lines().filter(line -> line.startsWith("date: ")).findFirst().orElseThrow().substring(6);
        return Duration.between(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant(), Instant.now());
    }

    private void forgetAll() throws IOException {
        for (int i = 0; i < QUERIES; i++) {
            forget("/favicon.svg?" + i + "." + System.nanoTime());
        }
    }

    /** Has an answer remembered in place of another, on every event loop: connections are dealt out in turn. */
    private void forget(String path) throws IOException {
        for (Wire wire : others) {
            wire.send(request(path)).receive();
            wire.send(request(path)).receive();
        }
    }

    private void awaitAnotherSecond() throws IOException {
        long second = Instant.now().getEpochSecond();
        assertTrue(Poll.holds(LIMIT, () -> Instant.now().getEpochSecond() > second));
        answer("/");
    }

    private String answer(String path) throws IOException {
        try (Wire wire = new Wire(server.port())) {
            return Wire.withoutDate(wire.send(request(path)).receive());
        }
    }

    private static String request(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }
}
