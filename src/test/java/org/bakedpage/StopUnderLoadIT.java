package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGTERM while many clients ask again as soon as they are answered: RFC 9112 §9.6 has the server announce the close. */
class StopUnderLoadIT {

    private static final int CLIENTS = 64;
    private static final Duration LOAD = Duration.ofSeconds(1);
    private static final int STOP_SECONDS = 5;
    private static final String REFUSED = "refused";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "GET / HTTP/1.1          |                   | 1",
            "GET / HTTP/1.1          | X-Request-ID: a   | 1",
            "GET / HTTP/1.1          | Expect: x         | 1",
            "GET /nothing HTTP/1.1   |                   | 1",
            "POST / HTTP/1.1         | Content-Length: 0 | 1",
            "GET / HTTP/1.1          |                   | 16",
            "GET / HTTP/1.1          | Expect: x         | 16",
    })
    void every_request_is_answered_until_the_close_is_announced(String line, String field, int pipelined) throws Exception {
        String requests = (line + "\r\nHost: x\r\n" + (field == null ? "" : field + "\r\n") + "\r\n").repeat(pipelined);
        assertAllAnswered(port -> ask(port, requests, pipelined));
    }

    /** Until connections are refused. */
    @Test
    void every_connection_that_was_made_is_answered() throws Exception {
        assertAllAnswered(port -> {
            String answer = "HTTP/1.1 200 OK\r\n";
            while (answer.startsWith("HTTP/1.1 200 OK\r\n")) {
                answer = askOnce(port);
            }
            return answer.equals(REFUSED);
        });
    }

    private static void assertAllAnswered(IntPredicate client) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (Server server = Server.start(System.getProperty("native.image.path"), Attack.givenEnvironment())) {
            List<Future<Boolean>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> client.test(server.port())));
            }
            Poll.pause(LOAD);
            assertEquals(0, clients.stream().filter(Future::isDone).count(), "connections that ended before the signal");
            server.terminate();
            assertTrue(server.process().waitFor(STOP_SECONDS, TimeUnit.SECONDS), "it still runs");
            int unanswered = 0;
            for (Future<Boolean> answered : clients) {
                unanswered += answered.get() ? 0 : 1;
            }
            assertEquals(0, unanswered, "connections that ended without an answer");
            assertEquals(0, server.process().exitValue());
            assertEquals("", server.log());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Asks until an answer says that it is the last one; false if there is none to a request, or nothing follows the last. */
    private static boolean ask(int port, String requests, int count) {
        try (Wire wire = new Wire(port)) {
            while (true) {
                wire.send(requests);
                String answer = "";
                for (int i = 0; i < count; i++) {
                    answer = wire.receive();
                }
                if (answer.contains("\r\nconnection: close\r\n")) {
                    return wire.isClosed();
                }
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static String askOnce(int port) {
        try (Wire wire = new Wire(port)) {
            return wire.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").receive();
        } catch (ConnectException e) {
            return REFUSED;
        } catch (IOException e) {
            return "";
        }
    }
}
