package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request gets, over a bare connection: whole responses, byte for byte. */
@QuarkusTest
@QuarkusTestResource(SystemProperties.class)
class HttpRulesTest {

    private static final Path PAGES = Path.of("src/main/resources/META-INF/resources");
    private static final String HOST = "Host: localhost\r\n";
    private static final String REFUSED = "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n([^\r]+\r\n)*date: now\r\nconnection: close\r\n\r\n";

    @TestHTTPResource("/")
    URL url;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET / HTTP/1.1\\r\\n\\r\\n                                                              | no Host
            GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: a\\r\\n\\r\\n                                    | two Hosts
            GET / HTTP/1.1\\r\\nHost: a/b\\r\\n\\r\\n                                               | a bad Host
            GET / HTTP/1.1\\r\\nHost: a b\\r\\n\\r\\n                                               | a bad Host
            GET / HTTP/1.1\\r\\nHost: a:65536\\r\\n\\r\\n                                           | a port that is none
            GET / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1\\r\\nContent-Length: 1\\r\\n\\r\\nx  | Content-Length twice
            GET / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1, 1\\r\\n\\r\\nx                      | Content-Length twice
            GET / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: -1\\r\\n\\r\\n                         | a negative Content-Length
            GET / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: +1\\r\\n\\r\\nx                        | a signed Content-Length
            GET / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 0x1\\r\\n\\r\\nx                       | a hexadecimal Content-Length
            GET / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 4\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n | both lengths
            GET / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked, gzip\\r\\n\\r\\n           | chunked is not the last
            GET / HTTP/1.0\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n                 | chunked in HTTP/1.0
            GET / HTTP/1.1\\nHost: a\\n\\n                                                          | bare LF
            GET / HTTP/1.1\\r\\nHost: a\\nX: y\\r\\n\\r\\n                                          | bare LF in the fields
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX: a\\rb\\r\\n\\r\\n                                   | bare CR
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX: a\\r\\n b\\r\\n\\r\\n                               | a folded field
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX : a\\r\\n\\r\\n                                      | a space before the colon
            GET / HTTP/1.1\\r\\n Host: a\\r\\n\\r\\n                                                | a space before the first field
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX\\r\\n\\r\\n                                          | no colon
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX(Y): a\\r\\n\\r\\n                                   | a name that is no token
            \\0\\r\\n\\r\\n                                                                              | a control byte ahead
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX: a\\0b\\r\\n\\r\\n                                   | a control byte
            GET / HTTP/1.1\\r\\nHost: a\\r\\nX: a\\177b\\r\\n\\r\\n                               | a control byte
            HEAD / HTTP/1.1\\r\\nHost: a\\r\\nX: a\\0b\\r\\n\\r\\n                                  | a control byte in a request for fields
            G\\0ET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                                              | a control byte in the method
            G(T / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                                                 | no method
            GET / HTTP/2.0\\r\\nHost: a\\r\\n\\r\\n                                                 | a bad version
            GET / HTTP/11\\r\\nHost: a\\r\\n\\r\\n                                                  | a bad version
            GET / http/1.1\\r\\nHost: a\\r\\n\\r\\n                                                 | a bad version
            GET /\\r\\nHost: a\\r\\n\\r\\n                                                          | no version
            GET  / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                                                | two spaces
            GET\\t/ HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                                               | a tab
            GET / HTTP/1.1 \\r\\nHost: a\\r\\n\\r\\n                                                | a space at the end
            GET index.html HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                                        | no path
            GET /#a HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                                               | a fragment
            GET * HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n                                                 | an asterisk
            """)
    void a_malformed_head_gets_400_and_the_connection_is_closed(String request, String fault) throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            wire.send(request.translateEscapes() + "GET / HTTP/1.1\r\n" + HOST + "\r\n");
            String received = Wire.withoutDate(wire.receiveAll());
            assertTrue(received.matches(REFUSED), () -> fault + ": " + received);
        }
    }

    @ParameterizedTest
    @CsvSource({ "8192, HTTP/1.1 414 Request-URI Too Long", "20000, HTTP/1.1 414 Request-URI Too Long" })
    void a_request_line_that_is_too_long_gets_414(int length, String status) throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            wire.send("GET /" + "a".repeat(length) + " HTTP/1.1\r\n" + HOST + "\r\n");
            assertEquals(status, wire.receiveAll().lines().findFirst().orElse(""));
        }
    }

    @Test
    void fields_that_are_too_long_get_431() throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            wire.send("GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(16_384) + "\r\n\r\n");
            assertTrue(wire.receiveAll().startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET http://other.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET HTTP://other.example HTTP/1.1\r\nHost: x\r\n\r\n", "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.9\r\nHost: x\r\n\r\n", "GET /?a=/../b HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
            "GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET / HTTP/1.1\r\nhOST: x\r\nContent-Length: 3\r\n\r\nabc",
            "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" })
    void each_form_of_a_request_gets_the_page_and_the_next_one_too(String request) throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            String content = Files.readString(PAGES.resolve("index.html"), StandardCharsets.ISO_8859_1);
            for (int i = 0; i < 5; i++) {
                String response = wire.send(request).receive();
                assertTrue(response.startsWith("HTTP/1.1 200 OK\r\n"), response);
                assertTrue(response.endsWith("\r\n\r\n" + content), response);
            }
        }
    }
}
