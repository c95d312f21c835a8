package org.bakedpage;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/** Gives every response of a connection its Date, whoever made it, and tells how far the connection is. */
final class ResponseFields extends ChannelOutboundHandlerAdapter {

    private final RequestMemo memo;
    private final Connection connection;

    ResponseFields(RequestMemo memo, Connection connection) {
        this.memo = memo;
        this.connection = connection;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
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
        context.write(message, promise);
        if (last) {
            memo.responseWritten();
            connection.responseWritten();
        }
    }
}
