package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow clients, silent ones, and innocent ones that look like them; with limits shorter than those of the contract. */
class TimeoutIT {

    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final Duration HEAD = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(4);
    /** How late the server may be, on a machine that does other things too. */
    private static final Duration LATE = Duration.ofSeconds(2);
    /** In which ConnectionLoop counts the time. */
    private static final Duration STEP = Duration.ofMillis(1);

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(System.getProperty("native.image.path"), Map.of("SITE_HEAD_TIMEOUT", HEAD.toSeconds() + "s",
                "QUARKUS_HTTP_IDLE_TIMEOUT", IDLE.toSeconds() + "s", "SITE_BODY_TIMEOUT", IDLE.toSeconds() + "s",
                "SITE_ANSWER_TIMEOUT", IDLE.toSeconds() + "s"));
    }

    @AfterAll
    static void stop() throws Exception {
        String log = server.log();
        server.close();
        assertEquals("", log);
    }

    @ParameterizedTest
    @ValueSource(strings = { "G", "GET / HTTP/1.1\r\nHo", "GET / HTTP/1.1\r\nHost: x\r\n", GET + "GET / HT" })
    void a_head_that_is_not_completed_is_cut_off(String begun) throws IOException {
        try (Wire wire = new Wire(server.port())) {
            long start = System.nanoTime();
            wire.send(begun).receiveToEnd();
            assertBetween(HEAD, HEAD.plus(LATE), System.nanoTime() - start);
        }
    }

    @Test
    void a_head_that_drips_is_cut_off() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            long start = System.nanoTime();
            wire.send("GET / HTTP/1.1\r\nX: ");
            wire.sendDrops("a".repeat(1_000), HEAD.dividedBy(10));
            assertEquals("", wire.receiveToEnd());
            assertBetween(HEAD, HEAD.plus(LATE), System.nanoTime() - start);
        }
    }

    /** Each head is complete in time, but none of the reads ends between two. */
    @Test
    void heads_in_pieces_are_none_of_them_late() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            long start = System.nanoTime();
            wire.send(GET.substring(0, 10));
            while (System.nanoTime() - start < HEAD.multipliedBy(4).toNanos()) {
                Poll.pause(HEAD.dividedBy(10));
                assertTrue(wire.send(GET.substring(10) + GET.substring(0, 10)).receive().startsWith("HTTP/1.1 200 OK\r\n"));
            }
        }
    }

    /** The rest of the head is there in time, but it is not read while the answers before it are not. */
    @Test
    void a_head_behind_answers_that_are_read_slowly_is_not_late() throws IOException {
        try (Wire wire = new Wire(server.port(), 4096)) {
            int answers = 1_500;
            wire.sendAside(GET.repeat(answers) + GET.substring(0, 10), false);
            Poll.pause(HEAD.dividedBy(2));
            wire.sendAside(GET.substring(10), false);
            Poll.pause(HEAD.multipliedBy(2));
            for (int i = 0; i <= answers; i++) {
                assertTrue(wire.receive().startsWith("HTTP/1.1 200 OK\r\n"), "answer " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", GET, "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
            "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na" })
    void an_idle_connection_is_closed(String begun) throws IOException {
        // Its time begins when it is accepted, which may be before this side goes on.
        long start = System.nanoTime();
        try (Wire wire = new Wire(server.port())) {
            wire.send(begun).receiveToEnd();
            assertBetween(IDLE, IDLE.plus(LATE), System.nanoTime() - start);
        }
    }

    @Test
    void a_connection_is_idle_since_its_last_request() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < IDLE.multipliedBy(2).toNanos()) {
                wire.exchange(GET);
                Poll.pause(IDLE.dividedBy(10));
            }
            long last = System.nanoTime();
            wire.exchange(GET);
            assertTrue(wire.isClosed());
            assertBetween(IDLE, IDLE.plus(LATE), System.nanoTime() - last);
        }
    }

    @Test
    void who_reads_slowly_is_not_idle() throws IOException {
        try (Wire wire = new Wire(server.port(), 4096)) {
            int answers = 3_000;
            wire.sendAside(GET.repeat(answers), false);
            long start = System.nanoTime();
            for (int i = 0; i < answers; i++) {
                assertTrue(wire.receive().startsWith("HTTP/1.1 200 OK\r\n"), "answer " + i);
                // A third of them takes longer than an idle connection has.
                long due = start + i * IDLE.multipliedBy(3).toNanos() / answers;
                assertTrue(Poll.holds(IDLE, () -> System.nanoTime() >= due));
            }
        }
    }

    @Test
    void who_does_not_read_at_all_is_cut_off() throws IOException {
        try (Wire wire = new Wire(server.port(), 4096)) {
            wire.sendAside(GET.repeat(3_000), false);
            Poll.pause(IDLE.plus(LATE));
            String received = wire.receiveAll();
            assertTrue(received.startsWith("HTTP/1.1 200 OK\r\n"), received);
            assertTrue(received.length() < 3_000 * 1_000, () -> received.length() + " bytes");
        }
    }

    private static void assertBetween(Duration least, Duration most, long nanos) {
        Duration taken = Duration.ofNanos(nanos).plus(STEP);
        assertTrue(taken.compareTo(least) >= 0 && taken.compareTo(most) <= 0, taken + " is not between " + least + " and " + most);
    }
}
