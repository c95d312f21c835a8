package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@link StrictRequestDecoder} makes of a stream that arrives in these pieces. A character is a byte. */
final class DecodedStream implements StrictRequestDecoder.Receiver {

    private static final int MAX_CONTENT = 400;
    private static final Limits LIMITS = new Limits(new HttpServerOptions().setMaxInitialLineLength(CommonRequestComparison.MAX_LINE + 1)
            .setMaxHeaderSize(CommonRequestComparison.MAX_FIELDS).setDecoderInitialBufferSize(1), CommonRequestComparison.MAX_LINE, 0, 0, 0, 0, MAX_CONTENT, 0);

    private final StrictRequestDecoder decoder = new StrictRequestDecoder(LIMITS, this);
    private final List<HttpRequest> requests = new ArrayList<>();
    private final List<String> contents = new ArrayList<>();
    private final StringBuilder content = new StringBuilder();
    private HttpRequest current;
    private boolean refused;
    private boolean last;
    private final String end;

    private DecodedStream(List<String> pieces) {
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        for (String piece : pieces) {
            channel.writeInbound(Unpooled.wrappedBuffer(piece.getBytes(ISO_8859_1)));
            for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
                take(message);
            }
        }
        end = last ? "last" : decoder.isBetweenRequests() ? "between requests" : decoder.isWithinHead() ? "within a head"
                : "within content";
        assertTrue(channel.isOpen());
        channel.finishAndReleaseAll();
    }

    private void take(Object message) {
        current = message instanceof HttpRequest request ? request : current;
        if (message instanceof HttpContent part && current.decoderResult().isSuccess()) {
            content.append(part.content().toString(ISO_8859_1));
            if (part instanceof LastHttpContent) {
                contents.add(content.toString());
                content.setLength(0);
            }
        }
        ReferenceCountUtil.release(message);
    }

    @Override
    public boolean isAccepting() {
        return !last;
    }

    @Override
    public void requestDecoded(HttpRequest request) {
        requests.add(request);
    }

    @Override
    public void lastRequest() {
        last = true;
    }

    @Override
    public void refuse(HttpResponseStatus status) {
        refused = true;
        last = true;
    }

    /** Whether the newest request is, or its content. */
    private boolean isRefused() {
        return refused || !requests.isEmpty() && requests.get(requests.size() - 1).decoderResult().isFailure();
    }

    /** All that an answer may depend on, but for the status of a refusal: what has two faults is refused for the one that is seen first. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (HttpRequest request : requests) {
            text.append(request.decoderResult().isFailure() ? "malformed"
                    : request.method() + " " + request.uri() + " " + request.protocolVersion() + " "
                            + request.headers().entries()).append('\n');
        }
        return text + "contents " + contents + (isRefused() ? ", refused, " : ", ") + end;
    }

    /**
     * In pieces it is what it is in one; what is made of it is what the grammar says; and what CommonRequest takes is the first request
     * of it, with the same meaning.
     */
    static void check(String stream) {
        DecodedStream whole = new DecodedStream(List.of(stream));
        assertEquals(whole.toString(), new DecodedStream(pieces(stream)).toString());
        whole.assertIs(new StrictReading(stream));
        byte[] bytes = stream.getBytes(ISO_8859_1);
        CommonRequest common = new CommonRequest(CommonRequestComparison.MAX_LINE, CommonRequestComparison.MAX_FIELDS);
        int length = common.parse(bytes, 0, bytes.length);
        if (length > 0 && RequestPath.of(common.path()) != null) {
            DecodedStream alone = new DecodedStream(List.of(stream.substring(0, length - 1), stream.substring(length - 1, length)));
            assertEquals(List.of(""), alone.contents);
            HttpRequest first = whole.requests.get(0);
            assertEquals(common.method() + " " + common.target() + " " + common.protocol(),
                    first.method() + " " + first.uri() + " " + first.protocolVersion());
            assertEquals(common.isLast(), alone.last);
            assertEquals("within a head", new DecodedStream(List.of(stream.substring(0, length - 1))).end);
        }
    }

    /** The same ones for the same stream, each byte by itself for some. */
    private static List<String> pieces(String stream) {
        Random random = new Random(stream.hashCode());
        TreeSet<Integer> ends = new TreeSet<>();
        int count = random.nextInt(8) == 0 ? stream.length() : random.nextInt(4);
        for (int i = 1; i <= count; i++) {
            ends.add(count == stream.length() ? i : random.nextInt(stream.length() + 1));
        }
        ends.add(stream.length());
        List<String> pieces = new ArrayList<>();
        int at = 0;
        for (int next : ends) {
            pieces.add(stream.substring(at, next));
            at = next;
        }
        return pieces;
    }

    private void assertIs(StrictReading reading) {
        List<StrictReading.Message> expected = reading.messages();
        for (int i = 0; i < contents.size(); i++) {
            assertTrue(i < expected.size(), () -> this + "\nis malformed: " + reading.error());
            assertSame(expected.get(i), requests.get(i));
            assertEquals(expected.get(i).content(), contents.get(i));
        }
        if (contents.size() < expected.size()) {
            StrictReading.Message next = expected.get(contents.size());
            assertTrue(isRefused() && reasonToRefuse(next) != null, () -> this + "\nlacks " + next);
        } else if (!expected.isEmpty()) {
            assertTrue(last || !expected.get(expected.size() - 1).isLast(), () -> this + "\nis the last");
        }
    }

    private static void assertSame(StrictReading.Message expected, HttpRequest request) {
        assertEquals(expected.method(), request.method().name());
        assertEquals(expected.version().equals("HTTP/1.0") ? "HTTP/1.0" : "HTTP/1.1", request.protocolVersion().text());
        if (expected.target().startsWith("/") && !expected.method().equals("CONNECT")) {
            assertEquals(expected.target(), request.uri());
        }
        Map<String, List<String>> fields = new TreeMap<>();
        request.headers().forEach(field ->
                fields.computeIfAbsent(field.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>()).add(field.getValue()));
        // Of the options all but those that count are taken away.
        fields.computeIfPresent("connection", (name, options) -> expected.fields().get(name));
        // Of the number the zeros ahead of it.
        fields.computeIfPresent("content-length", (name, numbers) -> Long.valueOf(expected.field(name)).equals(Long.valueOf(numbers.get(0)))
                ? expected.fields().get(name) : numbers);
        assertEquals(expected.fields(), fields);
    }

    /** What is right by the grammar, and yet not taken. */
    private static String reasonToRefuse(StrictReading.Message message) {
        List<String> hosts = message.fields().getOrDefault("host", List.of());
        boolean old = message.version().equals("HTTP/1.0");
        String path = message.target().split("\\?", 2)[0];
        if (hosts.size() > 1 || hosts.isEmpty() && !old || !hosts.isEmpty() && !Host.isValid(hosts.get(0))) {
            return "host";
        }
        if (!message.target().startsWith("/") || message.target().contains("#") || path.replaceAll("%[0-9A-Fa-f]{2}", "").contains("%")) {
            return "target";
        }
        boolean tooLong = message.lineLength() > CommonRequestComparison.MAX_LINE
                || message.fieldsLength() > CommonRequestComparison.MAX_FIELDS || message.content().length() > MAX_CONTENT;
        boolean tooMany = message.fields().values().stream().mapToInt(List::size).sum() > RequestSyntax.MAX_FIELDS;
        return tooLong || tooMany ? "limits" : old && message.fields().containsKey("transfer-encoding") ? "chunks of HTTP/1.0"
                : message.extended() ? "extensions or trailers" : null;
    }
}
