package org.bakedpage;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * The connections of one event loop, used by its thread only. One timer looks after all of them: a timer for each would
 * cost memory for each, and work at each read.
 */
final class OpenConnections implements Runnable {

    static final long PERIOD_MILLIS = Duration.ofMillis(500).toMillis();

    /** SECURITY: in bytes, for all heads that have begun and not ended. */
    private static final long MAX_HEAD_MEMORY = 4 << 20;

    /** How many are looked at for one that is to make room. The longest idle of some is nearly that of all. */
    private static final int CANDIDATES = 16;

    /** For an event loop to look once more at what the system has received before it was told to stop. */
    private static final long ARRIVAL_MILLIS = 50;

    private static final Queue<OpenConnections> LOOPS = new ConcurrentLinkedQueue<>();

    private final EventLoop loop;
    private final Limits limits;
    private final List<Connection> connections = new ArrayList<>();
    private long now;
    private long headMemory;
    private int hand;
    private boolean ending;

    private OpenConnections(EventLoop loop, Limits limits) {
        this.loop = loop;
        this.limits = limits;
    }

    /** Those of the event loop that calls. */
    static OpenConnections of(EventLoop loop, Limits limits) {
        for (OpenConnections open : LOOPS) {
            if (open.loop == loop) {
                return open;
            }
        }
        OpenConnections open = new OpenConnections(loop, limits);
        LOOPS.add(open);
        return open;
    }

    /** Every connection is to end: those that are idle, when what has arrived of them is read; the others when they are answered. */
    static void endAll() {
        LOOPS.forEach(open -> open.loop.schedule(open::end, ARRIVAL_MILLIS, TimeUnit.MILLISECONDS));
    }

    static void cutAll() {
        LOOPS.forEach(open -> open.loop.execute(() -> List.copyOf(open.connections).forEach(Connection::cut)));
    }

    /** A clock that is never set; not 0. */
    static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) | 1;
    }

    /** That clock as it was less than a period ago. */
    long now() {
        return now;
    }

    void add(Connection connection) {
        if (connections.isEmpty()) {
            now = millis();
            loop.schedule(this, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
        connection.place = connections.size();
        connections.add(connection);
        connection.read();
        if (ending) {
            loop.execute(connection::end);
        } else if (limits.maxConnections() > 0 && Connections.count() > limits.maxConnections()) {
            makeRoom(connection, candidate -> candidate.isIdle() ? candidate.lastActive() : Long.MAX_VALUE);
        }
    }

    /** SECURITY: past the bound, the one that takes longest for its head has to go. */
    void keepHeads(int moreBytes, Connection connection) {
        headMemory += moreBytes;
        if (moreBytes > 0 && headMemory > MAX_HEAD_MEMORY) {
            makeRoom(connection, candidate -> candidate.isWithinHead() ? candidate.headSince() : Long.MAX_VALUE);
        }
    }

    /** Closes the first by this order among some of the others, or the newcomer if none of them can go. */
    private void makeRoom(Connection newcomer, ToLongFunction<Connection> order) {
        Connection first = newcomer;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < Math.min(CANDIDATES, connections.size()); i++) {
            hand = hand + 1 < connections.size() ? hand + 1 : 0;
            Connection candidate = connections.get(hand);
            if (candidate != newcomer && order.applyAsLong(candidate) < least) {
                first = candidate;
                least = order.applyAsLong(candidate);
            }
        }
        first.cut();
    }

    void remove(Connection connection) {
        Connection last = connections.remove(connections.size() - 1);
        if (last != connection) {
            connections.set(connection.place, last);
            last.place = connection.place;
        }
    }

    @Override
    public void run() {
        now = millis();
        // From the end, for one that is closed gives its place to the last.
        for (int i = connections.size() - 1; i >= 0; i--) {
            connections.get(i).check(now, limits);
        }
        if (!connections.isEmpty()) {
            loop.schedule(this, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void end() {
        ending = true;
        List.copyOf(connections).forEach(Connection::end);
    }
}
