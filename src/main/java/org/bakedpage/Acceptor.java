package org.bakedpage;

import io.netty.channel.nio.NioTask;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Accepts connections on the event loop that serves them. Where there is no room, who comes waits in the system's backlog.
 */
final class Acceptor implements NioTask<ServerSocketChannel> {

    /** At a time, for those that are open are to be served as well. */
    private static final int BATCH = 16;
    private static final long PAUSE_MILLIS = 10;

    private final ConnectionLoop loop;

    Acceptor(ConnectionLoop loop) {
        this.loop = loop;
    }

    @Override
    public void channelReady(ServerSocketChannel server, SelectionKey key) {
        loop.listener().joinNewLoops();
        for (int i = 0; i < BATCH; i++) {
            if (!loop.makeRoom()) {
                pause(key);
                return;
            }
            if (!loop.listener().budget().openConnection()) {
                return;
            }
            SocketChannel socket = accept(server, key);
            if (socket == null) {
                loop.listener().connectionClosed();
                return;
            }
            loop.open(socket, key.selector());
        }
    }

    private SocketChannel accept(ServerSocketChannel server, SelectionKey key) {
        try {
            return server.accept();
        } catch (IOException e) {
            // Too many open files, if it is no client that is gone already. What is evicted is closed before the loop comes here
            // again.
            RateLimitedLog.warn("cannot accept a connection: " + e.getMessage());
            if (!loop.evict(Connection::idleness)) {
                pause(key);
            }
            return null;
        }
    }

    private void pause(SelectionKey key) {
        loop.listener().makeRoomElsewhere(loop);
        key.interestOps(0);
        loop.eventLoop().schedule(() -> {
            if (key.isValid()) {
                key.interestOps(SelectionKey.OP_ACCEPT);
            }
        }, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelUnregistered(ServerSocketChannel server, Throwable cause) {
        // It is closed by Vert.x.
    }
}
