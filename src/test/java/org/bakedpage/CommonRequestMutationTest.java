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
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * SECURITY: what CommonRequest takes, the rules of the codec take with the same meaning; and, so that it is no vacuous
 * agreement, what they take and nothing stands against is taken. A character is a byte.
 */
class CommonRequestMutationTest {

    private static final int MAX_LINE = 120;
    private static final int MAX_FIELDS = 1_200;

    private static final List<String> FIELDS = List.of("Host", "Connection", "Accept", "Accept-Encoding", "Range", "If-Range", "If-Match",
            "If-Unmodified-Since", "If-Modified-Since", "If-None-Match");
    private static final List<String> DECLINED = List.of("Content-Length", "Transfer-Encoding", "Expect", "Upgrade");
    private static final String INSERTED = "\r\n\r\n \t::/?#%\0\177\200\377aZ09,;=\"\\[]@{|";
    private static final List<String> LINES = List.of("Host: x\r\n", "Connection: close\r\n", "Content-Length: 1\r\n", "Transfer-Encoding: chunked\r\n",
            "X: y\r\n", "\r\n", " z\r\n", "Range: bytes=0-1\r\n", "Expect: x\r\n", "Upgrade: y\r\n", "X:\r\n", "If-None-Match: *\r\n");

    private final CommonRequest request = new CommonRequest(MAX_LINE, MAX_FIELDS);
    private int taken;
    private int declined;

    @Test
    void heads_near_real_ones_are_taken_exactly_where_the_rules_of_the_codec_take_them() {
        Random random = new Random(9);
        for (int i = 0; i < 150_000; i++) {
            StringBuilder head = new StringBuilder(RealHeads.ALL.get(random.nextInt(RealHeads.ALL.size()))).append("\r\n");
            for (int mutations = random.nextInt(3); mutations >= 0; mutations--) {
                mutate(head, random);
            }
            assertReadAlike(head.toString());
        }
        assertTrue(taken > 30_000 && declined > 30_000, taken + " taken, " + declined + " declined");
    }

    @Test
    void each_byte_of_a_head_may_be_any_other() {
        String head = "GET /a?b HTTP/1.1\r\nHost: x:80\r\nConnection:close\r\nRange: \t a\r\n\r\n";
        for (int at = 0; at < head.length(); at++) {
            for (char c = 0; c < 256; c++) {
                assertReadAlike(head.substring(0, at) + c + head.substring(at + 1));
                assertReadAlike(head.substring(0, at) + c + head.substring(at));
            }
            assertReadAlike(head.substring(0, at) + head.substring(at + 1));
        }
    }

    private static void mutate(StringBuilder head, Random random) {
        int at = random.nextInt(head.length());
        switch (random.nextInt(6)) {
            case 0 -> head.setCharAt(at, (char) random.nextInt(256));
            case 1 -> head.setCharAt(at, INSERTED.charAt(random.nextInt(INSERTED.length())));
            case 2 -> head.insert(at, INSERTED.charAt(random.nextInt(INSERTED.length())));
            case 3 -> head.deleteCharAt(at);
            case 4 -> {
                int line = head.indexOf("\r\n", at);
                head.insert(line < 0 ? head.length() : line + 2, LINES.get(random.nextInt(LINES.size())));
            }
            default -> head.insert(at, "a".repeat(random.nextInt(MAX_LINE)));
        }
    }

    private void assertReadAlike(String input) {
        byte[] bytes = input.getBytes(ISO_8859_1);
        int result = request.parse(bytes, 0, bytes.length);
        int end = input.indexOf("\r\n\r\n");
        if (result > 0) {
            assertEquals(end + 4, result, input);
            assertNull(reasonToDecline(input.substring(0, end + 4)), input);
            assertSameMeaning(input.substring(0, end));
            taken++;
        } else if (result == CommonRequest.INCOMPLETE) {
            assertEquals(-1, end, input);
            assertNull(syntaxError(input), input);
        } else {
            assertTrue(end < 0 || reasonToDecline(input.substring(0, end + 4)) != null, input);
            declined++;
        }
    }

    /** By the classes that decide for the codec, and by what CommonRequest says of itself. */
    private static String reasonToDecline(String head) {
        String syntax = syntaxError(head);
        String[] lines = head.split("\r\n");
        String[] words = lines[0].split(" ", -1);
        if (syntax != null || words.length != 3 || lines[0].length() > MAX_LINE) {
            return syntax != null ? syntax : "request line";
        }
        if (!Set.of("GET", "HEAD").contains(words[0]) || !words[1].startsWith("/") || !words[2].equals("HTTP/1.1")) {
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
        return reasonToDeclineFields(fields(lines));
    }

    private static String reasonToDeclineFields(HeadersMultiMap fields) {
        String error = RequestRules.error(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", fields));
        if (error != null || DECLINED.stream().anyMatch(fields::contains)) {
            return error != null ? error : "a field that asks for more";
        }
        if (FIELDS.stream().anyMatch(name -> fields.getAll(name).size() > 1)) {
            return "a field twice";
        }
        String connection = fields.get("Connection");
        return connection == null || connection.equalsIgnoreCase("close") || connection.equalsIgnoreCase("keep-alive") ? null : "option";
    }

    private static String syntaxError(String bytes) {
        RequestSyntax syntax = new RequestSyntax(MAX_FIELDS);
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
        DefaultHttpRequest decoded = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", fields);
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
