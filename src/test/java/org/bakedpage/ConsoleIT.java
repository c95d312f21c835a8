package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The executable with the access log on, and a standard output that does not take it. */
class ConsoleIT {

    private static final String EXECUTABLE = System.getProperty("native.image.path");
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    /** Their lines are more than a pipe and the queue hold. */
    private static final int REQUESTS = 6_000;
    private static final int FEW = 100;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final Pattern DROPPED = Pattern.compile("web-server: (\\d+) lines of the log were dropped: .*");

    private int port;

    @BeforeEach
    void choose_a_port() throws IOException {
        port = Server.freePort();
    }

    @Test
    void a_pipe_that_nobody_reads_blocks_neither_requests_nor_the_stop() throws Exception {
        Process process = start(EXECUTABLE);
        try {
            ask(REQUESTS);
            stop(process);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void what_was_dropped_is_counted_once_the_pipe_is_read() throws Exception {
        Process process = start(EXECUTABLE);
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            ask(REQUESTS);
            int read = 0;
            int dropped = 0;
            // The last line may come behind the notice: it is logged after its answer.
            while (read + dropped < REQUESTS) {
                String line = next(lines);
                Matcher notice = DROPPED.matcher(line);
                dropped += notice.matches() ? Integer.parseInt(notice.group(1)) : 0;
                read += line.contains("\"GET / HTTP/1.1\" 200 ") ? 1 : 0;
            }
            assertEquals(REQUESTS, read + dropped);
            assertTrue(dropped > 0, "no notice");
            ask(1);
            assertTrue(next(lines).contains("\"GET / HTTP/1.1\" 200 "));
            stop(process);
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "exec \"$0\" >&-", "exec \"$0\" >/dev/full", "exec \"$0\" >&- 2>&- <&-" })
    void an_output_that_takes_nothing_changes_nothing(String command) throws Exception {
        Process process = start("sh", "-c", command, EXECUTABLE);
        try {
            ask(FEW);
            stop(process);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A line that was lost would be waited for without end. */
    private static String next(BufferedReader lines) throws IOException {
        assertTrue(Poll.holds(LIMIT, () -> isReady(lines)), "there are no more lines");
        return lines.readLine();
    }

    private static boolean isReady(BufferedReader lines) {
        try {
            return lines.ready();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("PORT", Integer.toString(port), "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_ACCESS_LOG_ENABLED", "true"));
        return builder.redirectError(Redirect.DISCARD).start();
    }

    private void ask(int requests) throws IOException {
        try (Wire wire = Poll.until("a connection", LIMIT, this::connect)) {
            for (int i = 0; i < requests; i++) {
                assertTrue(wire.exchange(GET).startsWith("HTTP/1.1 200 "));
            }
        }
    }

    private Wire connect() {
        try {
            return new Wire(port);
        } catch (ConnectException e) {
            return null;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(STOP_LIMIT.toMillis(), MILLISECONDS), "it runs on");
        assertEquals(0, process.exitValue());
    }
}
