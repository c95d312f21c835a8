package org.bakedpage;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals at any moment, from exec to exit. */
class SignalsIT {

    private static final String EXECUTABLE = System.getProperty("native.image.path");
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int STARTS = 150;
    private static final int SIGTERM = 15;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Closer together in the first milliseconds, in which the handlers are replaced. */
    @ParameterizedTest
    @CsvSource({ "TERM, 60", "TERM, 6", "INT, 60" })
    void a_signal_during_the_start_ends_it_with_success(String signal, int spanMillis) throws Exception {
        for (int i = 0; i < STARTS; i++) {
            long delayNanos = MILLISECONDS.toNanos(spanMillis) * i / STARTS;
            try (Program program = new Program(command("0"))) {
                awaitFirstInstruction(program.process());
                long start = System.nanoTime();
                // A sleep would be longer than asked for.
                while (System.nanoTime() - start < delayNanos) {
                    Thread.onSpinWait();
                }
                send(signal, program.process());
                String when = signal + " after " + delayNanos / 1000 + " us";
                assertTrue(program.process().waitFor(LIMIT.toMillis(), MILLISECONDS), () -> "it runs on: " + when);
                assertEquals("", program.err(), when);
                assertEquals(0, program.process().exitValue(), when);
            }
        }
    }

    @Test
    void what_does_not_ask_it_to_end_is_ignored_at_any_moment() throws Exception {
        int port = Server.freePort();
        try (Program program = new Program(command(Integer.toString(port)))) {
            awaitFirstInstruction(program.process());
            String flood = "while kill -HUP $0 && kill -USR1 $0 && kill -USR2 $0; do :; done";
            try (Program sender = new Program(new ProcessBuilder("sh", "-c", flood, Long.toString(program.process().pid())))) {
                assertTrue(Poll.holds(LIMIT, () -> answers(port)), "it does not serve");
                for (int i = 0; i < STARTS; i++) {
                    assertTrue(answers(port));
                }
                assertTrue(sender.process().isAlive());
                program.process().destroy();
                assertTrue(program.process().waitFor(LIMIT.toMillis(), MILLISECONDS), "it runs on");
            }
            assertEquals(0, program.process().exitValue());
            assertEquals("", program.err());
        }
    }

    @Test
    void a_second_signal_while_draining_changes_nothing() throws Exception {
        try (Server server = Server.start(EXECUTABLE, Map.of("QUARKUS_SHUTDOWN_TIMEOUT", "5s")); Wire wire = new Wire(server.port())) {
            wire.exchange(GET);
            wire.send("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na");
            server.terminate();
            assertTrue(Poll.holds(LIMIT, () -> !answers(server.port())), "it still accepts connections");
            server.terminate();
            send("INT", server.process());
            assertTrue(wire.send("bc\r\n0\r\n\r\n").receive().startsWith("HTTP/1.1 200 OK\r\n"));
            assertTrue(wire.isClosed());
            assertTrue(server.process().waitFor(LIMIT.toMillis(), MILLISECONDS));
            assertEquals(0, server.process().exitValue());
        }
    }

    /** Before it the system ends the process, as it does any other; process 1 would not be ended. */
    private static void awaitFirstInstruction(Process process) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            String caught = Files.readString(status).replaceAll("(?s).*\nSigCgt:\\s*(\\p{XDigit}+)\n.*", "$1");
            if ((Long.parseUnsignedLong(caught, 16) & 1L << SIGTERM - 1) != 0) {
                return;
            }
        }
        throw new AssertionError("it does not handle signals");
    }

    private static ProcessBuilder command(String port) {
        ProcessBuilder builder = new ProcessBuilder(EXECUTABLE);
        builder.environment().putAll(Map.of("PORT", port, "QUARKUS_HTTP_HOST", "127.0.0.1"));
        return builder;
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        if (signal.equals("TERM")) {
            process.destroy();
        } else {
            assertEquals(0, new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor());
        }
    }

    private static boolean answers(int port) {
        try (Wire wire = new Wire(port)) {
            return wire.send(GET).receive().startsWith("HTTP/1.1 200 ");
        } catch (IOException e) {
            return false;
        }
    }
}
