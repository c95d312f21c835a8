package org.bakedpage;

import io.netty.channel.EventLoop;
import io.netty.util.AsciiString;

/**
 * The access log of one event loop: its lines are gathered in an iteration, and then given to the {@link Console}, whose thread
 * writes them. SECURITY: where they are not read in time they are dropped and counted, and nobody waits. Used by its event loop only.
 */
final class AccessLog {

    /** Lines that are together longer are given away at once. */
    private static final int BATCH_LENGTH = 16 << 10;

    private final AccessLogPattern pattern;
    private final EventLoop eventLoop;
    private final Clock clock;
    private final LogText lines;
    private AsciiString date;
    private String time;
    private boolean queued;

    AccessLog(AccessLogPattern pattern, EventLoop eventLoop, Clock clock) {
        this.pattern = pattern;
        this.eventLoop = eventLoop;
        this.clock = clock;
        this.lines = new LogText(pattern.isJson());
    }

    /**
     * @param request null for one that was refused
     * @param bytes of the answer's content
     */
    void add(String client, LoggedRequest request, int status, long bytes) {
        AsciiString now = clock.date();
        if (now != date) {
            date = now;
            time = pattern.time(now.toString());
        }
        pattern.append(new AccessLogPattern.Entry(client, time, request, status, bytes), lines);
        if (lines.length() >= BATCH_LENGTH) {
            flush();
        } else if (!queued) {
            queued = true;
            eventLoop.execute(this::flushBatch);
        }
    }

    private void flushBatch() {
        queued = false;
        flush();
    }

    private void flush() {
        if (lines.length() > 0) {
            Console.print(lines.removeAll());
        }
    }
}
