package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and what is just not refused: the answers to what came before it arrive, and nothing behind it is read. */
@QuarkusTest
@QuarkusTestResource(SystemProperties.class)
class RefusalTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String END = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final String CHUNKED = "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

    @TestHTTPResource("/")
    URL url;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Transfer-Encoding: xchunked                              | 400
            Transfer-Encoding: identity                              | 400
            Transfer-Encoding:                                       | 400
            Transfer-Encoding: "chunked"                             | 400
            Transfer-Encoding: chunked;q=1                           | 400
            Transfer-Encoding: chunked, chunked                      | 400
            Transfer-Encoding: gzip, chunked                         | 400
            Transfer-Encoding: gzip\\r\\nTransfer-Encoding: chunked  | 400
            Transfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked | 400
            Transfer-Encoding: foo\\r\\nContent-Length: 5            | 400
            Content-Length: 5\\r\\nTransfer-Encoding: chunked        | 400
            Content-Length:                                          | 400
            Content-Length: 99999999999999999999                     | 400
            Content-Length: 18446744073709551616                     | 400
            Content-Length: 9223372036854775808                      | 400
            Content-Length: 9223372036854775807                      | 413
            Content-Length: 00000000000000000000000000000000         | 200 200
            Transfer-Encoding: c                                     | 400
            Transfer-Encoding: chunked,                              | 400
            : 1                                                      | 400
            X(y): 1                                                  | 400
            Accept-Encoding: ;                                       | 200 200
            Accept-Encoding: gzip, ;;                                | 200 200
            Accept-Encoding: ,                                       | 200 200
            Accept-Encoding: *;                                      | 200 200
            Transfer-Encoding: Chunked\\r\\n\\r\\n0                  | 200 200
            X: \\351                                                 | 200 200
            Expect: foo                                              | 200 200
            """)
    void a_field_is_taken_or_refused(String field, String statuses) throws IOException {
        assertEquals("200 " + statuses, exchange(GET + "GET / HTTP/1.1\r\nHost: x\r\n" + field.translateEscapes() + "\r\n\r\n" + END));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/?a=b|c", "/?a={b}", "/?%zz", "/?a[]=1", "//", "///index.html", "/index.html?\"", "/?a=\\", "/./", "/.", "/..",
            "/?x", "http://x", "http://x?y", "HTTPS://x/", "/a/..", "/?\u00e9", "http://x:65535/", "/%c3%a9/..", "/\u00c3\u00a9/.." })
    void a_target_of_odd_characters_gets_the_page(String target) throws IOException {
        assertEquals("200 200", exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n" + END));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/\\", "/%5c..", "/index.html/", "/%2findex.html", "/%2F", "/x%2F..%2Findex.html", "/index.html%3fa", "/index.html;x", "/%2525", "/..\\..\\x", "/\"<>^`{|}",
            "/a%20b", "/%e2%82%ac", "/\u00e2\u0082\u00ac", "/caf\u00c3\u00a9.html" })
    void a_target_that_names_no_page_gets_404(String target) throws IOException {
        assertEquals("404 200", exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n" + END));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/%00", "/index.html%00", "/%c0%ae%c0%ae/", "/%ff", "/caf\u00e9.html", "/\u00c3%41" })
    void a_target_that_is_no_text_gets_400(String target) throws IOException {
        assertEquals("400 200", exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n" + END));
    }

    @ParameterizedTest
    @ValueSource(strings = { "?x", "", "*", "/a#b", "ftp://x/", "http://u@x/", "http:///", "http://:80/", "http://x:65536/", "x", "/%zz", "/%", "/%4", "/%%41" })
    void what_is_no_target_gets_400_and_the_connection_is_closed(String target) throws IOException {
        assertEquals("400", exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n" + END));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3\\r\\nabc\\r\\n0\\r\\n\\r\\n                       | 200 200
            3;a=b\\r\\nabc\\r\\n0;x\\r\\n\\r\\n                 | 200 200
            3\\t;a\\r\\nabc\\r\\n0\\r\\n\\r\\n                  | 200 200
            00003\\r\\nabc\\r\\n0\\r\\n\\r\\n                   | 200 200
            0\\r\\nX: y\\r\\n\\r\\n                             | 200 200
            a\\r\\n0123456789\\r\\nA\\r\\n0123456789\\r\\n0\\r\\n\\r\\n | 200 200
            zz\\r\\n                                            | 400
            3 x\\r\\nabc\\r\\n0\\r\\n\\r\\n                     | 400
            3 \\r\\nabc\\r\\n0\\r\\n\\r\\n                      | 400
            ' 3\\r\\nabc\\r\\n0\\r\\n\\r\\n'                    | 400
            3\\nabc\\r\\n0\\r\\n\\r\\n                          | 400
            3\\r\\nabc\\n0\\r\\n\\r\\n                          | 400
            3\\r\\nabcd\\r\\n0\\r\\n\\r\\n                      | 400
            +3\\r\\nabc\\r\\n0\\r\\n\\r\\n                      | 400
            -1\\r\\nabc\\r\\n0\\r\\n\\r\\n                      | 400
            0x3\\r\\nabc\\r\\n0\\r\\n\\r\\n                     | 400
            \\r\\nabc\\r\\n0\\r\\n\\r\\n                        | 400
            ;a\\r\\nabc\\r\\n0\\r\\n\\r\\n                      | 400
            3;a\\rb\\r\\nabc\\r\\n0\\r\\n\\r\\n                 | 400
            3;a\\0b\\r\\nabc\\r\\n0\\r\\n\\r\\n                 | 400
            FFFFFFFFFFFFFFFF\\r\\nabc\\r\\n0\\r\\n\\r\\n        | 400
            80000000\\r\\nabc                                   | 400
            0\\r\\nX: y\\n\\r\\n                                | 400
            0\\r\\nX: y\\r\\n z\\r\\n\\r\\n                     | 400
            0\\r\\n X: y\\r\\n\\r\\n                            | 400
            0\\r\\nX\\r\\n\\r\\n                                | 400
            0\\r\\nX : y\\r\\n\\r\\n                            | 400
            0\\r\\n: y\\r\\n\\r\\n                              | 400
            0\\r\\nX: \\0\\r\\n\\r\\n                           | 400
            0\\r\\n\\n                                          | 400
            """)
    void chunks_are_taken_or_refused(String chunks, String statuses) throws IOException {
        String received = exchange(GET + CHUNKED + chunks.translateEscapes() + END);
        assertEquals("200 " + statuses, received, chunks);
        for (int at = 1; at < chunks.translateEscapes().length(); at++) {
            String bytes = chunks.translateEscapes();
            assertEquals("200 " + statuses, exchange(GET + CHUNKED + bytes.substring(0, at), bytes.substring(at) + END));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | Content-Length | 65536 | 200 200
            POST | Content-Length | 65536 | 405 200
            BREW | Content-Length | 65536 | 501 200
            GET  | Content-Length | 65537 | 413
            POST | Content-Length | 65537 | 413
            GET  | chunks         | 65536 | 200 200
            POST | chunks         | 65536 | 405 200
            GET  | chunks         | 65537 | 413
            POST | chunks         | 65537 | 413
            GET  | Content-Length | 800000 | 413
            GET  | chunks         | 800000 | 413
            POST | Content-Length | 20000000 | 413
            POST | chunks         | 20000000 | 413
            """)
    void content_up_to_64_KiB_is_dropped_and_more_is_refused(String method, String framing, int length, String statuses)
            throws IOException {
        String content = "x".repeat(length);
        String request = method + " / HTTP/1.1\r\nHost: x\r\n" + (framing.equals("chunks")
                ? "Transfer-Encoding: chunked\r\n\r\n" + chunks(content, 1000)
                : "Content-Length: " + length + "\r\n\r\n" + content);
        assertEquals("200 " + statuses, exchange(GET + request, END));
    }

    @ParameterizedTest
    @CsvSource({ "GET, 8192, 200 200", "GET, 8193, 414", "OPTIONS, 8192, 204 200", "OPTIONS, 8193, 414" })
    void a_request_line_is_at_most_8_KiB(String method, int length, String statuses) throws IOException {
        String line = method + " /?" + "a".repeat(length - (method + " /? HTTP/1.1").length()) + " HTTP/1.1\r";
        String rest = "\nHost: x\r\n\r\n" + END;
        assertEquals(statuses, exchange(line + rest));
        assertEquals(statuses, exchange(line.substring(0, 100), line.substring(100) + rest));
        assertEquals(statuses, exchange(line, rest));
    }

    @ParameterizedTest
    @CsvSource({ "'X: ', 16384, 200 200", "'X: ', 16385, 431", "LINE, 16384, 200 200", "LINE, 16385, 431" })
    void fields_are_at_most_16_KiB_with_their_line_ends(String kind, int length, String statuses) throws IOException {
        String field = kind.equals("LINE") ? "X: " + "y".repeat(195) + "\r\n" : kind;
        StringBuilder fields = new StringBuilder("Host: x\r\n");
        while (field.endsWith("\n") && fields.length() + field.length() + "Y: \r\n".length() <= length) {
            fields.append(field);
        }
        String value = "a".repeat(length - fields.length() - "Y: \r\n".length());
        fields.append("Y: ").append(value).append("\r\n");
        assertEquals(length, fields.length());
        String request = "GET / HTTP/1.1\r\n" + fields + "\r\n";
        assertEquals(statuses, exchange(request + END));
        assertEquals(statuses, exchange(request.substring(0, 100), request.substring(100) + END));
    }

    @ParameterizedTest
    @CsvSource({ "128, 200 200", "129, 431", "1000, 431" })
    void fields_are_at_most_128(int fields, String statuses) throws IOException {
        String head = "GET / HTTP/1.1\r\nHost: x\r\n" + "X: a\r\n".repeat(fields - 1);
        assertEquals(statuses, exchange(head + "\r\n" + END));
        assertEquals(statuses, exchange(head, "\r\n" + END));
    }

    @ParameterizedTest
    @ValueSource(strings = { "a", "%41", "a:", "a-" })
    void a_long_host_is_answered(String part) throws IOException {
        String host = part.repeat(16_300 / part.length());
        String statuses = exchange("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n" + END);
        assertEquals(part.equals("a:") ? "400" : "200 200", statuses);
    }

    @ParameterizedTest
    @CsvSource({ "x:, 200 200", "x:0, 200 200", "x:65535, 200 200", "x:0065535, 200 200", "[::1]:65535, 200 200", ":80, 200 200", "x:65536, 400",
            "[::1]:65536, 400", "x:99999999999999999999, 400", "x:-1, 400", "x:8x, 400" })
    void a_host_has_a_port_up_to_65535(String host, String statuses) throws IOException {
        assertEquals(statuses, exchange("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n" + END));
        assertEquals(statuses, exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\nHost: " + host + "\r\n\r\n" + END));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "http://x/", "http://", "/%41" })
    void a_target_that_made_a_regular_expression_backtrack_gets_400_at_once(String beginning) throws IOException {
        String request = "GET " + beginning + "?".repeat(8000) + "# HTTP/1.1\r\nHost: x\r\n\r\n";
        long best = Long.MAX_VALUE;
        // The best of some: others use the machine too.
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            assertEquals("400", exchange(request));
            best = Math.min(best, System.nanoTime() - start);
        }
        assertTrue(best < TimeUnit.MILLISECONDS.toNanos(500), best + " ns");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 | Connection: x, close                       | 200
            HTTP/1.1 | Connection: close, x                       | 200
            HTTP/1.1 | Connection: CLOSE                          | 200
            HTTP/1.1 | Connection: x\\r\\nConnection: close       | 200
            HTTP/1.1 | Connection: keep-alive, close              | 200
            HTTP/1.1 | Connection: x,\tclose                     | 200
            HTTP/1.1 | Connection: ,, close ,                     | 200
            HTTP/1.1 | Connection: closer                         | 200 200
            HTTP/1.1 | Connection: clo                            | 200 200
            HTTP/1.1 | Connection: x, c                           | 200 200
            HTTP/1.1 | Connection: "close"                        | 200 200
            HTTP/1.1 | Connection: x                              | 200 200
            HTTP/1.0 | Content-Length: 0\\r\\ncontent-length: 0      | 400
            HTTP/1.1 | Content-Length: 0\\r\\ncontent-length: 0      | 400
            HTTP/1.0 | Content-Lengthy: 0\\r\\nContent-Length: 0     | 200
            HTTP/1.0 | X: y                                       | 200
            HTTP/1.0 | Connection: close                          | 200
            HTTP/1.0 | Connection: k                              | 200
            HTTP/1.0 | Connection: keep, alive                    | 200
            HTTP/1.0 | Connection: keep-alive, close              | 200
            HTTP/1.0 | Connection: Keep-Alive                     | 200 200
            HTTP/1.0 | Connection: x, keep-alive                  | 200 200
            """)
    void the_connection_persists_or_not_as_the_client_says(String version, String field, String statuses) throws IOException {
        String request = "GET / " + version + "\r\nHost: x\r\n" + field.translateEscapes() + "\r\n\r\n";
        assertEquals(statuses, exchange(request + END));
        try (Wire wire = new Wire(url.getPort())) {
            String head = wire.send(request).receive();
            assertEquals(!statuses.contains(" "), head.contains("\r\nconnection: close\r\n"), head);
        }
    }

    /** As well as what the router answers: scanners and caches see them too. */
    @ParameterizedTest
    @ValueSource(strings = { "GET / HTTP/1.1\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", "\0\r\n\r\n", "GET / HTTP/3.0\r\nHost: x\r\n\r\n",
            "GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nX: {long}{long}\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n{long}{long}{long}{long}{long}{long}{long}{long}" })
    void what_is_refused_has_the_fields_of_every_answer(String request) throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            String head = wire.send(GET).receive();
            String refusal = wire.send(request.replace("{long}", "a".repeat(10_000))).receiveToEnd();
            for (String field : List.of("X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy", "Cross-Origin-Opener-Policy")) {
                String line = head.lines().filter(each -> each.startsWith(field + ": ")).findFirst().orElseThrow();
                assertEquals(1, refusal.lines().filter(line::equals).count(), refusal);
            }
            assertEquals(1, refusal.lines().filter("cache-control: no-cache"::equals).count(), refusal);
            assertTrue(refusal.startsWith("HTTP/1.1 4"), refusal);
        }
    }

    private static String chunks(String content, int size) {
        StringBuilder chunks = new StringBuilder();
        for (int at = 0; at < content.length(); at += size) {
            int end = Math.min(content.length(), at + size);
            chunks.append(Integer.toHexString(end - at)).append("\r\n").append(content, at, end).append("\r\n");
        }
        return chunks + "0\r\n\r\n";
    }

    /** The status codes of all that comes back until the server closes, which it must do with an end, not with a reset. */
    private String exchange(String... parts) throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            for (String part : parts) {
                wire.send(part);
            }
            return Response.statuses(wire.receiveToEnd());
        }
    }
}
