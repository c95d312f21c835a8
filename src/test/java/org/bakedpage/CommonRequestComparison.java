package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.List;
import java.util.Set;

/**
 * SECURITY: what CommonRequest takes, the rules of the codec take with the same meaning; and, so that it is no vacuous
 * agreement, what they take and nothing stands against is taken. A character is a byte.
 */
final class CommonRequestComparison {

    static final int MAX_LINE = 120;
    static final int MAX_FIELDS = 1_200;

    private static final List<String> FIELDS = List.of("Host", "Connection", "Accept", "Accept-Encoding", "Range", "If-Range", "If-Match",
            "If-Unmodified-Since", "If-Modified-Since", "If-None-Match");
    private static final List<String> DECLINED = List.of("Content-Length", "Transfer-Encoding", "Expect", "Upgrade");

    private final CommonRequest request = new CommonRequest(MAX_LINE, MAX_FIELDS);

    /** What it has read last. */
    CommonRequest request() {
        return request;
    }

    /** @return what {@link CommonRequest#parse} says of it */
    int assertReadAlike(String input) {
        byte[] bytes = input.getBytes(ISO_8859_1);
        int result = request.parse(bytes, 0, bytes.length);
        int end = input.indexOf("\r\n\r\n");
        if (result > 0) {
            assertEquals(end + 4, result, input);
            assertNull(reasonToDecline(input.substring(0, end + 4)), input);
            assertSameMeaning(input.substring(0, end));
        } else if (result == CommonRequest.INCOMPLETE) {
            assertEquals(-1, end, input);
            assertNull(syntaxError(input), input);
        } else {
            assertTrue(end < 0 || reasonToDecline(input.substring(0, end + 4)) != null, input);
        }
        return result;
    }

    /** By the classes that decide for the codec, and by what CommonRequest says of itself. */
    private static String reasonToDecline(String head) {
        String syntax = syntaxError(head);
        if (syntax != null) {
            return syntax;
        }
        String[] lines = head.split("\r\n");
        String[] words = lines[0].split(" ", -1);
        if (words.length != 3 || lines[0].length() > MAX_LINE) {
            return "request line";
        }
        if (!Set.of("GET", "HEAD").contains(words[0]) || !words[1].startsWith("/")
                || !Set.of("HTTP/1.1", "HTTP/1.0").contains(words[2])) {
            return "not for it";
        }
        try {
            assertEquals(words[1], RequestRules.requestLine(words)[1]);
        } catch (IllegalArgumentException e) {
            if (!e.getMessage().equals("invalid percent-encoding")) {
                return e.getMessage();
            }
            // What it takes without knowing; FastPath declines it by its path.
            assertNull(RequestPath.of(words[1]), head);
        }
        for (int i = 1; i < lines.length; i++) {
            if (!lines[i].matches("(?s)[!#$%&'*+.^_`|~0-9A-Za-z-]+:.*")) {
                return "field name";
            }
        }
        return reasonToDeclineFields(HttpVersion.valueOf(words[2]), fields(lines));
    }

    private static String reasonToDeclineFields(HttpVersion version, HeadersMultiMap fields) {
        String error = RequestRules.error(new DefaultHttpRequest(version, HttpMethod.GET, "/", fields));
        if (error != null || DECLINED.stream().anyMatch(fields::contains)) {
            return error != null ? error : "a field that asks for more";
        }
        if (FIELDS.stream().anyMatch(name -> fields.getAll(name).size() > 1)) {
            return "a field twice";
        }
        if (!fields.contains("Host")) {
            return "HTTP/1.0 without Host";
        }
        String connection = fields.get("Connection");
        return connection == null || connection.equalsIgnoreCase("close") || connection.equalsIgnoreCase("keep-alive") ? null : "option";
    }

    private static String syntaxError(String bytes) {
        RequestSyntax syntax = new RequestSyntax(MAX_LINE, MAX_FIELDS);
        // The empty line is no field.
        int length = bytes.endsWith("\r\n\r\n") ? bytes.length() - 2 : bytes.length();
        syntax.read(bytes.getBytes(ISO_8859_1), 0, length);
        return syntax.isBeforeHead() && !bytes.isEmpty() ? "leading line" : syntax.error() == null ? null : syntax.error().getMessage();
    }

    private void assertSameMeaning(String head) {
        String[] lines = head.split("\r\n");
        String[] words = lines[0].split(" ");
        HeadersMultiMap fields = fields(lines);
        assertEquals(words[0].equals("HEAD"), request.isHead());
        assertEquals(words[1], request.target());
        assertEquals(words[1].split("\\?", 2)[0], request.path());
        FIELDS.forEach(name -> assertEquals(fields.get(name), request.get(name), head));
        assertNotNull(request.get("Host"));
        assertEquals(words[2], request.protocol());
        DefaultHttpRequest decoded = new DefaultHttpRequest(HttpVersion.valueOf(words[2]), HttpMethod.GET, "/", fields);
        assertEquals(RequestRules.settlePersistence(decoded), !request.isLast(), head);
    }

    /** Without the spaces and tabs around values, RFC 9112 section 5.1. */
    private static HeadersMultiMap fields(String[] lines) {
        HeadersMultiMap fields = HeadersMultiMap.httpHeaders();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            fields.add(lines[i].substring(0, colon), lines[i].substring(colon + 1).replaceAll("^[ \t]+|[ \t]+$", ""));
        }
        return fields;
    }
}
