package org.bakedpage;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM: what was accepted is answered and sent, idle connections are closed, and the exit code is 0 within 5 s. */
class StopIT {

    private static final String EXECUTABLE = System.getProperty("native.image.path");
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int LIMIT_SECONDS = 5;
    private static final Duration LIMIT = Duration.ofSeconds(LIMIT_SECONDS);

    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(EXECUTABLE);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({ "true, 0", "false, 0", "true, 1", "false, 1" })
    void requests_that_were_read_are_answered_however_slowly_the_answers_are_read(boolean fastPath, int seconds) throws Exception {
        Map<String, String> environment = Map.of("SITE_FAST_PATH", Boolean.toString(fastPath), "QUARKUS_SHUTDOWN_TIMEOUT", "20s");
        try (Server other = Server.start(EXECUTABLE, environment); Wire wire = new Wire(other.port(), 16 << 10)) {
            String known = wire.exchange(GET);
            for (int i = 0; i < 3; i++) {
                wire.exchange(GET);
            }
            wire.sendAside(GET.repeat(3_000), false);
            assertEquals(Wire.withoutDate(known), Wire.withoutDate(wire.receive()));
            // It reads requests until it has to wait for this client; when it does cannot be seen from here.
            Poll.pause(Duration.ofSeconds(1));
            other.terminate();
            Poll.pause(Duration.ofSeconds(seconds));
            String rest = wire.receiveToEnd();
            assertEquals("close", Response.list(rest).get(Response.list(rest).size() - 1).field("connection"));
            // Whole answers, and more than the system takes of them: some waited until they could be given.
            assertTrue(Response.list(rest).size() > 500, () -> Response.list(rest).size() + " answers");
            assertStopped(other);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "GET / HTTP/1.1\r\nHo", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab" })
    void a_connection_that_waits_for_nothing_is_closed(String begun) throws Exception {
        try (Wire idle = new Wire(server.port()); Wire wire = new Wire(server.port())) {
            idle.exchange(GET);
            wire.exchange(GET);
            wire.send(begun);
            if (begun.contains("Content-Length")) {
                wire.receive();
            }
            server.terminate();
            long start = System.nanoTime();
            assertTrue(idle.isClosed());
            assertTrue(wire.isClosed());
            assertStopped(server);
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis < 3_000, () -> millis + " ms, as if there were something to wait for");
        }
    }

    @Test
    void a_request_whose_content_is_on_its_way_is_answered() throws Exception {
        try (Wire wire = new Wire(server.port())) {
            wire.exchange(GET);
            wire.send("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na");
            server.terminate();
            awaitRefusal();
            assertTrue(wire.send("bc\r\n0\r\n\r\n").receive().startsWith("HTTP/1.1 200 OK\r\n"));
            assertTrue(wire.isClosed());
            assertStopped(server);
        }
    }

    /** What is sent in one segment: content is no further request, and what is behind it is one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 3\\r\\n\\r\\nabc                               | 405
            GET / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 3\\r\\n\\r\\nabc                                | 200
            POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 9\\r\\n\\r\\nabc                               | 405
            POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 0\\r\\n\\r\\n                                  | 405
            POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 3\\r\\nExpect: 100-continue\\r\\n\\r\\nabc     | 405
            POST / HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabc\\r\\n0\\r\\n\\r\\n | 405
            GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\nPOST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 3\\r\\n\\r\\nabc | 200 405
            POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 3\\r\\n\\r\\nabcGET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n | 405 200
            """)
    void the_last_answer_says_that_it_is_the_last(String requests, String statuses) throws Exception {
        try (Wire wire = new Wire(server.port()); Wire other = new Wire(server.port())) {
            wire.exchange(GET);
            other.exchange(GET);
            server.terminate();
            // Who waits for nothing is closed soon.
            assertTrue(Poll.holds(LIMIT, () -> "close".equals(Response.list(other.exchange(GET)).get(0).field("connection"))));
            String received = wire.send(requests.translateEscapes()).receiveToEnd();
            assertEquals(statuses, Response.statuses(received));
            List<Response> answers = Response.list(received);
            for (Response answer : answers) {
                assertEquals(answer == answers.get(answers.size() - 1) ? "close" : null, answer.field("connection"));
            }
            assertStopped(server);
        }
    }

    /** With less time than by default, which would leave no margin before LIMIT. */
    @Test
    void a_client_that_does_not_read_does_not_keep_it_from_stopping() throws Exception {
        try (Server other = Server.start(EXECUTABLE, Map.of("QUARKUS_SHUTDOWN_TIMEOUT", "2s"));
                Wire wire = new Wire(other.port(), 4096); Wire half = new Wire(other.port())) {
            wire.sendAside(GET.repeat(3_000), false);
            wire.receive();
            half.send("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na");
            other.terminate();
            assertStopped(other);
        }
    }

    @Test
    void nothing_to_wait_for_is_waited_for() throws Exception {
        long best = Long.MAX_VALUE;
        // The best of some: others use the machine too.
        for (int i = 0; i < 3; i++) {
            try (Server other = Server.start(EXECUTABLE)) {
                long start = System.nanoTime();
                other.terminate();
                assertStopped(other);
                best = Math.min(best, System.nanoTime() - start);
            }
        }
        assertTrue(best < SECONDS.toNanos(1), best + " ns");
    }

    private void awaitRefusal() {
        assertTrue(Poll.holds(LIMIT, () -> {
            try (Wire wire = new Wire(server.port())) {
                return false;
            } catch (ConnectException e) {
                return true;
            } catch (IOException e) {
                return false;
            }
        }), "it still accepts connections");
    }

    private static void assertStopped(Server server) throws Exception {
        assertTrue(server.process().waitFor(LIMIT_SECONDS, SECONDS), "it still runs");
        assertEquals(0, server.process().exitValue());
        assertEquals("", server.log());
        assertThrows(ConnectException.class, () -> new Wire(server.port()));
    }
}
