package org.bakedpage;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connection as Netty and Vert.x see it: they write to it, and are given what {@link Connection} has read. */
final class ClientChannel extends NioSocketChannel {

    ClientChannel(Channel listener, SocketChannel socket) {
        super(listener, socket);
    }

    SelectionKey key() {
        return selectionKey();
    }

    void resumeFlush() {
        unsafe().forceFlush();
    }

    /** How many parts of answers are to be sent. */
    int writes() {
        ChannelOutboundBuffer buffer = unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.size();
    }

    /** In bytes, what is written and not sent. */
    long unsent() {
        ChannelOutboundBuffer buffer = unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }
}
