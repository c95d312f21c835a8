package org.bakedpage;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import java.time.Duration;

/**
 * How a connection ends, RFC 9112 section 9.6. Used by its event loop only.
 *
 * <pre>
 *   open ----> ending ----> ended ----------> lingering ------> closed
 *        the client or    all is answered,  all is sent, and  the client closed too,
 *        the server wants or it was refused the client knows  or had its time; at once
 *        no more requests or took too long  that it was all   where it had before
 * </pre>
 */
final class ConnectionEnd {

    /** The RFC gives no numbers: enough for what was on its way, and for one round trip around the world. */
    private static final long LINGER_MILLIS = Duration.ofSeconds(1).toMillis();
    private static final long MAX_DROPPED_BYTES = 1 << 20;

    private final ChannelHandlerContext context;
    private final ClientChannel channel;

    private boolean inputEnded;
    private boolean ending;
    private boolean ended;
    private long lingeringSince;
    private long dropped;

    /** @param context the memo's: what is written or closed there, the memo does not see */
    ConnectionEnd(ChannelHandlerContext context) {
        this.context = context;
        this.channel = (ClientChannel) context.channel();
    }

    /** The client sends nothing more. */
    void inputEnded() {
        inputEnded = true;
        ending = true;
        if (lingeringSince != 0) {
            cut();
        }
    }

    boolean isInputEnded() {
        return inputEnded;
    }

    /** No further request is accepted, and the connection is to end when those accepted are answered. */
    void begin() {
        ending = true;
    }

    boolean isBegun() {
        return ending && !ended;
    }

    /** What is read is dropped. */
    boolean isReached() {
        return ended;
    }

    /** Drops what is read from now on, and closes when all is sent. */
    void close() {
        // By the first who asks for it: to send can be what makes Vert.x close.
        if (!ended) {
            ended = true;
            closeWhenSent();
        }
    }

    /** The same, but what was written is not sent now: LateFlush sends it with the others of this turn. */
    void closeInTurn() {
        if (!ended) {
            ended = true;
            awaitSent();
        }
    }

    private void awaitSent() {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> closeWhenSent());
    }

    /**
     * In stages: with bytes of the client unread, the system would reset the connection, and the client might lose the answer
     * that it is just reading.
     */
    private void closeWhenSent() {
        flush();
        if (isSending()) {
            awaitSent();
        } else if (inputEnded || !channel.isActive()) {
            context.close();
        } else {
            linger();
        }
    }

    private void linger() {
        lingeringSince = OpenConnections.millis();
        try {
            channel.endOutput();
        } catch (IOException e) {
            // The client is gone.
            cut();
            return;
        }
        channel.config().setAutoRead(true);
    }

    boolean isLingering() {
        return lingeringSince != 0;
    }

    boolean isOverdue(long now) {
        return lingeringSince != 0 && now - lingeringSince >= LINGER_MILLIS;
    }

    /** What comes behind the end and is not looked at: counted once the client can know of the end. */
    void drop(int bytes) {
        dropped += lingeringSince == 0 ? 0 : bytes;
        if (dropped > MAX_DROPPED_BYTES) {
            cut();
        }
    }

    /** Closes at once. */
    void cut() {
        flush();
        context.close();
    }

    /** What LateFlush has yet to send would be lost. */
    private void flush() {
        channel.unsafe().flush();
    }

    boolean isSending() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer != null && !buffer.isEmpty();
    }
}
