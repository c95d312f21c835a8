package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGTERM while many clients ask again as soon as they are answered: RFC 9112 §9.6 has the server announce the close. */
class StopUnderLoadIT {

    private static final int CLIENTS = 64;
    private static final Duration LOAD = Duration.ofSeconds(1);
    private static final int STOP_SECONDS = 5;

    /** How a client's connection ended. */
    private enum End {
        ANNOUNCED, UNANSWERED
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "GET / HTTP/1.1 | | 1",
            "GET / HTTP/1.1 | X-Request-ID: a | 1",
            "GET / HTTP/1.1 | Expect: x | 1",
            "GET /nothing HTTP/1.1 | | 1",
            "POST / HTTP/1.1 | Content-Length: 0 | 1",
            "GET / HTTP/1.1 | | 16",
            "GET / HTTP/1.1 | Expect: x | 16",
    })
    void every_request_is_answered_until_the_close_is_announced(String line, String field, int pipelined) throws Exception {
        String requests = (line + "\r\nHost: x\r\n" + (field == null ? "" : field + "\r\n") + "\r\n").repeat(pipelined);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Server server = Server.start(System.getProperty("native.image.path"), Attack.givenEnvironment())) {
            List<CompletableFuture<End>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(CompletableFuture.supplyAsync(() -> ask(server.port(), requests, pipelined), threads));
            }
            Poll.pause(LOAD);
            assertEquals(0, clients.stream().filter(CompletableFuture::isDone).count(), "connections that ended before the signal");
            server.terminate();
            assertTrue(server.process().waitFor(STOP_SECONDS, TimeUnit.SECONDS), "it still runs");
            long unanswered = clients.stream().filter(client -> client.join() == End.UNANSWERED).count();
            System.out.printf("%s %s, %d at a time: %d of %d connections ended without an answer%n", line, field, pipelined, unanswered, CLIENTS);
            assertAll(() -> assertEquals(0, unanswered), () -> assertEquals(0, server.process().exitValue()),
                    () -> assertEquals("", server.log()));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Asks until an answer says that it is the last one, or until there is none. */
    private static End ask(int port, String requests, int count) {
        try (Wire wire = new Wire(port)) {
            while (true) {
                wire.send(requests);
                boolean last = false;
                for (int i = 0; i < count; i++) {
                    last = wire.receive().toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
                }
                if (last) {
                    return wire.isClosed() ? End.ANNOUNCED : End.UNANSWERED;
                }
            }
        } catch (IOException e) {
            return End.UNANSWERED;
        }
    }
}
