package org.bakedpage;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ByteProcessor;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Vert.x's request decoder, without the leniency that RFC 9112 permits and request smuggling lives on. It reads no
 * boundaries of its own: it looks at the bytes of a head after the decoder has taken them for one, and refuses it if
 * they were not exactly what the decoder made of them.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder implements ByteProcessor {

    /** RFC 9110 section 5.6.2. */
    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VERSION = Pattern.compile("HTTP/1\\.[0-9]");
    /** RFC 9112 section 3.2.2, and 3.2.1 as a part of it. */
    private static final Pattern TARGET = Pattern.compile("(?:[Hh][Tt][Tt][Pp][Ss]?://[^/?#@]+)?((?:/[^#]*)?(?:\\?[^#]*)?)");
    /** RFC 3986 section 3.2.2 and 3.2.3: a name or address, or an IPv6 address in brackets, and a port. */
    private static final Pattern HOST =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?");

    private enum Part { BEFORE, REQUEST_LINE, FIELDS, CONTENT, REFUSED }

    /** From the first byte of a head to its last: who sends it slower only means to hold a connection. */
    static final Duration HEAD_TIMEOUT = Duration.ofSeconds(10);

    private final RequestMemo memo;
    private Future<?> timeout;
    private Part part = Part.BEFORE;
    private byte previous;
    private int lineLength;
    private int expectedLineLength;
    private String complaint;

    StrictRequestDecoder(HttpServerOptions options, RequestMemo memo) {
        super(options);
        this.memo = memo;
    }

    /** Whether every byte so far belonged to a request that is complete. */
    boolean isBetweenRequests() {
        return part == Part.BEFORE && actualReadableBytes() == 0;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (part == Part.REFUSED) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int start = in.readerIndex();
        int decoded = out.size();
        super.decode(context, in, out);
        if (part != Part.CONTENT) {
            in.forEachByte(start, in.readerIndex() - start, this);
            if (complaint != null && out.size() == decoded) {
                out.add(createInvalidMessage());
            }
        }
        for (int i = decoded; i < out.size(); i++) {
            if (out.get(i) instanceof HttpRequest request) {
                accept(request, in);
            }
            if (out.get(i) instanceof LastHttpContent && part == Part.CONTENT) {
                part = Part.BEFORE;
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        boolean incomplete = part == Part.REQUEST_LINE || part == Part.FIELDS || part == Part.BEFORE && actualReadableBytes() > 0;
        if (incomplete && timeout == null) {
            timeout = context.executor().schedule(() -> context.close(), HEAD_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } else if (!incomplete) {
            cancelTimeout();
        }
        super.channelReadComplete(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        cancelTimeout();
        super.channelInactive(context);
    }

    private void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }

    private void accept(HttpRequest request, ByteBuf in) {
        memo.requestDecoded();
        if (request.decoderResult().isSuccess()) {
            if (complaint == null) {
                complaint = lineLength == expectedLineLength ? hostComplaint(request) : "spaces in the request line";
            }
            if (complaint != null) {
                request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(complaint)));
            }
        }
        if (request.decoderResult().isFailure()) {
            // The decoder makes a GET of a head that it gave up; the same refusal whether its end had come by then or not.
            request.setMethod(HttpMethod.GET);
            part = Part.REFUSED;
            memo.closing();
            in.skipBytes(in.readableBytes());
        } else {
            part = Part.CONTENT;
            lineLength = 0;
            previous = 0;
        }
    }

    /** SECURITY: what the decoder forgives in a head, it must not contain: controls, bare CR, folded fields. */
    @Override
    public boolean process(byte b) {
        if (part == Part.BEFORE && b != '\r' && b != '\n') {
            part = Part.REQUEST_LINE;
        }
        if (part == Part.REQUEST_LINE && b != '\r' && b != '\n') {
            lineLength++;
        }
        if (previous == '\r' && b != '\n') {
            complaint = "CR without LF";
        } else if (b == '\n' && previous != '\r') {
            complaint = "LF without CR";
        } else if (b == '\n' && part == Part.REQUEST_LINE) {
            part = Part.FIELDS;
        } else if (part == Part.FIELDS && previous == '\n' && (b == ' ' || b == '\t')) {
            complaint = "a folded field, RFC 9112 section 5.2";
        } else if (b >= 0 && b < ' ' && b != '\r' && b != '\n' && (b != '\t' || part != Part.FIELDS) || b == 0x7F) {
            complaint = "a control character";
        }
        previous = b;
        return true;
    }

    @Override
    protected HttpMessage createMessage(String[] line) {
        expectedLineLength = line[0].length() + line[1].length() + line[2].length() + 2;
        if (!METHOD.matcher(line[0]).matches()) {
            throw new IllegalArgumentException("not a method");
        }
        if (!VERSION.matcher(line[2]).matches()) {
            throw new IllegalArgumentException("not HTTP/1");
        }
        // RFC 9110 section 2.5: a higher minor version is answered as the highest that is known.
        String version = line[2].equals("HTTP/1.0") ? line[2] : HttpVersion.HTTP_1_1.text();
        return super.createMessage(new String[] { line[0], originForm(line[0], line[1]), version });
    }

    /** RFC 9112 section 3.2: each form of a target has the same page as the origin-form. */
    private static String originForm(String method, String target) {
        if (method.equals("CONNECT") || method.equals("OPTIONS") && target.equals("*")) {
            return "/";
        }
        var matcher = TARGET.matcher(target);
        if (target.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException("not a request target");
        }
        String path = matcher.group(1);
        return path.startsWith("/") ? path : "/" + path;
    }

    /** RFC 9112 section 3.2: exactly one Host, and a valid one; HTTP/1.0 may have none. */
    private static String hostComplaint(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty()) {
            return request.protocolVersion().equals(HttpVersion.HTTP_1_0) ? null : "no Host";
        }
        return hosts.size() == 1 && HOST.matcher(hosts.get(0)).matches() ? null : "a bad Host, or several";
    }
}
