package org.bakedpage;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.nio.NioEventLoop;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One event loop's connections, and what they share; used by its thread only. One timer looks after all of them: a timer for
 * each would cost memory for each, and work at each read.
 */
final class ConnectionLoop implements Runnable {

    static final long PERIOD_MILLIS = Duration.ofMillis(500).toMillis();
    /** Looks of the timer that are so far apart mean that the process was stopped between them. */
    private static final long STOPPED_MILLIS = 2 * PERIOD_MILLIS;
    /** Enough to read what has come while it was stopped. */
    private static final long LENIENT_MILLIS = PERIOD_MILLIS / 5;

    /** A head of the greatest lengths that are set by default, and more. */
    private static final int INPUT_BYTES = 32 << 10;

    /** Sample size for eviction: the worst of some is nearly the worst of all. */
    private static final int SAMPLE = 16;

    /**
     * SECURITY: heads that the codec may read in one iteration for those who are ready, and for those who have waited: about half a
     * millisecond for each, in which who is answered at once waits.
     */
    private static final int MAX_DECODED = 8;

    /** A piece of content takes as long as so many, if it is tiny chunks. */
    private static final int HEADS_OF_CHUNKS = 4;

    /** So many answers of the fast path take no longer than one of the codec. */
    private static final int FAST_ANSWERS_OF_ONE = 16;

    /** SECURITY: maximum evictions in a period for the sake of large heads: a hundredth of an event loop's time. */
    private static final int CROWDED_EVICTIONS = 100;

    /** Work after which a collection pays, in a period with less than CALM of it. */
    private static final int CROWD = 500;
    private static final int CALM = 10;

    private final Listener listener;
    private final NioEventLoop eventLoop;
    private Acceptor acceptor;
    private Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    /** Those whose requests wait, of which some go on in each iteration. */
    private final Set<Connection> turns = new LinkedHashSet<>();
    private boolean turnDue;
    /** What was done in this iteration, in heads that the codec reads. */
    private int decoded;
    private final byte[] input = new byte[INPUT_BYTES];
    /** Outside the heap, for the system; the bytes of an array are read many times faster. */
    private final ByteBuffer received = ByteBuffer.allocateDirect(INPUT_BYTES);
    private final Output output = new Output();
    private final AcceptEncodings acceptEncodings = new AcceptEncodings();
    private final Clock clock = new Clock();
    private final CommonRequest request;
    private final FlushBatcher flushes;
    private long now = millis();
    private boolean timed;
    /** Whether there was no connection when the timer last looked. */
    private boolean quiet;
    /** Whether the timer's last look was itself late, and closed nobody. */
    private boolean lenient;
    private int cursor;
    /** In this period. */
    private int evicted;
    private boolean draining;
    private boolean closingIdle;
    /**
     * What leaves garbage, since the last collection and until the last period: connections, what the codec was given, and what the
     * fast path has made.
     */
    private long work;
    private long workBefore;
    private final Counts counts = new Counts();
    /** Null where nobody wants one. */
    private final AccessLog accessLog;
    private int fastAnswers;
    private int status;
    private long contentBytes;

    ConnectionLoop(Listener listener, NioEventLoop eventLoop) {
        this.listener = listener;
        this.eventLoop = eventLoop;
        this.request = new CommonRequest(Math.min(listener.limits().maxLineLength(), Output.MAX_TARGET_BYTES),
                listener.limits().options().getMaxHeaderSize());
        this.flushes = new FlushBatcher(eventLoop);
        this.accessLog = listener.accessLog() == null ? null : new AccessLog(listener.accessLog(), eventLoop, clock);
    }

    /** A clock that is never set. */
    static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** That clock as the timer last saw it: less than a period ago, unless the process was stopped. */
    long now() {
        return now;
    }

    Listener listener() {
        return listener;
    }

    NioEventLoop eventLoop() {
        return eventLoop;
    }

    Selector selector() {
        return selector;
    }

    /** What was received last, of whichever connection. */
    byte[] input() {
        return input;
    }

    /**
     * Receives into the input.
     *
     * @param from where, behind what is there
     * @return how many bytes; 0 where there are none yet, -1 where there will be none any more
     */
    int receive(SocketChannel socket, int from) throws IOException {
        int count = Sockets.receive(socket, received, input.length - from);
        if (count > 0) {
            received.get(0, input, from, count);
        }
        return count;
    }

    Output output() {
        return output;
    }

    Clock clock() {
        return clock;
    }

    AcceptEncodings acceptEncodings() {
        return acceptEncodings;
    }

    CommonRequest request() {
        return request;
    }

    FlushBatcher flushes() {
        return flushes;
    }

    /**
     * What the fast path has answered.
     *
     * @param content in bytes
     */
    void noteAnswer(int status, long content) {
        this.status = status;
        this.contentBytes = content;
    }

    /** The fast path has answered this request, as was noted. */
    void countFastAnswer(Connection connection) {
        counts.answered(Counts.By.FAST_PATH, status, contentBytes);
        if (accessLog != null) {
            accessLog.add(connection.client(), request, status, contentBytes);
        }
        if (++fastAnswers % FAST_ANSWERS_OF_ONE == 0) {
            count(1);
        }
    }

    /**
     * The router has answered this request.
     *
     * @param content in bytes
     */
    void countRoutedAnswer(HttpRequest request, Connection connection, int status, long content) {
        if (Endpoints.isOperators(request)) {
            return;
        }
        counts.answered(Counts.By.ROUTER, status, content);
        if (accessLog != null) {
            // What is refused is not what its decoder made of it.
            accessLog.add(connection.client(), request.decoderResult().isFailure() ? null : new LoggedRequest.Decoded(request), status, content);
        }
    }

    /** The codec has read a head, or was added. */
    void countDecoded() {
        work++;
        count(1);
    }

    /** The codec is given a piece of content. */
    void countContent(boolean chunked) {
        work++;
        count(chunked ? HEADS_OF_CHUNKS : 1);
    }

    /** The fast path has made a page that is not kept, or an answer that is not. */
    void countMade() {
        work++;
    }

    private void count(int heads) {
        if (decoded == 0) {
            eventLoop.executeAfterEventLoopIteration(() -> decoded = 0);
        }
        decoded += heads;
    }

    /**
     * Whether requests for the codec, and long pipelines, are deferred in this iteration, so that other requests are answered at once.
     * Without a fast path there are no such others.
     */
    boolean isBusy() {
        return decoded >= MAX_DECODED && listener.fastPath() != null;
    }

    Counts counts() {
        return counts;
    }

    /** Whether no request is accepted that has not been read already. */
    boolean isDraining() {
        return draining;
    }

    boolean isClosingIdle() {
        return closingIdle;
    }

    /** Called on this event loop. */
    void accept(ServerSocketChannel socket) {
        acceptor = new Acceptor(this, socket);
        if (draining) {
            // Who is in its queue would wait for the end of the process.
            acceptor.close();
        } else {
            eventLoop.register(socket, SelectionKey.OP_ACCEPT, acceptor);
        }
    }

    /**
     * @param socket of a new connection, which is counted already
     * @param selector of this event loop
     */
    void open(SocketChannel socket, Selector selector) {
        this.selector = selector;
        if (!timed) {
            timed = true;
            now = millis();
            eventLoop.schedule(this, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
        work++;
        counts.accepted();
        Connection connection = new Connection(this, socket);
        connection.slot = connections.size();
        connections.add(connection);
        connection.open();
    }

    /** @param registered whether its descriptor is closed by the selector only, when it is asked the next time */
    void remove(Connection connection, boolean registered) {
        Connection last = connections.remove(connections.size() - 1);
        if (last != connection) {
            connections.set(connection.slot, last);
            last.slot = connection.slot;
        }
        turns.remove(connection);
        if (registered) {
            listener.connectionClosing();
            eventLoop.executeAfterEventLoopIteration(() -> eventLoop.execute(listener::descriptorClosed));
        } else {
            listener.connectionClosed();
        }
    }

    /** Behind others, and behind all that is ready by then. */
    void awaitTurn(Connection connection) {
        turns.add(connection);
        if (!turnDue) {
            turnDue = true;
            takeTurnInNextIteration();
        }
    }

    private void takeTurnInNextIteration() {
        eventLoop.executeAfterEventLoopIteration(() -> eventLoop.execute(this::takeTurn));
    }

    private void takeTurn() {
        decoded = 0;
        try {
            while (!turns.isEmpty() && decoded < MAX_DECODED) {
                Connection next = turns.iterator().next();
                turns.remove(next);
                next.takeTurn();
            }
        } finally {
            turnDue = !turns.isEmpty();
            if (turnDue) {
                takeTurnInNextIteration();
            }
        }
    }

    /** Looks after deadlines. From the end, for one that is closed gives its slot to the last. */
    @Override
    public void run() {
        long before = now;
        now = millis();
        // Where the process was stopped, the system wakes its selector without what has come meanwhile, see signal(7): that is read
        // first. SECURITY: not twice in a row, or where it is always that late there would be no deadlines.
        lenient = !lenient && now - before >= STOPPED_MILLIS;
        evicted = 0;
        timed = !connections.isEmpty() || !quiet;
        quiet = connections.isEmpty();
        if (timed) {
            // First, or the failure of one connection would end the deadlines of all.
            eventLoop.schedule(this, lenient ? LENIENT_MILLIS : PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
        for (int i = connections.size() - 1; i >= 0 && !lenient; i--) {
            if (i < connections.size()) {
                connections.get(i).check(now);
            }
        }
        keepWithinBudget();
        // What is not used between two looks is free again, and with it what it was a part of.
        PooledByteBufAllocator.DEFAULT.trimCurrentThreadCache();
        boolean calm = work - workBefore < CALM;
        if (listener.budget().hasShrunk() || calm && work >= CROWD) {
            // Or what a crowd took, and the garbage that it made, stay this process's until others come.
            Memory.collect();
            work = 0;
        }
        workBefore = work;
    }

    void keepWithinBudget() {
        while (listener.budget().isExceeded() && evict(Connection::weight, Counts.Closed.MEMORY)) {
            continue;
        }
    }

    /** Whether it is, or is now that others have gone. */
    boolean isWithinBudget() {
        keepWithinBudget();
        return !listener.budget().isExceeded();
    }

    /** Whether it has as many connections as every other event loop, or more. */
    boolean hasItsShare() {
        return listener.isItsShare(connections.size());
    }

    boolean hasRoom() {
        return !listener.budget().isExceeded() && !listener.budget().isFull();
    }

    /** @return whether there is room for one more connection now */
    boolean makeRoom() {
        return isWithinBudget() && (!listener.budget().isFull() || evict(Connection::idleness, Counts.Closed.CONNECTIONS));
    }

    /**
     * SECURITY: whoever is to go is closed at once, and nothing more is sent to it.
     *
     * @return whether one is gone, or holds less than was thought
     */
    boolean evict(Weight weight, Counts.Closed reason) {
        Connection worst = null;
        long most = 0;
        for (int i = Math.min(SAMPLE, connections.size()); i > 0; i--) {
            cursor = cursor + 1 < connections.size() ? cursor + 1 : 0;
            long candidate = weight.of(connections.get(cursor), millis());
            if (candidate > most) {
                worst = connections.get(cursor);
                most = candidate;
            }
        }
        if (worst == null) {
            return false;
        }
        if (reason == Counts.Closed.MEMORY && worst.holdsLess()) {
            return true;
        }
        if (!worst.isEnding()) {
            counts.closed(reason);
        }
        worst.reset();
        evicted++;
        return true;
    }

    /** Whether there is no room for so many bytes, and nobody else is evicted to make some. */
    boolean isCrowded(int bytes) {
        return evicted >= CROWDED_EVICTIONS && listener.budget().isExceededBy(bytes);
    }

    /** Which connection is evicted first: the one with the greatest; 0 for one that stays. */
    interface Weight {
        long of(Connection connection, long now);
    }

    /** Accepts who has come by now, and no more requests than have. */
    void drain() {
        draining = true;
        if (acceptor != null) {
            acceptor.close();
        }
        List.copyOf(connections).forEach(Connection::drain);
    }

    /** Closes those that are idle, now and whenever one becomes idle. */
    void closeIdle() {
        closingIdle = true;
        List.copyOf(connections).forEach(Connection::closeIfIdle);
    }

    void abortAll() {
        List.copyOf(connections).forEach(Connection::abort);
    }
}
