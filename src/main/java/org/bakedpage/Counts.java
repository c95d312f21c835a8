package org.bakedpage;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** What one event loop has counted since it began. Written by its thread only; read by any. */
final class Counts {

    /** By whom a request was answered. */
    enum By { FAST_PATH, ROUTER }

    /** Why a connection was closed that its client would have kept. */
    enum Closed { MEMORY, CONNECTIONS, DESCRIPTORS, IDLE, HEAD, CONTENT, UNREAD_ANSWER }

    /** Of a status: its first digit, RFC 9110 section 15. */
    static final int STATUS_CLASSES = 6;

    private static final int CLOSED = By.values().length * STATUS_CLASSES;
    private static final int ACCEPTED = CLOSED + Closed.values().length;
    private static final int BYTES = ACCEPTED + 1;

    private final AtomicLongArray counts = new AtomicLongArray(BYTES + 1);

    /** Of all event loops together. */
    static Counts sum(List<Counts> loops) {
        Counts sum = new Counts();
        for (Counts loop : loops) {
            for (int i = 0; i <= BYTES; i++) {
                sum.add(i, loop.counts.get(i));
            }
        }
        return sum;
    }

    /** @param bytes of content */
    void answered(By by, int status, long bytes) {
        // RFC 9110 section 15: there is no other, but an endpoint may send one.
        add(by.ordinal() * STATUS_CLASSES + Math.min(status / 100, STATUS_CLASSES - 1), 1);
        add(BYTES, bytes);
    }

    void closed(Closed reason) {
        add(CLOSED + reason.ordinal(), 1);
    }

    void accepted() {
        add(ACCEPTED, 1);
    }

    /** There is no other that writes. */
    private void add(int index, long more) {
        counts.lazySet(index, counts.get(index) + more);
    }

    long answers(By by, int statusClass) {
        return counts.get(by.ordinal() * STATUS_CLASSES + statusClass);
    }

    long answers(By by) {
        long sum = 0;
        for (int statusClass = 0; statusClass < STATUS_CLASSES; statusClass++) {
            sum += answers(by, statusClass);
        }
        return sum;
    }

    long closings(Closed reason) {
        return counts.get(CLOSED + reason.ordinal());
    }

    long connections() {
        return counts.get(ACCEPTED);
    }

    /** Of content. */
    long bytes() {
        return counts.get(BYTES);
    }
}
