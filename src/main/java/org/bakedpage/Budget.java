package org.bakedpage;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * SECURITY: the one account of what clients make the server hold: connections, heads and bodies in progress, reads that wait,
 * answers that are not taken yet. Shared by all event loops. All sizes are in bytes.
 */
final class Budget {

    /** What the kernel keeps of an open connection, counted by a container's limit: socket, file, and entry of epoll. */
    static final int SOCKET_BYTES = 4 << 10;
    /** What the kernel keeps of answers that a client does not take, and of requests that are not read because of that. */
    static final int SOCKET_BUFFER_BYTES = 96 << 10;
    /** What the kernel may keep of answers that a client has not taken yet counts in whole ones of these, until the kernel says how much. */
    static final int UNTAKEN_STEP_BYTES = 16 << 10;
    /** What this server keeps of a connection: itself, its channel and its key. */
    static final int CONNECTION_BYTES = 1 << 10;
    /** Netty's channel and pipeline, its codec, and Vert.x's connection, once a request needed them. */
    static final int CODEC_BYTES = 6 << 10;
    /** A request with its response and context, from its head to its answer. */
    static final int REQUEST_BYTES = 6 << 10;
    /** A part of an answer that waits to be sent, whose head and content are two: its buffer outside the heap, and its objects. */
    static final int WRITE_BYTES = 1 << 10;

    /** Garbage that is not collected yet takes the rest, and what a collection copies. */
    private static final double HEAP_PART = 0.42;
    private static final double MEMORY_PART = 0.5;
    /** Enough to be worth a collection, which takes some milliseconds. */
    private static final long SHRUNK_BYTES = 1 << 20;

    private final long heapLimit;
    private final long memoryLimit;
    private final int maxConnections;
    private final AtomicLong heap = new AtomicLong();
    private final AtomicLong kernel = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile long peak;

    /**
     * @param heap that there may be
     * @param memory that there is, of the machine or of the container
     * @param maxConnections at the same time; 0 for any number
     */
    Budget(long heap, long memory, int maxConnections) {
        this.heapLimit = (long) (heap * HEAP_PART);
        this.memoryLimit = (long) (memory * MEMORY_PART);
        this.maxConnections = maxConnections > 0 ? maxConnections : Integer.MAX_VALUE;
    }

    /** Counts one more connection if there may be one. */
    boolean openConnection() {
        if (connections.incrementAndGet() <= maxConnections) {
            return true;
        }
        connections.decrementAndGet();
        return false;
    }

    /** Whether there may not be one more connection. */
    boolean isFull() {
        return connections.get() >= maxConnections;
    }

    /** @return whether it was the last one */
    boolean closeConnection() {
        return connections.decrementAndGet() == 0;
    }

    int connections() {
        return connections.get();
    }

    /** More than before; negative for less. */
    void charge(int heapBytes, int kernelBytes) {
        long now = heapBytes == 0 ? heap.get() : heap.addAndGet(heapBytes);
        if (kernelBytes != 0) {
            kernel.addAndGet(kernelBytes);
        }
        if (now > peak) {
            peak = now;
        }
    }

    long heap() {
        return heap.get();
    }

    long kernel() {
        return kernel.get();
    }

    long heapLimit() {
        return heapLimit;
    }

    /** Of the heap and the kernel together. */
    long memoryLimit() {
        return memoryLimit;
    }

    boolean isExceeded() {
        return isExceededBy(0);
    }

    /** Whether it would be with so many bytes of the heap more. */
    boolean isExceededBy(int heapBytes) {
        long used = heap.get() + heapBytes;
        return used > heapLimit || used + kernel.get() > memoryLimit;
    }

    /** Whether much less of the heap is held than has been since this was last so: a collection gives it back to the system. */
    boolean hasShrunk() {
        long used = heap.get();
        if (peak - used < SHRUNK_BYTES || used > peak / 2) {
            return false;
        }
        peak = used;
        return true;
    }
}
