package org.bakedpage;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.List;

/**
 * Vert.x's request decoder, without the leniency that RFC 9112 permits and request smuggling lives on. It reads no
 * boundaries of its own: it looks at bytes after the decoder has taken them for a head or for chunks, and refuses them if
 * they were not exactly what the decoder made of them.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    /** To whom it tells what it decodes: the {@link Codec}. */
    interface Receiver {

        boolean isAccepting();

        void requestDecoded(HttpRequest request);

        /** No request is accepted behind this one. */
        void lastRequest();

        /** Refuses the request whose content is being read: it gets this status, unless it was answered at its head. */
        void refuse(HttpResponseStatus status);
    }

    private enum Part { HEAD, CHUNKS, CONTENT }

    private final Receiver receiver;
    private final RequestSyntax syntax;
    private final long maxContentLength;
    private Part part = Part.HEAD;
    private int expectedLineLength;
    private long contentLength;
    /** Of a content whose length was told. */
    private long contentToCome;

    StrictRequestDecoder(Limits limits, Receiver receiver) {
        super(limits.options());
        this.maxContentLength = limits.maxContentLength();
        this.receiver = receiver;
        this.syntax = new RequestSyntax(limits.maxLineLength(), limits.options().getMaxHeaderSize());
        setCumulator((allocator, cumulated, in) -> cumulate(cumulated, in));
    }

    /** In an array, as what is read is: to get at a byte elsewhere takes 20 ns. */
    private static ByteBuf cumulate(ByteBuf cumulated, ByteBuf in) {
        ByteBuf both = cumulated;
        if (cumulated.maxWritableBytes() < in.readableBytes()) {
            both = Unpooled.buffer(cumulated.readableBytes() + in.readableBytes()).writeBytes(cumulated);
            cumulated.release();
        }
        both.writeBytes(in);
        in.release();
        return both;
    }

    /** Whether every byte so far belonged to a request that is complete. */
    boolean isBetweenRequests() {
        return part == Part.HEAD && syntax.isBeforeHead() && !syntax.isWithinLineBreak() && actualReadableBytes() == 0;
    }

    /** Whether a head has begun, and its end is yet to come. */
    boolean isWithinHead() {
        return part == Part.HEAD && (!syntax.isBeforeHead() || actualReadableBytes() > 0);
    }

    /** Of a head whose end is yet to come: its last line so far. */
    int headBytes() {
        return isWithinHead() ? actualReadableBytes() : 0;
    }

    boolean isWithinContent() {
        return part != Part.HEAD;
    }

    /** Of content whose end is yet to come, what has come: who is to answer may have kept it. */
    int contentBytes() {
        return isWithinContent() ? (int) Math.min(contentLength, Integer.MAX_VALUE) : 0;
    }

    boolean isWithinChunks() {
        return part == Part.CHUNKS;
    }

    /**
     * Whether a request may have begun behind what it decodes. Of chunks it is not known where they end.
     *
     * @param behind how many bytes it is still to be given of what was read
     */
    boolean hasRequest(int behind) {
        return part != Part.CHUNKS && actualReadableBytes() + behind > (part == Part.CONTENT ? contentToCome : 0);
    }

    /** In bytes, roughly what is kept of a head or of trailers whose end is yet to come. */
    int fieldMemory() {
        return isWithinHead() || part == Part.CHUNKS ? syntax.fieldMemory() + internalBuffer().capacity() : 0;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (!receiver.isAccepting() && part == Part.HEAD) {
            // SECURITY: RFC 9112 section 9.6: it must not be processed. Vert.x would drop its content without releasing it.
            in.skipBytes(in.readableBytes());
            return;
        }
        int start = in.readerIndex();
        int decoded = out.size();
        super.decode(context, in, out);
        if (part != Part.CONTENT) {
            syntax.read(in.array(), in.arrayOffset() + start, in.arrayOffset() + in.readerIndex());
        }
        if (part == Part.HEAD && syntax.error() != null && out.size() == decoded) {
            out.add(createInvalidMessage());
        } else if (part == Part.CHUNKS && syntax.error() != null) {
            refuseContent(in, out, decoded, HttpResponseStatus.BAD_REQUEST);
        }
        for (int i = decoded; i < out.size(); i++) {
            if (out.get(i) instanceof HttpRequest request) {
                accept(request, in);
            } else if (part != Part.HEAD) {
                acceptContent(in, out, i);
            }
        }
    }

    private void accept(HttpRequest request, ByteBuf in) {
        receiver.requestDecoded(request);
        if (request.decoderResult().isSuccess()) {
            Exception error = error(request);
            if (error != null) {
                request.setDecoderResult(DecoderResult.failure(error));
            }
        }
        if (request.decoderResult().isFailure()) {
            // The decoder makes a GET of a head that it gave up; the same refusal whether its end had come by then or not.
            request.setMethod(HttpMethod.GET);
            receiver.lastRequest();
            in.skipBytes(in.readableBytes());
        } else {
            if (!RequestRules.settlePersistence(request)) {
                receiver.lastRequest();
            }
            part = HttpUtil.isTransferEncodingChunked(request) ? Part.CHUNKS : Part.CONTENT;
            contentLength = 0;
            contentToCome = HttpUtil.getContentLength(request, 0L);
            syntax.beginChunks();
        }
    }

    private Exception error(HttpRequest request) {
        if (syntax.error() != null) {
            return syntax.error();
        }
        String error = syntax.requestLineLength() != expectedLineLength ? "spaces in the request line"
                : RequestRules.error(request);
        return error == null ? null : new IllegalArgumentException(error);
    }

    private void acceptContent(ByteBuf in, List<Object> out, int index) {
        HttpContent content = (HttpContent) out.get(index);
        boolean end = content instanceof LastHttpContent;
        contentLength += content.content().readableBytes();
        contentToCome -= content.content().readableBytes();
        if (content.decoderResult().isFailure() || end && part == Part.CHUNKS && !syntax.isEnd()) {
            refuseContent(in, out, index, HttpResponseStatus.BAD_REQUEST);
        } else if (contentLength > maxContentLength) {
            refuseContent(in, out, index, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        } else if (end) {
            part = Part.HEAD;
            syntax.beginHead();
        }
    }

    /** What goes wrong behind a head. Vert.x would close at once, and the answers to what came before would be lost. */
    private void refuseContent(ByteBuf in, List<Object> out, int from, HttpResponseStatus status) {
        while (out.size() > from) {
            ReferenceCountUtil.release(out.remove(out.size() - 1));
        }
        part = Part.HEAD;
        in.skipBytes(in.readableBytes());
        receiver.refuse(status);
    }

    /** A request that its client has not ended is none: there is nothing to decode at the end of a connection. */
    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
    }

    /** Fields are checked as bytes, by RequestSyntax: Vert.x's validator would do so again, character by character. */
    @Override
    protected HttpMessage createMessage(String[] line) {
        expectedLineLength = line[0].length() + line[1].length() + line[2].length() + 2;
        String[] parts = RequestRules.requestLine(line);
        return new SentRequest(parts[0], parts[1], parts[2], HeadersMultiMap.headers(), line);
    }
}
