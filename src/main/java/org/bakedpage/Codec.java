package org.bakedpage;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Netty's codec and Vert.x's connection, for the requests of a connection that are not answered at once. It is the first
 * handler of their pipeline, next to the system: it gives them what the connection has read, and asks the connection where
 * they want to close. Used by its event loop only.
 */
final class Codec extends ChannelDuplexHandler implements StrictRequestDecoder.Receiver {

    /** SECURITY: of tiny answers each takes many times its bytes. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(8 << 10, 16 << 10);

    private final Connection connection;
    private final ConnectionLoop loop;
    private final ClientChannel channel;
    private final StrictRequestDecoder decoder;
    private ChannelHandlerContext context;

    private final Queue<HttpRequest> unanswered = new ArrayDeque<>(2);
    private boolean headAsked;
    /** What a request is to get whose content is malformed; null for none. */
    private HttpResponseStatus refusal;
    private long unsent;
    private boolean flushing;

    /** Its channel takes over the socket's key. */
    Codec(Connection connection, ConnectionLoop loop, SocketChannel socket) {
        this.connection = connection;
        this.loop = loop;
        this.channel = new ClientChannel(loop.listener(), socket);
        this.channel.config().setWriteBufferWaterMark(WATER_MARK);
        this.decoder = new StrictRequestDecoder(loop.listener().limits(), this);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(this);
        loop.eventLoop().register(channel);
        pipeline.addLast(loop.listener().codec());
        if (pipeline.get("httpDecoder") == null) {
            loop.listener().chooseHttp1(pipeline);
        }
        pipeline.replace("httpDecoder", "httpDecoder", decoder);
        pipeline.addAfter("httpEncoder", "responseFields",
                new ResponseFields(this, loop.listener().refusalFields(), loop.clock(), pipeline.context("httpEncoder")));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    SelectionKey key() {
        return channel.key();
    }

    void read(byte[] bytes) {
        context.fireChannelRead(Unpooled.wrappedBuffer(bytes));
    }

    void readComplete() {
        context.fireChannelReadComplete();
    }

    /** Whether more is to be read. */
    boolean isReading() {
        return channel.config().isAutoRead();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    /** Whether what is written is still to be given to the system, in this iteration. */
    boolean isFlushing() {
        return flushing;
    }

    boolean isSending() {
        return channel.unsent() > 0;
    }

    /** Whether something was sent since this was asked before. */
    boolean hasSentMore() {
        long before = unsent;
        unsent = channel.unsent();
        return unsent < before;
    }

    boolean isBetweenRequests() {
        return decoder.isBetweenRequests();
    }

    boolean isWithinHead() {
        return decoder.isWithinHead();
    }

    /** Of a head whose end is yet to come, what the decoder keeps. */
    int headBytes() {
        return decoder.headBytes();
    }

    boolean isWithinContent() {
        return decoder.isWithinContent();
    }

    /** How many requests. */
    int unanswered() {
        return unanswered.size();
    }

    boolean isWithinChunks() {
        return decoder.isWithinChunks();
    }

    boolean isAnswered() {
        return unanswered.isEmpty();
    }

    /** Whether all that was read is answered, and all answers sent. */
    boolean isIdle() {
        return isAnswered() && decoder.isBetweenRequests() && !isSending();
    }

    /** In bytes, roughly what it takes of the heap. */
    int memory() {
        return Budget.CODEC_BYTES + unanswered.size() * Budget.REQUEST_BYTES + decoder.fieldMemory()
                + (loop.listener().isContentKept() ? decoder.contentBytes() : 0)
                + channel.writes() * Budget.WRITE_BYTES + (int) Math.min(channel.unsent(), WATER_MARK.high());
    }

    @Override
    public void requestDecoded(HttpRequest request) {
        headAsked = request.method().equals(HttpMethod.HEAD) || headAsked && !unanswered.isEmpty();
        unanswered.add(request);
        connection.requestDecoded();
    }

    /** Whether a HEAD is among what is unanswered. */
    boolean isHeadAsked() {
        return headAsked;
    }

    @Override
    public void lastRequest() {
        connection.lastRequest();
    }

    @Override
    public boolean isAccepting() {
        return connection.isOpen();
    }

    /** Whether the answer that is being written is the last. */
    boolean isLastAnswer() {
        return unanswered.size() == 1 && (!connection.isOpen() || loop.isDraining() && !decoder.hasRequest(connection.more()));
    }

    /** Whether the answer that is being written is to a malformed request, which the router never gets. */
    boolean isRefusal() {
        return !unanswered.isEmpty() && unanswered.peek().decoderResult().isFailure();
    }

    /** @param content in bytes */
    void responseWritten(int status, long content) {
        HttpRequest request = unanswered.poll();
        if (request != null) {
            // What else was written is not sent, RFC 9110 section 6.4.1.
            boolean sent = !request.method().equals(HttpMethod.HEAD) && status != HttpResponseStatus.NO_CONTENT.code()
                    && status != HttpResponseStatus.NOT_MODIFIED.code();
            loop.countRoutedAnswer(request, connection, status, sent ? content : 0);
        }
        if (refusal != null) {
            // Not now: the end of this answer may be yet to come.
            loop.eventLoop().execute(this::refuseInTurn);
        }
        connection.answered();
    }

    @Override
    public void refuse(HttpResponseStatus status) {
        refusal = status;
        connection.lastRequest();
        refuseInTurn();
    }

    /** Behind the answers to what came before. */
    private void refuseInTurn() {
        if (refusal == null || unanswered.size() > 1) {
            return;
        }
        if (!unanswered.isEmpty()) {
            HeadersMultiMap fields = HeadersMultiMap.httpHeaders();
            fields.set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
            loop.listener().refusalFields().forEach(fields::set);
            FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, refusal, Unpooled.EMPTY_BUFFER, fields,
                    EmptyHttpHeaders.INSTANCE);
            refusal = null;
            channel.write(response);
        }
        connection.close();
    }

    /** SECURITY: what its router wants to be closed is closed when all is sent, see Connection. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        channel.closeFuture().addListener(closed -> promise.trySuccess());
        connection.close();
    }

    /** What is written behind this would not be sent. */
    void whenSent(Runnable sent) {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> sent.run());
    }

    void closeNow() {
        channel.unsafe().close(channel.voidPromise());
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        if (!flushing) {
            flushing = true;
            loop.flushes().add(this::flushBatch);
        }
    }

    private void flushBatch() {
        flushing = false;
        long before = channel.unsent();
        channel.unsafe().flush();
        connection.charge().sent(Math.max(0, before - channel.unsent()));
        if (isSending() || connection.isUnread() || connection.charge().isMuchUntaken()) {
            connection.sendingStalled();
        } else {
            connection.flushed();
        }
    }

    /** The system has room again. */
    void resumeFlush() {
        channel.resumeFlush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.fireChannelWritabilityChanged();
        connection.roomMade();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.abort();
        context.fireChannelInactive();
    }
}
