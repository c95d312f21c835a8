package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.SocketException;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many requests on one connection, in whatever pieces they come, and how it ends: RFC 9112 section 9. */
@QuarkusTest
@QuarkusTestResource(SystemProperties.class)
class ConnectionTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String END = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final String BREW = "BREW / HTTP/1.1\r\nHost: x\r\n\r\n";
    /** In bytes: so little that the server has to wait for a client that reads slowly. */
    private static final int SMALL_BUFFER = 4096;
    /** So many answers that the buffers of the system do not hold them: 9 kB each. */
    private static final int MANY = 1_500;

    @TestHTTPResource("/")
    URL url;

    /** Each tenth is the router's, so that its answers and those of the fast path wait for the client by turns. */
    @RepeatedTest(5)
    void answers_come_in_the_order_of_their_requests() throws IOException {
        List<String> paths = List.of("/", "/favicon.svg", "/nothing", "/favicon.ico", "/404.html", "/?a", "/favicon.svg?b");
        StringBuilder requests = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        Map<String, String> answers = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            String request = i % 10 == 9 ? BREW : "GET " + paths.get(i * i % paths.size()) + " HTTP/1.1\r\nHost: x\r\n\r\n";
            requests.append(request);
            if (!answers.containsKey(request)) {
                try (Wire alone = new Wire(url.getPort())) {
                    answers.put(request, Wire.withoutDate(alone.send(request).receive()));
                }
            }
            expected.append(answers.get(request));
        }
        try (Wire wire = new Wire(url.getPort())) {
            String received = wire.send(requests.toString()).end().receiveToEnd();
            assertEquals(expected.toString(), Wire.withoutDate(received));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { GET, "\r\nGET /favicon.svg HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nGET /",
            "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;a\r\nGET\r\n0\r\nA: b\r\n\r\n", BREW })
    void a_request_may_come_in_any_two_pieces(String request) throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            String expected = Wire.withoutDate(wire.send(request).receive());
            for (int at = 1; at < request.length(); at++) {
                wire.send(request.substring(0, at));
                assertEquals(expected, Wire.withoutDate(wire.send(request.substring(at)).receive()), "split at " + at);
            }
            for (int at = 1; at < request.length(); at++) {
                // The second piece is the beginning of the next request as well.
                wire.send(request + request.substring(0, at));
                assertEquals(expected, Wire.withoutDate(wire.receive()));
                assertEquals(expected, Wire.withoutDate(wire.send(request.substring(at)).receive()), "split at " + at);
            }
        }
    }

    @Test
    void a_request_that_comes_byte_by_byte_is_answered() throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            for (char b : END.toCharArray()) {
                wire.send(String.valueOf(b));
            }
            assertEquals("200", Response.statuses(wire.receiveToEnd()));
        }
    }

    @ParameterizedTest
    @CsvSource({ "GET, 200", "POST, 405" })
    void who_waits_for_a_word_before_sending_content_gets_the_answer(String method, int status) throws IOException {
        for (String framing : List.of("Content-Length: 3\r\n\r\n|abc", "Transfer-Encoding: chunked\r\n\r\n|3\r\nabc\r\n0\r\n\r\n")) {
            String head = method + " / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n" + framing.substring(0, framing.indexOf('|'));
            try (Wire wire = new Wire(url.getPort())) {
                assertTrue(wire.send(head).receive().startsWith("HTTP/1.1 " + status + " "));
                String rest = wire.send(framing.substring(framing.indexOf('|') + 1) + END).receiveToEnd();
                assertEquals("200", Response.statuses(rest), "the connection is in step");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({ "1", "3", "1500" })
    void a_client_that_has_no_more_requests_gets_all_answers(int requests) throws IOException {
        try (Wire wire = new Wire(url.getPort(), SMALL_BUFFER)) {
            wire.sendAside(GET.repeat(requests), true);
            for (int i = 0; i < requests; i++) {
                assertTrue(wire.receive().startsWith("HTTP/1.1 200 OK\r\n"), "answer " + i);
            }
            assertTrue(wire.isClosed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\r\n", "GET / HTTP/1.1\r\nHo", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na",
            "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na" })
    void a_client_that_ends_in_the_middle_of_a_request_is_closed(String begun) throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            int answers = begun.contains("Content-Length") ? 2 : 1;
            assertEquals(answers, Response.list(wire.send(GET + begun).end().receiveToEnd()).size());
        }
    }

    @Test
    void what_a_client_sends_after_its_last_request_does_not_cost_it_the_answer() throws IOException {
        try (Wire wire = new Wire(url.getPort(), SMALL_BUFFER)) {
            wire.sendAside(GET.repeat(MANY) + END + GET.repeat(2_000), false);
            for (int i = 0; i <= MANY; i++) {
                String answer = wire.receive();
                assertEquals(i == MANY, answer.contains("\r\nconnection: close\r\n"), "answer " + i);
            }
            wire.send("x".repeat(10_000));
            assertTrue(wire.isClosed());
        }
    }

    @Test
    void who_goes_on_sending_after_the_end_is_cut_off() throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            wire.send(END).receive();
            assertThrows(SocketException.class, () -> {
                for (int i = 0; i < 1_000; i++) {
                    wire.send("x".repeat(100_000));
                }
            });
        }
    }

    @Test
    void an_answer_to_HTTP_1_0_is_the_last() throws IOException {
        try (Wire known = new Wire(url.getPort()); Wire wire = new Wire(url.getPort(), SMALL_BUFFER)) {
            IntStream.range(0, 4).forEach(i -> known.exchange(GET));
            assertEquals("200", Response.statuses(wire.send("GET / HTTP/1.0\r\n\r\n").send(GET).receiveToEnd()));
        }
    }

    @Test
    void a_client_that_is_gone_leaves_the_others_alone() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Wire gone = new Wire(url.getPort(), SMALL_BUFFER)) {
                gone.send(GET.repeat(100)).receive();
                gone.abort();
            }
        }
        try (Wire wire = new Wire(url.getPort())) {
            assertEquals("200", Response.statuses(wire.send(END).receiveToEnd()));
        }
    }

    /** More than are flushed in one event-loop iteration, each of which makes room for its next answers by being sent. */
    @ParameterizedTest
    @CsvSource({ "GET, 200", "BREW, 501" })
    void many_that_pipeline_more_than_fits_get_all_their_answers(String method, String status) throws Exception {
        int answers = 200;
        ExecutorService readers = Executors.newCachedThreadPool();
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < 80; i++) {
                wires.add(new Wire(url.getPort(), SMALL_BUFFER));
            }
            for (Wire wire : wires) {
                wire.sendAside(GET.replace("GET", method).repeat(answers) + END, false);
            }
            // At the same time: to who does not read for long, with so small a buffer, the system itself sends only now and then.
            List<Future<String>> received = wires.stream().map(wire -> readers.submit(wire::receiveToEnd)).toList();
            for (Future<String> one : received) {
                assertEquals((status + " ").repeat(answers) + "200", Response.statuses(one.get()));
            }
        } finally {
            readers.shutdownNow();
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    /** Its end is read before the reset, so what the server learns of the reset it learns by writing. */
    @Test
    void a_client_that_has_ended_and_is_gone_leaves_the_others_alone() throws IOException {
        for (int i = 0; i < 5; i++) {
            try (Wire gone = new Wire(url.getPort(), SMALL_BUFFER)) {
                gone.send(GET.repeat(MANY)).end().receive();
                Poll.pause(Duration.ofMillis(200));
                gone.abort();
            }
        }
        try (Wire wire = new Wire(url.getPort())) {
            assertEquals("200", Response.statuses(wire.send(END).receiveToEnd()));
        }
    }
}
