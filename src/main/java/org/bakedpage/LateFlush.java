package org.bakedpage;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sends the answers to what an event loop read in one turn together, behind the last read. To send wakes who receives, and
 * one that is woken for every single answer sleeps again between two of them: a third of all time goes into that, where
 * both are on one machine. One per connection, next to the system, used by its event loop only.
 */
final class LateFlush extends ChannelOutboundHandlerAdapter {

    private Turn turn;
    private boolean waiting;

    /** Called on the connection's event loop, before anything is written. */
    void join() {
        turn = Turn.OF_THREAD.get();
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        if (!waiting) {
            waiting = true;
            turn.add(context);
        }
    }

    /** There is no other handler between this and the system. */
    private void flushNow(Channel channel) {
        waiting = false;
        channel.unsafe().flush();
    }

    /** A task of the event loop, which runs when all is read that was to be read. */
    private static final class Turn implements Runnable {

        private static final FastThreadLocal<Turn> OF_THREAD = new FastThreadLocal<>() {
            @Override
            protected Turn initialValue() {
                return new Turn();
            }
        };

        /** More are not faster, and the first of them should not wait for hundreds. */
        private static final int MAX_CONNECTIONS = 32;

        private final Queue<ChannelHandlerContext> connections = new ArrayDeque<>(MAX_CONNECTIONS);
        private boolean queued;

        void add(ChannelHandlerContext context) {
            connections.add(context);
            if (!queued) {
                queued = true;
                context.channel().eventLoop().execute(this);
            } else if (connections.size() >= MAX_CONNECTIONS) {
                flush();
            }
        }

        @Override
        public void run() {
            queued = false;
            boolean several = connections.size() > 1;
            flush();
            if (several) {
                // Who was woken is to run first: else Linux lets the two that are at it finish their slices, milliseconds, while
                // others wait, and the next turn finds less to do at once. Where nobody waits for a processor this is one call.
                Thread.yield();
            }
        }

        /** What is sent may make room to answer more: then a connection comes again. */
        private void flush() {
            for (ChannelHandlerContext context = connections.poll(); context != null; context = connections.poll()) {
                ((LateFlush) context.handler()).flushNow(context.channel());
            }
        }
    }
}
