package org.bakedpage;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
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
import java.util.List;

/**
 * Vert.x's request decoder, without the leniency that RFC 9112 permits and request smuggling lives on. It reads no
 * boundaries of its own: it looks at bytes after the decoder has taken them for a head or for chunks, and refuses them if
 * they were not exactly what the decoder made of them.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private enum Part { HEAD, CHUNKS, CONTENT, BEHIND_LAST, REFUSED }

    private final Connection connection;
    private final RequestSyntax syntax;
    private final long maxContentLength;
    private Part part = Part.HEAD;
    private boolean last;
    private int expectedLineLength;
    private long contentLength;

    StrictRequestDecoder(Limits limits, Connection connection) {
        super(limits.options());
        this.maxContentLength = limits.maxContentLength();
        this.connection = connection;
        this.syntax = new RequestSyntax(limits.options().getMaxHeaderSize());
    }

    /** Whether every byte so far belonged to a request that is complete. */
    boolean isBetweenRequests() {
        return (part == Part.HEAD || part == Part.BEHIND_LAST) && syntax.isBeforeHead() && !syntax.isWithinLineBreak()
                && actualReadableBytes() == 0;
    }

    /** Whether a head has begun, and its end is yet to come. */
    boolean isWithinHead() {
        return part == Part.HEAD && (!syntax.isBeforeHead() || actualReadableBytes() > 0);
    }

    /** In bytes, roughly what is kept of a head whose end is yet to come. */
    int headMemory() {
        return isWithinHead() ? syntax.headMemory() + internalBuffer().capacity() : 0;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (part == Part.REFUSED || part == Part.BEHIND_LAST) {
            // SECURITY: RFC 9112 section 9.6: it must not be processed. Vert.x would drop its content without releasing it.
            in.skipBytes(in.readableBytes());
            return;
        }
        int start = in.readerIndex();
        int decoded = out.size();
        super.decode(context, in, out);
        if (part != Part.CONTENT) {
            read(in, start, in.readerIndex());
        }
        if (part == Part.HEAD && syntax.error() != null && out.size() == decoded) {
            out.add(createInvalidMessage());
        } else if (part == Part.CHUNKS && syntax.error() != null) {
            refuseContent(context, in, out, decoded, HttpResponseStatus.BAD_REQUEST);
        }
        for (int i = decoded; i < out.size(); i++) {
            if (out.get(i) instanceof HttpRequest request) {
                accept(request, in);
            } else if (part != Part.REFUSED) {
                acceptContent(context, in, out, i);
            }
        }
    }

    private void read(ByteBuf in, int from, int to) {
        if (in.hasArray()) {
            syntax.read(in.array(), in.arrayOffset() + from, in.arrayOffset() + to);
        } else {
            syntax.read(ByteBufUtil.getBytes(in, from, to - from), 0, to - from);
        }
    }

    private void accept(HttpRequest request, ByteBuf in) {
        connection.requestDecoded(request.method().equals(HttpMethod.HEAD));
        if (request.decoderResult().isSuccess()) {
            Exception complaint = complaint(request);
            if (complaint != null) {
                request.setDecoderResult(DecoderResult.failure(complaint));
            }
        }
        if (request.decoderResult().isFailure()) {
            // The decoder makes a GET of a head that it gave up; the same refusal whether its end had come by then or not.
            request.setMethod(HttpMethod.GET);
            part = Part.REFUSED;
            connection.closing();
            in.skipBytes(in.readableBytes());
        } else {
            last = !RequestRules.settlePersistence(request);
            part = HttpUtil.isTransferEncodingChunked(request) ? Part.CHUNKS : Part.CONTENT;
            contentLength = 0;
            syntax.beginChunks();
        }
    }

    private Exception complaint(HttpRequest request) {
        if (syntax.error() != null) {
            return syntax.error();
        }
        String complaint = syntax.requestLineLength() != expectedLineLength ? "spaces in the request line"
                : RequestRules.error(request);
        return complaint == null ? null : new IllegalArgumentException(complaint);
    }

    private void acceptContent(ChannelHandlerContext context, ByteBuf in, List<Object> out, int index) {
        HttpContent content = (HttpContent) out.get(index);
        boolean end = content instanceof LastHttpContent;
        contentLength += content.content().readableBytes();
        if (content.decoderResult().isFailure() || end && part == Part.CHUNKS && !syntax.isEnd()) {
            refuseContent(context, in, out, index, HttpResponseStatus.BAD_REQUEST);
        } else if (contentLength > maxContentLength) {
            refuseContent(context, in, out, index, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        } else if (end) {
            part = last ? Part.BEHIND_LAST : Part.HEAD;
            syntax.beginHead();
        }
    }

    /** What goes wrong behind a head. Vert.x would close at once, and the answers to what came before would be lost. */
    private void refuseContent(ChannelHandlerContext context, ByteBuf in, List<Object> out, int from,
            HttpResponseStatus status) {
        while (out.size() > from) {
            ReferenceCountUtil.release(out.remove(out.size() - 1));
        }
        part = Part.REFUSED;
        in.skipBytes(in.readableBytes());
        connection.refuse(status);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        connection.watchHead();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        super.channelWritabilityChanged(context);
        connection.watchHead();
    }

    /** A request that its client has not ended is none: there is nothing to decode at the end of a connection. */
    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
    }

    @Override
    protected HttpMessage createMessage(String[] line) {
        expectedLineLength = line[0].length() + line[1].length() + line[2].length() + 2;
        return super.createMessage(RequestRules.requestLine(line));
    }
}
