package org.bakedpage;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.time.Duration;

/**
 * How far a client's connection is, how long it has been waiting, and how it ends. Used by its event loop only.
 *
 * <pre>
 *   open ----> ending ----> ended ----------> lingering ------> closed
 *        the client or    all is answered;   all is sent, and  the client closed too,
 *        the server wants nothing more is    the client knows  or had its time
 *        no more requests read               that it was all
 * </pre>
 */
final class Connection {

    /** RFC 9112 section 9.6 gives no numbers: enough for what was on its way, and for one round trip around the world. */
    private static final long LINGER_MILLIS = Duration.ofSeconds(1).toMillis();
    private static final long MAX_DROPPED_BYTES = 1 << 20;

    private final ChannelHandlerContext context;
    private final SocketChannel channel;
    private final RequestMemo memo;
    private final StrictRequestDecoder decoder;
    private final OpenConnections loop;

    private int unanswered;
    private boolean closing;

    private boolean inputEnded;
    private boolean ending;
    private boolean ended;
    private long lingeringSince;
    private long dropped;

    private long lastActive;
    private long headSince;
    private int headLength;
    private long unsent;

    /** Where its event loop keeps it. */
    int place;

    /** @param context the memo's: what is written or closed there goes to the system at once */
    Connection(ChannelHandlerContext context, RequestMemo memo, Limits limits, OpenConnections loop) {
        this.context = context;
        this.channel = (SocketChannel) context.channel();
        this.memo = memo;
        this.loop = loop;
        this.decoder = new StrictRequestDecoder(limits, this);
        loop.add(this);
    }

    StrictRequestDecoder decoder() {
        return decoder;
    }

    /** Condition of the memo: every byte that went to the codec belonged to a request that is complete and answered in full. */
    boolean isAtBoundary() {
        return unanswered == 0 && !closing && decoder.isBetweenRequests();
    }

    void requestDecoded() {
        unanswered++;
        headSince = 0;
    }

    void responseWritten() {
        unanswered--;
        if (ending) {
            // Not now: the same read may have more requests in it.
            context.executor().execute(this::endIfDone);
        }
    }

    /** A request was refused, or an answer says "Connection: close": there will be no other. */
    void closing() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /** Refuses the request whose content is being read: it gets this status, unless it was answered at its head. */
    void refuse(HttpResponseStatus status) {
        closing = true;
        if (unanswered == 1) {
            HeadersMultiMap fields = HeadersMultiMap.httpHeaders();
            fields.set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
            FullHttpResponse refusal = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER, fields,
                    EmptyHttpHeaders.INSTANCE);
            channel.write(refusal);
        }
        closeWhenSent();
    }

    void read() {
        lastActive = loop.now();
    }

    /** SECURITY: the time of a head runs while the client could send it, not while it is not read because answers wait. */
    void watchHead() {
        int length = decoder.headLength();
        int more = length - headLength;
        headLength = length;
        if (!decoder.isWithinHead() || memo.isHolding() || !channel.isWritable()) {
            headSince = 0;
        } else if (headSince == 0) {
            headSince = OpenConnections.millis();
        }
        loop.keepHeads(more, this);
    }

    boolean isWithinHead() {
        return headSince != 0 && channel.isActive();
    }

    long headSince() {
        return headSince;
    }

    /** Whether nothing is lost to its client, who has to connect again, if it is closed. */
    boolean isIdle() {
        return unanswered == 0 && !ended && !isSending() && !memo.isHolding() && channel.isActive();
    }

    long lastActive() {
        return lastActive;
    }

    /** Called by the event loop now and then: what has waited too long is closed. */
    void check(long now, Limits limits) {
        long left = unsent();
        if (left != unsent) {
            unsent = left;
            lastActive = now;
        }
        boolean idle = limits.idleMillis() > 0 && now - lastActive >= limits.idleMillis() + OpenConnections.PERIOD_MILLIS;
        boolean slow = headSince != 0 && now - headSince >= limits.headMillis();
        if (lingeringSince != 0 && now - lingeringSince >= LINGER_MILLIS) {
            cut();
        } else if (lingeringSince == 0 && (idle || slow)) {
            close(context.newPromise());
        }
    }

    /** The client sends nothing more. What it has sent is answered, RFC 9112 section 9.6. */
    void inputEnded() {
        inputEnded = true;
        if (lingeringSince != 0) {
            cut();
        } else {
            end();
        }
    }

    /** Accepts no further request, and closes when those accepted are answered. */
    void end() {
        ending = true;
        endIfDone();
    }

    void endIfDone() {
        boolean answered = unanswered == 0 || inputEnded && !decoder.isBetweenRequests();
        if (ending && !ended && answered && !memo.isHolding()) {
            ended = true;
            closing = true;
            closeWhenSent();
        }
    }

    boolean isEnded() {
        return ended;
    }

    private void closeWhenSent() {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> close(context.newPromise()));
    }

    /**
     * Closes in stages, RFC 9112 section 9.6: with bytes of the client unread, the system would reset the connection, and
     * the client might lose the answer that it is just reading.
     */
    void close(ChannelPromise promise) {
        if (lingeringSince == 0 && (inputEnded || !channel.isActive() || isSending())) {
            context.close(promise);
            return;
        }
        channel.closeFuture().addListener(closed -> promise.trySuccess());
        if (lingeringSince == 0) {
            ended = true;
            closing = true;
            lingeringSince = OpenConnections.millis();
            channel.shutdownOutput().addListener(shutDown -> {
                if (shutDown.isSuccess()) {
                    channel.config().setAutoRead(true);
                } else {
                    cut();
                }
            });
        }
    }

    /** Counts what comes behind the end and is not looked at. */
    void drop(int bytes) {
        dropped += bytes;
        if (dropped > MAX_DROPPED_BYTES) {
            cut();
        }
    }

    /** Closes at once. */
    void cut() {
        context.close();
    }

    void closed() {
        loop.keepHeads(-headLength, this);
        headLength = 0;
        loop.remove(this);
    }

    private boolean isSending() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer != null && !buffer.isEmpty();
    }

    /** In bytes, and what the system needs besides: only that it changes tells something. */
    private long unsent() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }
}
