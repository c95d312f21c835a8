package org.bakedpage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The queue before standard output. */
class ConsoleTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String LINE = "x".repeat(99);
    private static final int FITTING = Console.CAPACITY / 100;

    private final File file = new File();
    private final PrintStream out = new PrintStream(new Console(file), false, US_ASCII);

    @AfterEach
    void unblock() {
        file.readable.countDown();
    }

    @Test
    void lines_are_written_whole_and_in_order() {
        file.readable.countDown();
        out.print("a");
        out.println("b");
        out.write('c');
        out.println();
        assertTrue(Poll.holds(LIMIT, () -> file.text().equals("ab\nc\n")), file::text);
    }

    @Test
    void what_does_not_fit_is_dropped_and_counted() {
        out.println("first");
        assertTrue(Poll.holds(LIMIT, () -> file.blocked));
        for (int i = 0; i < FITTING + 10; i++) {
            out.println(LINE);
        }
        file.readable.countDown();
        String notice = "web-server: 10 lines of the log were dropped: they were not read in time";
        assertTrue(Poll.holds(LIMIT, () -> file.text().endsWith(notice + "\n")));
        List<String> lines = file.text().lines().toList();
        assertEquals("first", lines.get(0));
        assertEquals(FITTING, lines.stream().filter(LINE::equals).count());
        assertEquals(FITTING + 2, lines.size());
        out.println("next");
        assertTrue(Poll.holds(LIMIT, () -> file.text().endsWith(notice + "\nnext\n")));
    }

    @Test
    void a_line_that_never_fits_is_counted() {
        file.readable.countDown();
        out.println("x".repeat(Console.CAPACITY));
        assertTrue(Poll.holds(LIMIT, () -> file.text().startsWith("web-server: 1 lines of the log were dropped")));
    }

    @Test
    void lines_that_cannot_be_written_are_counted() {
        file.readable.countDown();
        file.broken = true;
        out.println("lost");
        assertTrue(Poll.holds(LIMIT, () -> file.failures == 1));
        file.broken = false;
        out.println("next");
        assertTrue(Poll.holds(LIMIT, () -> file.text().startsWith("next\nweb-server: 1 lines of the log were dropped")), file::text);
    }

    /** Blocks until it is readable, as a pipe that nobody reads. */
    private static final class File extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CountDownLatch readable = new CountDownLatch(1);
        private volatile boolean blocked;
        private volatile boolean broken;
        private volatile int failures;

        @Override
        public void write(int b) {
            throw new AssertionError("a byte alone");
        }

        @Override
        public void write(byte[] lines, int from, int length) throws IOException {
            blocked = true;
            try {
                readable.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (broken) {
                failures++;
                throw new IOException("no space left");
            }
            bytes.write(lines, from, length);
        }

        private String text() {
            return bytes.toString(US_ASCII);
        }
    }
}
