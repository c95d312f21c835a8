package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every field of each kind of answer, in any order, and no other. */
@QuarkusTest
@QuarkusTestResource(SystemProperties.class)
class WholeAnswerTest {

    private static final String SECURITY = """
            Content-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self' data: blob:; base-uri 'self'; form-action 'self'; frame-ancestors 'self'
            Cross-Origin-Opener-Policy: same-origin
            Referrer-Policy: strict-origin-when-cross-origin
            X-Content-Type-Options: nosniff
            """;

    @TestHTTPResource("/")
    URL url;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0007', textBlock = """
            GET /            |                             | 200 OK                    | content-type: text/html;charset=utf-8; content-length: LENGTH; etag: ETAG; last-modified: MODIFIED; cache-control: no-cache; vary: accept-encoding; accept-ranges: bytes
            HEAD /           |                             | 200 OK                    | content-type: text/html;charset=utf-8; content-length: LENGTH; etag: ETAG; last-modified: MODIFIED; cache-control: no-cache; vary: accept-encoding; accept-ranges: bytes
            GET /            | If-None-Match: *            | 304 Not Modified          | etag: ETAG; last-modified: MODIFIED; cache-control: no-cache; vary: accept-encoding
            GET /            | Range: bytes=2-4            | 206 Partial Content       | content-type: text/html;charset=utf-8; content-length: 3; content-range: bytes 2-4/LENGTH; etag: ETAG; last-modified: MODIFIED; cache-control: no-cache; vary: accept-encoding
            GET /            | If-Match: "a"               | 412 Precondition Failed   | content-type: text/plain;charset=utf-8; content-length: 24; cache-control: no-cache
            GET /            | Range: bytes=999999-        | 416 Requested Range Not Satisfiable | content-type: text/plain;charset=utf-8; content-length: 36; content-range: bytes */LENGTH; cache-control: no-cache
            GET /favicon.svg | If-Match: "a"               | 412 Precondition Failed   | content-type: text/plain;charset=utf-8; content-length: 24; cache-control: no-cache
            GET /favicon.svg | Range: bytes=999999-        | 416 Requested Range Not Satisfiable | content-type: text/plain;charset=utf-8; content-length: 36; content-range: bytes */LENGTH; cache-control: no-cache
            GET /favicon.svg |                             | 200 OK                    | content-type: image/svg+xml;charset=utf-8; content-length: LENGTH; etag: ETAG; last-modified: MODIFIED; cache-control: public, max-age=3600; vary: accept-encoding; accept-ranges: bytes
            GET /nothing     |                             | 404 Not Found             | content-type: text/html;charset=utf-8; content-length: LENGTH; vary: accept-encoding; cache-control: no-cache
            HEAD /nothing    |                             | 404 Not Found             | content-type: text/html;charset=utf-8; content-length: LENGTH; vary: accept-encoding; cache-control: no-cache
            OPTIONS /        |                             | 204 No Content            | allow: GET, HEAD, OPTIONS
            OPTIONS *        |                             | 204 No Content            | allow: GET, HEAD, OPTIONS
            POST /           |                             | 405 Method Not Allowed    | content-type: text/plain;charset=utf-8; content-length: 23; allow: GET, HEAD, OPTIONS; cache-control: no-cache
            TRACE /          |                             | 405 Method Not Allowed    | content-type: text/plain;charset=utf-8; content-length: 23; allow: GET, HEAD, OPTIONS; cache-control: no-cache
            CONNECT x:80     |                             | 405 Method Not Allowed    | content-type: text/plain;charset=utf-8; content-length: 23; allow: GET, HEAD, OPTIONS; cache-control: no-cache
            BREW /           |                             | 501 Not Implemented       | content-type: text/plain;charset=utf-8; content-length: 20; allow: GET, HEAD, OPTIONS; cache-control: no-cache
            get /            |                             | 501 Not Implemented       | content-type: text/plain;charset=utf-8; content-length: 20; allow: GET, HEAD, OPTIONS; cache-control: no-cache
            GET /%00         |                             | 400 Bad Request           | content-type: text/plain;charset=utf-8; content-length: 16; cache-control: no-cache
            """)
    void an_answer_has_these_fields(String line, String field, String status, String fields) throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            String path = line.substring(line.indexOf(' ') + 1);
            Response whole = receive(wire, "GET " + (path.startsWith("/") ? path : "/"), null);
            String length = whole.field("content-length");
            String expected = fields.replace("LENGTH", length).replace("ETAG", "" + whole.field("etag"))
                    .replace("MODIFIED", "" + whole.field("last-modified"));
            Response response = receive(wire, line, field);
            assertEquals("HTTP/1.1 " + status, response.head().lines().findFirst().orElseThrow());
            assertEquals(sorted(expected.replace("; ", "\n") + "\ndate: now\n" + SECURITY),
                    sorted(Wire.withoutDate(response.head().substring(response.head().indexOf('\n') + 1))));
            assertEquals(200, receive(wire, "GET /", null).status(), "the connection is in step");
        }
    }

    private static Response receive(Wire wire, String line, String field) throws IOException {
        String received = wire.send(line + " HTTP/1.1\r\nHost: x\r\n" + (field == null ? "" : field + "\r\n") + "\r\n")
                .receive(!line.startsWith("HEAD "));
        int end = received.indexOf("\r\n\r\n") + 4;
        return new Response(received.substring(0, end), received.substring(end));
    }

    private static String sorted(String lines) {
        return Arrays.stream(lines.split("\r?\n")).filter(line -> !line.isEmpty()).sorted().collect(Collectors.joining("\n"));
    }
}
