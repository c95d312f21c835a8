package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.AsciiString;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A character is a byte. What is near what it takes, see CommonRequestMutationTest. */
class CommonRequestTest {

    private static final String LINE = "GET / HTTP/1.1\r\n";
    private static final String END = "Host: x\r\n\r\n";
    private static final int MAX_LINE = 100;
    private static final int MAX_FIELDS = 1_000;

    private final CommonRequest request = new CommonRequest(MAX_LINE, MAX_FIELDS);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET / HTTP/1.1\\r\\nHost: x\\r\\n                        | /
            HEAD /a/b?c=/%zz HTTP/1.1\\r\\nHost: x:80\\r\\n          | /a/b
            GET /%69?a\\174b HTTP/1.1\\r\\nhOST:x\\r\\n               | /%69
            GET /\\351? HTTP/1.1\\r\\nHost:\\t x \\t\\r\\n           | /\\351
            GET //x HTTP/1.1\\r\\nHost: [::1]:8080\\r\\n             | //x
            GET /http://x HTTP/1.1\\r\\nHost: A_b.c\\r\\n            | /http://x
            GET / HTTP/1.1\\r\\nHost:\\r\\n                          | /
            GET / HTTP/1.1\\r\\nHost: x:\\r\\n                       | /
            GET / HTTP/1.1\\r\\nHost: x:65535\\r\\n                  | /
            GET / HTTP/1.1\\r\\nHost: %41\\r\\n                      | /
            GET / HTTP/1.1\\r\\nHost: x\\r\\nX: a\\351\\t b\\r\\n    | /
            GET / HTTP/1.1\\r\\nHost: x\\r\\nX:\\r\\nX:\\r\\n        | /
            GET / HTTP/1.1\\r\\n!#$%&'*+-.^_`\\174~0aZ: x\\r\\nHost: x\\r\\n | /
            GET / HTTP/1.1\\r\\nHost: x\\r\\nConnection: CLOSE\\r\\n | /
            GET / HTTP/1.1\\r\\nHost: x\\r\\nTE: trailers\\r\\n      | /
            GET / HTTP/1.0\\r\\nHost: x\\r\\n                        | /
            GET / HTTP/1.0\\r\\nHost: x\\r\\nConnection: close\\r\\n | /
            GET / HTTP/1.0\\r\\nConnection: Keep-Alive\\r\\nHost: x\\r\\n | /
            GET / HTTP/1.1\\r\\nHost: x\\r\\nContent-Lengths: 1\\r\\n | /
            """, quoteCharacter = '"')
    void what_has_one_reading_is_taken(String head, String path) {
        String whole = head.translateEscapes() + "\r\n";
        assertEquals(whole.length(), parse(whole));
        assertEquals(path.translateEscapes(), request.path());
        assertEquals(whole.length(), parse(whole + "\0"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "\r\nGET / HTTP/1.1\r\nHost: x\r\n", "\nGET / HTTP/1.1\r\nHost: x\r\n", " GET / HTTP/1.1\r\nHost: x\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\n", "get / HTTP/1.1\r\nHost: x\r\n", "GETX / HTTP/1.1\r\nHost: x\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: x\r\n", "GET\t/ HTTP/1.1\r\nHost: x\r\n", "GET  / HTTP/1.1\r\nHost: x\r\n",
            "GET /  HTTP/1.1\r\nHost: x\r\n", "GET / HTTP/1.1 \r\nHost: x\r\n", "GET / HTTP/1.0\nHost: x\r\n",
            "GET / HTTP/1.0 \r\nHost: x\r\n", "GET / HTTP/1.2\r\nHost: x\r\n", "GET / http/1.1\r\nHost: x\r\n",
            "GET /\r\nHost: x\r\n", "GET  HTTP/1.1\r\nHost: x\r\n",
            "GET http://x/ HTTP/1.1\r\nHost: x\r\n", "GET * HTTP/1.1\r\nHost: x\r\n", "GET ?x HTTP/1.1\r\nHost: x\r\n",
            "GET /# HTTP/1.1\r\nHost: x\r\n", "GET /?# HTTP/1.1\r\nHost: x\r\n", "GET /\0 HTTP/1.1\r\nHost: x\r\n",
            "GET /\t HTTP/1.1\r\nHost: x\r\n", "GET /\u007f HTTP/1.1\r\nHost: x\r\n", "GET /?\0 HTTP/1.1\r\nHost: x\r\n",
            "GET / HTTP/1.1\nHost: x\r\n", "GET / HTTP/1.1\rHost: x\r\n", "GET / HTTP/1.1\r\r\nHost: x\r\n" })
    void a_request_line_that_is_not_plain_is_declined(String head) {
        assertDeclined(head + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Host: x\r\nHost: x\r\n", "Host: x\r\nhost:\r\n", "Host: a b\r\n", "Host: x, y\r\nHost: x\r\n",
            "Host: u@x\r\n", "Host: x/\r\n", "Host: x:65536\r\n", "Host: x:1a\r\n", "Host: x::1\r\n", "Host: [::1\r\n", "Host: \351\r\n",
            "Host: %4\r\n", "Host: x\\y\r\n", "Host: x?\r\n" })
    void a_host_that_is_missing_or_not_valid_or_one_of_two_is_declined(String fields) {
        assertDeclined(LINE + fields + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = { " X: y\r\n", "\tX: y\r\n", "X: y\r\n z\r\n", "X: y\r\n\tz\r\n", "X : y\r\n", "X\t: y\r\n", ": y\r\n", "X\r\n",
            "X y\r\n", "X(: y\r\n", "X\351: y\r\n", "X\0: y\r\n", "X: y\n", "X: y\rz\r\n", "X: y\r\r\n", "X: y\n\r\n", "X: \0\r\n",
            "X: \u007f\r\n", "X: \013\r\n", "\n", "\rX: y\r\n" })
    void a_field_line_that_is_not_strict_is_declined(String line) {
        assertDeclined(LINE + line + END);
        assertDeclined(LINE + "Host: x\r\n" + line + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = { "Content-Length: 0", "content-length: 5", "Transfer-Encoding: chunked", "TRANSFER-ENCODING: x", "Expect: 100-continue",
            "Upgrade: h2c", "Connection: upgrade", "Connection: close, x", "Connection: keep-alive, close", "Connection:", "Connection: clos",
            "Connection: closed" })
    void a_field_that_asks_for_more_is_declined(String line) {
        assertDeclined(LINE + line + "\r\n" + END);
        assertDeclined(LINE + "Host: x\r\n" + line + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = { "Connection: close", "Accept: */*", "Accept-Encoding: br", "Range: bytes=0-0", "If-Range: x", "If-Match: *",
            "If-Unmodified-Since: x", "If-Modified-Since: x", "If-None-Match: *" })
    void a_field_that_counts_is_declined_where_it_is_there_twice(String line) {
        String once = LINE + line + "\r\n" + END;
        assertEquals(once.length(), parse(once));
        assertDeclined(LINE + line + "\r\nX: y\r\n" + line.toUpperCase() + "\r\n" + END);
    }

    @Test
    void a_request_line_is_as_long_as_allowed() {
        for (int more = -1; more <= 1; more++) {
            String line = "GET /" + "a".repeat(MAX_LINE + more - 14) + " HTTP/1.1";
            assertEquals(MAX_LINE + more, line.length());
            String head = line + "\r\n" + END;
            assertEquals(more <= 0 ? head.length() : CommonRequest.DECLINED, parse(head));
            assertEquals(more <= 0 ? CommonRequest.INCOMPLETE : CommonRequest.DECLINED, parse(line + "\r"));
        }
        assertEquals(CommonRequest.INCOMPLETE, parse("GET /" + "a".repeat(MAX_LINE - 5)));
        assertEquals(CommonRequest.DECLINED, parse("GET /" + "a".repeat(MAX_LINE - 4)));
    }

    @Test
    void fields_are_as_long_as_allowed_with_their_line_ends() {
        for (int more = -1; more <= 1; more++) {
            String fields = "Host: x\r\nX: " + "y".repeat(MAX_FIELDS + more - 14) + "\r\n";
            assertEquals(MAX_FIELDS + more, fields.length());
            String head = LINE + fields + "\r\n";
            assertEquals(more <= 0 ? head.length() : CommonRequest.DECLINED, parse(head));
        }
        assertEquals(CommonRequest.INCOMPLETE, parse(LINE + "X: " + "y".repeat(MAX_FIELDS - 3)));
        assertEquals(CommonRequest.DECLINED, parse(LINE + "X: " + "y".repeat(MAX_FIELDS - 2)));
    }

    @ParameterizedTest
    @CsvSource({ "127, true", "128, true", "129, false" })
    void fields_are_as_many_as_allowed(int count, boolean taken) {
        String head = LINE + "X:\r\n".repeat(count - 1) + END;
        assertEquals(taken ? head.length() : CommonRequest.DECLINED, parse(head));
    }

    @Test
    void each_beginning_of_a_real_head_is_incomplete_and_the_whole_is_taken() {
        CommonRequest large = new CommonRequest(8_192, 16_384);
        for (String real : RealHeads.ALL) {
            byte[] head = ("GET " + real + "\r\nGET / ").getBytes(ISO_8859_1);
            int length = real.length() + 2;
            for (int to = 4; to < 4 + length; to++) {
                assertEquals(CommonRequest.INCOMPLETE, large.parse(head, 4, to), real);
            }
            for (int to = 4 + length; to <= head.length; to++) {
                assertEquals(length, large.parse(head, 4, to), real);
            }
        }
    }

    @Test
    void it_tells_what_it_has_read() {
        parse("HEAD /a?b HTTP/1.1\r\nRANGE: \t bytes=0-0\t \r\nHost: x\r\nconnection: Close\r\nIf-None-Match: \"a\"\r\n\r\n");
        assertTrue(request.isHead() && request.isLast() && request.hasIfNoneMatch());
        assertTrue(request.isIfNoneMatch(new AsciiString("\"a\"")));
        assertFalse(request.isPlain() || request.isIfNoneMatch(new AsciiString("\"b\"")) || request.isIfNoneMatch(new AsciiString("\"a")));
        assertEquals("/a?b", request.target());
        assertEquals("bytes=0-0", request.get("range"));
        assertNull(request.get("If-Range"));
        assertThrows(IllegalArgumentException.class, () -> request.get("X"));
    }

    @ParameterizedTest
    @CsvSource({ "HTTP/1.1, X: y, true, false", "HTTP/1.1, Connection: keep-alive, true, false",
            "HTTP/1.1, Connection: close, true, true", "HTTP/1.0, X: y, true, true", "HTTP/1.0, Connection: close, true, true",
            "HTTP/1.0, Connection: keep-alive, true, false", "HTTP/1.0, Connection: x, false, true" })
    void a_connection_ends_as_its_version_and_option_say(String version, String field, boolean taken, boolean last) {
        String head = "GET / " + version + "\r\n" + field + "\r\n" + END;
        assertEquals(taken ? head.length() : CommonRequest.DECLINED, parse(head));
        assertEquals(last, request.isLast());
        assertEquals(version, request.protocol());
        assertEquals(version.equals("HTTP/1.0"), request.isOld());
    }

    @Test
    void nothing_of_one_request_is_left_in_the_next() {
        parse("HEAD /a?b HTTP/1.0\r\nRange: x\r\nConnection: close\r\nIf-None-Match: \"a\"\r\nAccept-Encoding: br\r\n" + END);
        parse(LINE + END);
        assertEquals("HTTP/1.1", request.protocol());
        assertTrue(request.isPlain());
        assertFalse(request.isHead() || request.isLast() || request.hasIfNoneMatch());
        assertEquals("/", request.target());
        assertNull(request.get("Accept-Encoding"));
    }

    @ParameterizedTest
    @CsvSource({ "/a, true", "/a?b, true", "/a?//.%, true", "/b, false", "//a, false", "/./a, false", "/%61, false", "/a/, false" })
    void a_page_is_found_where_its_path_is_plain(String target, boolean found) {
        parse("GET " + target + " HTTP/1.1\r\n" + END);
        Page page = new Page("text/plain", "no-cache", List.of(Representation.of(Coding.IDENTITY, new byte[1])));
        Site site = SiteWriter.site(Map.of("/a", page, "//a", page, "/./a", page, "/%61", page), null, Instant.EPOCH);
        assertEquals(found, request.find(site) != SiteFormat.NONE);
    }

    private void assertDeclined(String head) {
        assertEquals(CommonRequest.DECLINED, parse(head), head);
    }

    /** From the middle of an array, as from the input of an event loop. */
    private int parse(String bytes) {
        byte[] input = ("GET " + bytes + "\r\n\r\n").getBytes(ISO_8859_1);
        return request.parse(input, 4, 4 + bytes.length());
    }
}
