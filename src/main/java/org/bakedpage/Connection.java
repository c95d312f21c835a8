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

/** How far a client's connection is, and how long it has been waiting. Used by its event loop only. */
final class Connection {

    private final SocketChannel channel;
    private final RequestMemo memo;
    private final ConnectionEnd end;
    private final StrictRequestDecoder decoder;
    private final OpenConnections loop;

    private int unanswered;
    private boolean headAsked;
    private boolean closing;

    private long lastActive;
    private long headSince;
    private int headMemory;
    private long unsent;

    /** Where its event loop keeps it. */
    int place;

    /** @param context the memo's: what is written or closed there, the memo does not see */
    Connection(ChannelHandlerContext context, RequestMemo memo, Limits limits, OpenConnections loop) {
        this.channel = (SocketChannel) context.channel();
        this.memo = memo;
        this.end = new ConnectionEnd(context);
        this.loop = loop;
        this.decoder = new StrictRequestDecoder(limits, this);
        loop.add(this);
    }

    StrictRequestDecoder decoder() {
        return decoder;
    }

    /** Condition of the memo: what comes next is a request, and it is to be answered. */
    boolean isAtBoundary() {
        return isAnswered() && !closing;
    }

    /** Condition of the memo: every byte that went to the codec belonged to a request that is complete and answered in full. */
    boolean isAnswered() {
        return unanswered == 0 && decoder.isBetweenRequests();
    }

    /** @param head whether its answer is to have no content */
    void requestDecoded(boolean head) {
        headAsked = head || headAsked && unanswered > 0;
        unanswered++;
        headSince = 0;
    }

    /** Whether a HEAD is among what is unanswered. */
    boolean isHeadAsked() {
        return headAsked;
    }

    void responseWritten() {
        unanswered--;
        if (end.isBegun()) {
            // Not now: the same read may have more requests in it.
            channel.eventLoop().execute(this::endIfDone);
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
        close();
    }

    /** SECURITY: what comes behind the end is no sign of life. */
    void read() {
        if (!end.isReached()) {
            lastActive = loop.now();
        }
    }

    /** SECURITY: the time of a head runs while the client could send it, not while it is not read because answers wait. */
    void watchHead() {
        int memory = decoder.headMemory();
        int more = memory - headMemory;
        headMemory = memory;
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

    /** Whether nothing is lost to its client, who has to connect again, if it is closed: what LateFlush holds would be. */
    boolean isIdle() {
        return unanswered == 0 && !end.isReached() && unsent() == 0 && !memo.isHolding() && channel.isActive();
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
        boolean late = !end.isLingering() && (idle || slow);
        if (end.isOverdue(now) || late && end.isSending()) {
            end.cut();
        } else if (late) {
            close();
        }
    }

    /** The client sends nothing more. What it has sent is answered. */
    void inputEnded() {
        end.inputEnded();
        endIfDone();
    }

    /** Accepts no further request, and closes when those accepted are answered. */
    void end() {
        end.begin();
        endIfDone();
    }

    void endIfDone() {
        boolean answered = unanswered == 0 || end.isInputEnded() && !decoder.isBetweenRequests();
        if (end.isBegun() && answered && !memo.isHolding()) {
            close();
        }
    }

    boolean isEnded() {
        return end.isReached();
    }

    /** When all is sent; the promise is kept once it is closed. */
    void close(ChannelPromise promise) {
        channel.closeFuture().addListener(closed -> promise.trySuccess());
        close();
    }

    private void close() {
        closing = true;
        end.close();
    }

    /** As close(), but what was written is sent by LateFlush, together with the answers to others. */
    void closeInTurn() {
        closing = true;
        end.closeInTurn();
    }

    void drop(int bytes) {
        end.drop(bytes);
    }

    void cut() {
        end.cut();
    }

    void closed() {
        loop.keepHeads(-headMemory, this);
        headMemory = 0;
        loop.remove(this);
    }

    /** In bytes, and what the system needs besides: only that it changes tells something. */
    private long unsent() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }
}
