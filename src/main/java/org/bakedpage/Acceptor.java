package org.bakedpage;

import io.netty.channel.nio.NioTask;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Accepts connections on the event loop that serves them. Where there is no room, who comes waits in the system's backlog.
 */
final class Acceptor implements NioTask<ServerSocketChannel> {

    private static final Logger LOG = Logger.getLogger(Acceptor.class);

    /** At a time, for those that are open are to be served as well. */
    private static final int BATCH = 16;
    private static final long PAUSE_MILLIS = 10;

    private final ConnectionLoop loop;
    private final ServerSocketChannel socket;
    /** Null until somebody comes. */
    private SelectionKey key;

    /** @param socket non-blocking, and this event loop's own where the system can share a port between several */
    Acceptor(ConnectionLoop loop, ServerSocketChannel socket) {
        this.loop = loop;
        this.socket = socket;
    }

    @Override
    public void channelReady(ServerSocketChannel socket, SelectionKey key) {
        this.key = key;
        loop.listener().joinNewLoops();
        boolean accepted = true;
        for (int i = 0; i < BATCH && accepted; i++) {
            // Only the first is known to have come: it alone makes others go.
            accepted = i == 0 ? loop.makeRoom() : loop.hasRoom();
            if (accepted) {
                accepted = accept();
            } else if (i == 0) {
                pause();
            }
        }
    }

    /** @return whether there was somebody */
    private boolean accept() {
        if (!loop.listener().budget().openConnection()) {
            return false;
        }
        SocketChannel accepted = null;
        try {
            accepted = socket.accept();
        } catch (IOException e) {
            // Too many open files, or a client that is gone already. Who is evicted is closed before the loop comes here again.
            RateLimitedLog.warn("cannot accept a connection: " + e.getMessage());
            if (!loop.evict(Connection::idleness)) {
                pause();
            }
        }
        if (accepted == null) {
            loop.listener().connectionClosed();
            return false;
        }
        loop.open(accepted, key.selector());
        return true;
    }

    private void pause() {
        loop.listener().makeRoomElsewhere(loop);
        key.interestOps(0);
        loop.eventLoop().schedule(() -> {
            if (key.isValid()) {
                key.interestOps(SelectionKey.OP_ACCEPT);
            }
        }, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Accepts who has come by now, and nobody else. */
    void close() {
        while (key != null && loop.hasRoom() && accept()) {
            continue;
        }
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A listening socket was not closed in good order", e);
        }
    }

    @Override
    public void channelUnregistered(ServerSocketChannel socket, Throwable cause) {
        // It was closed.
    }
}
