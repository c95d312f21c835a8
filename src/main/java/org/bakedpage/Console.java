package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * Standard output or standard error, written by a thread of its own: an event loop that logs never waits for who reads the
 * log. Whole lines are queued; those that do not fit, or cannot be written, are dropped and counted, and the next that can
 * be written are followed by a line with their number.
 */
final class Console extends OutputStream {

    /** In bytes, of what is queued and what is being written. */
    static final int CAPACITY = 256 * 1024;

    private static final int MIN_CAPACITY = 8 * 1024;

    /** How long an exit waits for what is queued. */
    private static final Duration EXIT_LIMIT = Duration.ofMillis(300);

    private static final Console OUT = new Console(new FileOutputStream(FileDescriptor.out));
    private static final Console ERR = new Console(new FileOutputStream(FileDescriptor.err));

    private final OutputStream file;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    /** Whole lines, and the array that they are in by turns. */
    private byte[] queued = new byte[MIN_CAPACITY];
    private int queuedLength;
    private byte[] spare = new byte[MIN_CAPACITY];
    private int beingWritten;
    /** In all. */
    private long dropped;
    private boolean full;
    private Thread writer;

    /** The writer's own: of those that were dropped by the time it took its lines, how many are to be told, and how many have been. */
    private long lost;
    private long told;

    Console(OutputStream file) {
        this.file = file;
    }

    /** Replaces System.out and System.err. They do not flush what is not a line: a long one comes in several parts. */
    static void install() {
        System.setOut(new PrintStream(OUT));
        System.setErr(new PrintStream(ERR));
        Runtime.getRuntime().addShutdownHook(new Thread(Console::drain));
    }

    /** Waits until all is written, but not for long. */
    static void drain() {
        long end = System.nanoTime() + EXIT_LIMIT.toNanos();
        try {
            OUT.awaitWritten(end);
            ERR.awaitWritten(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param lines whole ones, for standard output */
    static void print(byte[] lines) {
        OUT.queue(lines);
    }

    /** How many lines there are that nobody will read. */
    static long dropped() {
        return OUT.allDropped() + ERR.allDropped();
    }

    private synchronized long allDropped() {
        return dropped;
    }

    @Override
    public synchronized void write(int b) {
        write(new byte[] { (byte) b }, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        begun.write(bytes, from, length);
        if (length > 0 && bytes[from + length - 1] == '\n') {
            flush();
        }
    }

    @Override
    public synchronized void flush() {
        if (begun.size() > 0) {
            queue(begun.toByteArray());
            begun.reset();
        }
    }

    private synchronized void queue(byte[] lines) {
        full |= queuedLength + beingWritten + lines.length > CAPACITY;
        if (full) {
            dropped += lines(lines, lines.length);
        } else {
            if (queuedLength + lines.length > queued.length) {
                queued = Arrays.copyOf(queued, Math.max(2 * queued.length, queuedLength + lines.length));
            }
            System.arraycopy(lines, 0, queued, queuedLength, lines.length);
            queuedLength += lines.length;
        }
        if (writer == null) {
            writer = new Thread(this::run, "console");
            writer.setDaemon(true);
            writer.start();
        }
        notifyAll();
    }

    private void run() {
        try {
            while (true) {
                byte[] lines = next();
                writeOut(lines, beingWritten);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized byte[] next() throws InterruptedException {
        beingWritten = 0;
        notifyAll();
        while (queuedLength == 0 && !full) {
            wait();
        }
        byte[] lines = queued;
        queued = spare;
        spare = lines;
        beingWritten = queuedLength;
        queuedLength = 0;
        full = false;
        lost = dropped - told;
        return lines;
    }

    private void writeOut(byte[] lines, int length) {
        try {
            file.write(lines, 0, length);
        } catch (IOException e) {
            countDropped(lines(lines, length));
            return;
        }
        if (lost > 0) {
            try {
                file.write(("web-server: " + lost + " lines of the log were dropped: they were not read in time\n").getBytes(UTF_8));
                told += lost;
            } catch (IOException e) {
                // It is said behind the next lines.
            }
        }
    }

    private synchronized void countDropped(long lines) {
        dropped += lines;
    }

    private synchronized void awaitWritten(long end) throws InterruptedException {
        long millis;
        while ((queuedLength > 0 || beingWritten > 0) && (millis = (end - System.nanoTime()) / 1_000_000) > 0) {
            wait(millis);
        }
    }

    private static long lines(byte[] bytes, int length) {
        long lines = 0;
        for (int i = 0; i < length; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }
}
