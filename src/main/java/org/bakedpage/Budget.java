package org.bakedpage;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * SECURITY: the one account of what clients make the server hold: connections, heads and bodies in progress, reads that wait,
 * answers that are not taken yet. Shared by all event loops. Heap counts twice, for a collection copies what is live.
 */
final class Budget {

    /** What the kernel keeps of an open connection, counted by a container's limit: socket, file, and entry of epoll. */
    static final int SOCKET_BYTES = 4 << 10;
    /** What this server keeps of it: the connection, its channel and its key. */
    static final int CONNECTION_BYTES = 1 << 10;
    /** Netty's channel and pipeline, its codec, and Vert.x's connection, once a request needed them. */
    static final int CODEC_BYTES = 6 << 10;
    /** A request with its response and context, from its head to its answer. */
    static final int REQUEST_BYTES = 6 << 10;

    private static final int HEAP_FACTOR = 2;

    private final long limit;
    private final int maxConnections;
    private final AtomicLong used = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * @param limit in bytes
     * @param maxConnections at the same time; 0 = unlimited
     */
    Budget(long limit, int maxConnections) {
        this.limit = limit;
        this.maxConnections = maxConnections > 0 ? maxConnections : Integer.MAX_VALUE;
    }

    /** Half of the memory that there is: of the container's, where a connection's socket counts as well, and of the heap. */
    static Budget of(Limits limits) {
        return new Budget(Math.min(Memory.limit() / 2, Runtime.getRuntime().maxMemory() * HEAP_FACTOR * 2 / 5),
                limits.maxConnections());
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

    /** In bytes, for this much of the heap. */
    static int heap(int bytes) {
        return HEAP_FACTOR * bytes;
    }

    /** @param bytes more than before; negative for less */
    void charge(int bytes) {
        used.addAndGet(bytes);
    }

    boolean isExceeded() {
        return used.get() > limit;
    }
}
