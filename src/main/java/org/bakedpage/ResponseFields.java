package org.bakedpage;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/** Gives every response of a connection its Date, whoever made it, and tells how far the connection is. */
final class ResponseFields extends ChannelOutboundHandlerAdapter {

    private static final AsciiString STATUS_LINE = AsciiString.cached("HTTP/1.1 200 OK\r\n");
    private static final short LINE_BREAK = '\r' << 8 | '\n';

    /** More than most heads are long, for a buffer that grows is copied. In bytes. */
    private static final int HEAD_LENGTH = 1024;

    private final RequestMemo memo;
    private final Connection connection;
    private final ChannelHandlerContext encoder;

    /** @param encoder the context of the encoder, which is the next handler */
    ResponseFields(RequestMemo memo, Connection connection, ChannelHandlerContext encoder) {
        this.memo = memo;
        this.connection = connection;
        this.encoder = encoder;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (isInterim(message)) {
            context.write(message, promise);
            return;
        }
        if (message instanceof HttpResponse response) {
            response.headers().set(HttpHeaderNames.DATE, Clock.current().date());
            if (connection.isClosing() || !HttpUtil.isKeepAlive(response)) {
                // Vert.x does not say so after a refusal, nor to HTTP/1.0: RFC 9112 section 9.6.
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
                connection.closing();
            }
            // RFC 9110 section 2.5: the version is the server's own; Vert.x takes that of the request.
            response.setProtocolVersion(HttpVersion.HTTP_1_1);
        }
        boolean last = message instanceof LastHttpContent;
        if (message instanceof FullHttpResponse response && isPlain(response)) {
            writeWhole((HeadersMultiMap) response.headers(), response.content(), promise);
        } else {
            context.write(message, promise);
        }
        if (last) {
            memo.responseWritten();
            connection.responseWritten();
        }
    }

    /** RFC 9110 section 15.2: another is to follow, which is the answer. */
    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    /** Whether what is sent is nothing but the status line of most answers, the fields and the content as they are. */
    private boolean isPlain(FullHttpResponse response) {
        return response.status() == HttpResponseStatus.OK && !connection.isHeadAsked()
                && response.headers() instanceof HeadersMultiMap fields && !fields.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    /** Past the encoder, which would make a promise for the head, another for the content, and a third that waits for both. */
    private void writeWhole(HeadersMultiMap fields, ByteBuf content, ChannelPromise promise) {
        ByteBuf head = encoder.alloc().directBuffer(HEAD_LENGTH);
        head.writeBytes(STATUS_LINE.array());
        fields.encode(head);
        head.writeShort(LINE_BREAK);
        encoder.write(head, encoder.voidPromise());
        encoder.write(content, promise);
    }
}
