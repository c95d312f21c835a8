package org.bakedpage;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/** Gives every response of a connection its Date, whoever made it, and tells the memo how far the connection is. */
final class ResponseFields extends ChannelOutboundHandlerAdapter {

    private final RequestMemo memo;

    ResponseFields(RequestMemo memo) {
        this.memo = memo;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            response.headers().set(HttpHeaderNames.DATE, Clock.current().date());
            if (!HttpUtil.isKeepAlive(response)) {
                memo.closing();
            }
        }
        boolean last = message instanceof LastHttpContent;
        context.write(message, promise);
        if (last) {
            memo.responseWritten();
        }
    }
}
