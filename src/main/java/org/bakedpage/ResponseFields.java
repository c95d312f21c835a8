package org.bakedpage;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/**
 * Gives every response of a connection its Date, whoever made it, the connection's last that it is the last, and those of which
 * the router does not know the fields of all others.
 */
final class ResponseFields extends ChannelOutboundHandlerAdapter {

    private static final AsciiString STATUS_LINE = AsciiString.cached("HTTP/1.1 200 OK\r\n");
    private static final AsciiString COLON = AsciiString.cached(": ");
    private static final AsciiString LINE_BREAK = AsciiString.cached("\r\n");

    private final Codec codec;
    private final Map<CharSequence, CharSequence> refusalFields;
    private final Clock clock;
    private final ChannelHandlerContext encoder;
    private int status;
    private long bytes;

    /** @param encoder the context of the encoder, which is the next handler */
    ResponseFields(Codec codec, Map<CharSequence, CharSequence> refusalFields, Clock clock, ChannelHandlerContext encoder) {
        this.codec = codec;
        this.refusalFields = refusalFields;
        this.clock = clock;
        this.encoder = encoder;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (isInterim(message)) {
            context.write(message, promise);
            return;
        }
        if (message instanceof HttpResponse response) {
            if (codec.isRefusal()) {
                refusalFields.forEach(response.headers()::set);
            }
            response.headers().set(HttpHeaderNames.DATE, clock.date());
            if (codec.isLastAnswer() || !HttpUtil.isKeepAlive(response)) {
                // Vert.x does not say so after a refusal, nor to HTTP/1.0: RFC 9112 section 9.6.
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
                codec.lastRequest();
            } else if (response.headers().contains(HttpHeaderNames.CONNECTION)) {
                // To HTTP/1.0; behind Date, as the fast path has it.
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
            }
            // RFC 9110 section 2.5: the version is the server's own; Vert.x takes that of the request.
            response.setProtocolVersion(HttpVersion.HTTP_1_1);
            status = response.status().code();
            bytes = 0;
        }
        if (message instanceof HttpContent content) {
            bytes += content.content().readableBytes();
        }
        boolean last = message instanceof LastHttpContent;
        if (message instanceof FullHttpResponse response && isPlain(response)) {
            writeWhole((HeadersMultiMap) response.headers(), response.content(), promise);
        } else {
            context.write(message, promise);
        }
        if (last) {
            codec.responseWritten(status, bytes);
        }
    }

    /** RFC 9110 section 15.2: another is to follow, which is the answer. */
    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    /** Whether what is sent is nothing but the status line of most answers, the fields and the content as they are. */
    private boolean isPlain(FullHttpResponse response) {
        return response.status() == HttpResponseStatus.OK && !codec.isHeadAsked()
                && response.headers() instanceof HeadersMultiMap fields && !fields.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    /** Past the encoder, which would make a promise for the head, another for the content, and a third that waits for both. */
    private void writeWhole(HeadersMultiMap fields, ByteBuf content, ChannelPromise promise) {
        encoder.write(Head.OF_THREAD.get().of(fields, encoder.alloc()), encoder.voidPromise());
        encoder.write(content, promise);
    }

    /** Where an event loop puts a head together: field by field into a direct buffer takes 4 % of a request's time more. */
    private static final class Head {

        private static final FastThreadLocal<Head> OF_THREAD = new FastThreadLocal<>() {
            @Override
            protected Head initialValue() {
                return new Head();
            }
        };

        /** More than most heads are long. It grows with the longest. */
        private byte[] bytes = new byte[1024];
        private int length;

        ByteBuf of(HeadersMultiMap fields, ByteBufAllocator allocator) {
            length = 0;
            append(STATUS_LINE);
            for (Iterator<Map.Entry<CharSequence, CharSequence>> i = fields.iteratorCharSequence(); i.hasNext();) {
                Map.Entry<CharSequence, CharSequence> field = i.next();
                append(field.getKey());
                append(COLON);
                append(field.getValue());
                append(LINE_BREAK);
            }
            append(LINE_BREAK);
            return allocator.directBuffer(length).writeBytes(bytes, 0, length);
        }

        private void append(CharSequence text) {
            int end = length + text.length();
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * end);
            }
            if (text instanceof AsciiString ascii) {
                System.arraycopy(ascii.array(), ascii.arrayOffset(), bytes, length, ascii.length());
            } else {
                for (int i = 0; i < text.length(); i++) {
                    bytes[length + i] = AsciiString.c2b(text.charAt(i));
                }
            }
            length = end;
        }
    }
}
