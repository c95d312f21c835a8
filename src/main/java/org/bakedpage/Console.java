package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Standard output or standard error, written by a thread of its own: an event loop that logs never waits for who reads the
 * log. Whole lines are queued; those that do not fit, or cannot be written, are dropped and counted, and the next that can
 * be written are followed by a line with their number.
 */
final class Console extends OutputStream {

    /** In bytes, of what is queued and what is being written. */
    static final int CAPACITY = 256 * 1024;

    /** How long an exit waits for what is queued. */
    private static final Duration EXIT_LIMIT = Duration.ofMillis(300);

    private static final Console OUT = new Console(new FileOutputStream(FileDescriptor.out));
    private static final Console ERR = new Console(new FileOutputStream(FileDescriptor.err));

    private final OutputStream file;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private ByteArrayOutputStream queued = new ByteArrayOutputStream();
    private int beingWritten;
    private long dropped;
    private boolean full;
    private Thread writer;

    /** The writer's own: dropped after the lines that it has, or not written. */
    private long lost;

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
        if (begun.size() == 0) {
            return;
        }
        full |= queued.size() + beingWritten + begun.size() > CAPACITY;
        if (full) {
            dropped += lines(begun.toByteArray());
        } else {
            queued.writeBytes(begun.toByteArray());
        }
        begun.reset();
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
                writeOut(next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized byte[] next() throws InterruptedException {
        beingWritten = 0;
        notifyAll();
        while (queued.size() == 0 && !full) {
            wait();
        }
        byte[] lines = queued.toByteArray();
        queued = new ByteArrayOutputStream();
        beingWritten = lines.length;
        full = false;
        lost += dropped;
        dropped = 0;
        return lines;
    }

    private void writeOut(byte[] lines) {
        try {
            file.write(lines);
        } catch (IOException e) {
            lost += lines(lines);
            return;
        }
        if (lost > 0) {
            try {
                file.write(("web-server: " + lost + " lines of the log were dropped: they were not read in time\n").getBytes(UTF_8));
                lost = 0;
            } catch (IOException e) {
                // It is said behind the next lines.
            }
        }
    }

    private synchronized void awaitWritten(long end) throws InterruptedException {
        long millis;
        while ((queued.size() > 0 || beingWritten > 0) && (millis = (end - System.nanoTime()) / 1_000_000) > 0) {
            wait(millis);
        }
    }

    private static long lines(byte[] bytes) {
        long lines = 0;
        for (byte b : bytes) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }
}
