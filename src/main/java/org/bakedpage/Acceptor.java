package org.bakedpage;

import io.netty.channel.nio.NioTask;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Accepts connections on the event loop that serves them. Where there is no room, who comes waits in the system's backlog.
 */
final class Acceptor implements NioTask<ServerSocketChannel> {

    private static final Logger LOG = Logger.getLogger(Acceptor.class);

    /** At a time, for those that are open are to be served as well. */
    private static final int BATCH = 16;
    private static final long PAUSE_MILLIS = 10;
    /** Where the system goes on to take connections while the server stops, there is no end of them. */
    private static final int MAX_LAST = 4096;

    private final ConnectionLoop loop;
    private final ServerSocketChannel socket;
    /** Null until somebody comes. */
    private SelectionKey key;
    /** Whether no other event loop has made room. */
    private boolean alone;

    /** @param socket non-blocking, and this event loop's own where the system can share a port between several */
    Acceptor(ConnectionLoop loop, ServerSocketChannel socket) {
        this.loop = loop;
        this.socket = socket;
    }

    @Override
    public void channelReady(ServerSocketChannel socket, SelectionKey key) {
        this.key = key;
        try {
            loop.listener().joinNewLoops();
            acceptBatch();
        } catch (RuntimeException e) {
            // Thrown on, it would end this event loop's accepting, and the system would still give it connections.
            RateLimitedLog.warn("cannot accept a connection: " + e);
            pause();
        }
    }

    private void acceptBatch() {
        // What the budget lacks this event loop gives first itself: to ask another one for it takes longer than to accept.
        loop.keepWithinBudget();
        if (!loop.hasRoom()) {
            makeRoom(ConnectionLoop::makeRoom);
            return;
        }
        for (int i = 0; i < BATCH && loop.hasRoom() && accept(); i++) {
            continue;
        }
    }

    /** @return whether there was somebody */
    private boolean accept() {
        if (!loop.listener().budget().openConnection()) {
            return false;
        }
        SocketChannel accepted = null;
        IOException failure = null;
        try {
            accepted = socket.accept();
        } catch (ClosedChannelException e) {
            // The server stops.
        } catch (IOException e) {
            failure = e;
        }
        if (accepted != null) {
            alone = false;
            loop.open(accepted, key.selector());
            return true;
        }
        // First, or no event loop would have its share.
        loop.listener().connectionClosed();
        if (failure != null) {
            // Too many open files, or a client that is gone already.
            RateLimitedLog.warn("cannot accept a connection: " + failure.getMessage());
            makeRoom(any -> any.evict(Connection::idleness, Counts.Closed.DESCRIPTORS));
        }
        return false;
    }

    /**
     * There is room when the descriptor of who was evicted is closed, before its event loop comes to accept again: there is never
     * one too many.
     */
    private void makeRoom(Predicate<ConnectionLoop> how) {
        if (!loop.listener().isClosing() && !((loop.hasItsShare() || alone) && how.test(loop))) {
            pauseFor(how);
        }
    }

    /** Until another event loop has made room, or long enough for somebody to have gone. */
    private void pauseFor(Predicate<ConnectionLoop> how) {
        want(0);
        AtomicBoolean claimed = new AtomicBoolean();
        loop.listener().makeRoomElsewhere(loop, claimed, how, made -> {
            if (made) {
                want(SelectionKey.OP_ACCEPT);
            } else {
                pause();
            }
        });
        loop.eventLoop().schedule(() -> {
            if (claimed.compareAndSet(false, true)) {
                resumeAlone();
            }
        }, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void pause() {
        want(0);
        loop.eventLoop().schedule(this::resumeAlone, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void resumeAlone() {
        alone = true;
        want(SelectionKey.OP_ACCEPT);
    }

    private void want(int operations) {
        if (key.isValid()) {
            key.interestOps(operations);
        }
    }

    /** Accepts who has come by now, and nobody else. */
    void close() {
        Sockets.takeNoMore(socket);
        for (int i = 0; i < MAX_LAST && key != null && loop.hasRoom() && accept(); i++) {
            continue;
        }
        closeSocket();
    }

    /** It was closed, or its event loop has ended: the system would go on to give it connections, which nobody would ever take. */
    @Override
    public void channelUnregistered(ServerSocketChannel socket, Throwable cause) {
        closeSocket();
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A listening socket was not closed in good order", e);
        }
    }
}
