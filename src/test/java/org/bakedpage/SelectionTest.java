package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.Decoder;
import com.github.luben.zstd.Zstd;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of a page's representations is sent, and how much of it: codings, conditions, ranges. */
@QuarkusTest
@QuarkusTestResource(SystemProperties.class)
class SelectionTest {

    @TestHTTPResource("/")
    URL url;

    private byte[] page;
    private Map<String, String> plain;

    @BeforeEach
    void know_the_page() throws IOException {
        page = Files.readAllBytes(Path.of("src/main/resources/META-INF/resources/index.html"));
        plain = Map.of("etag", field(get(""), "etag"), "modified", field(get(""), "last-modified"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            gzip                           | gzip
            GZip                           | gzip
            x-gzip                         | gzip
            br                             | br
            zstd                           | zstd
            gzip, deflate, br, zstd        | br
            gzip , zstd                    | zstd
            gzip;q=1, br;q=0.5             | gzip
            br;q=0.001, gzip;q=0.002       | gzip
            gzip ; q=0.5 , identity;q=0.4  | gzip
            gzip;q=0.5, identity           | -
            gzip;q=x                       | gzip
            gzip;Q=0.5, br;q=0.4           | gzip
            gzip;a=b;q=0                   | -
            ;                              | -
            gzip, ;;                       | gzip
            *;                             | br
            ,                              | -
            *                              | br
            *;q=0.5, br;q=0                | zstd
            *;q=0                          | -
            identity;q=0                   | -
            identity;q=0, gzip             | gzip
            gzip;q=0                       | -
            deflate                        | -
            identity                       | -
            ''                             | -
            """)
    void the_client_gets_the_coding_it_wants_most(String accepted, String coding) throws IOException {
        String response = get("Accept-Encoding: " + accepted + "\r\n");
        assertEquals(coding, field(response, "content-encoding"));
        assertArrayEquals(page, decoded(coding, content(response)));
        assertEquals("accept-encoding", field(response, "vary"));
        assertEquals(coding == null, field(response, "etag").equals(plain.get("etag")), "each coding has an ETag of its own");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            If-None-Match: ETAG                                                       | 304
            If-None-Match: W/ETAG                                                     | 304
            If-None-Match: "a", ETAG                                                  | 304
            If-None-Match: *                                                          | 304
            If-None-Match: "a"                                                        | 200
            If-Match: ETAG                                                            | 200
            If-Match: *                                                               | 200
            If-Match: W/ETAG                                                          | 412
            If-Match: "a"                                                             | 412
            If-Match: "a", ETAG                                                       | 200
            If-Match: ,,ETAG ,                                                        | 200
            If-None-Match: "a,b",, ETAG                                               | 304
            If-None-Match: ETAGx                                                      | 200
            If-None-Match: garbage                                                    | 200
            If-Modified-Since: MODIFIED                                               | 304
            If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT                          | 304
            If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT                          | 200
            If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT                         | 200
            If-Modified-Since: Sun Nov  6 08:49:37 1994                               | 200
            If-Modified-Since: yesterday                                              | 200
            If-Modified-Since: Sun, 31 Feb 2100 00:00:00 GMT                          | 200
            If-Modified-Since: Fri, 01 Jan 2100 00:00:00 +0100                        | 200
            If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT junk                     | 200
            If-Modified-Since: MODIFIED\\r\\nIf-Modified-Since: MODIFIED             | 200
            If-Unmodified-Since: MODIFIED                                             | 200
            If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT                        | 412
            If-Unmodified-Since: yesterday                                            | 200
            If-None-Match: "a"\\r\\nIf-Modified-Since: MODIFIED                       | 200
            If-Match: ETAG\\r\\nIf-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT    | 200
            If-Match: ETAG\\r\\nIf-None-Match: ETAG                                   | 304
            If-Match: "a"\\r\\nIf-None-Match: ETAG                                    | 412
            If-None-Match: ETAG\\r\\nRange: bytes=0-9                                 | 304
            If-None-Match: "a"\\r\\nIf-None-Match: ETAG                              | 304
            If-None-Match:                                                            | 200
            If-None-Match: "a                                                         | 200
            If-Match:                                                                 | 412
            """)
    void conditions_are_evaluated_in_their_order(String fields, int status) throws IOException {
        String sent = fields.translateEscapes().replace("ETAG", plain.get("etag")).replace("MODIFIED", plain.get("modified"));
        String response = get(sent + "\r\n");
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
        if (status == 304) {
            assertEquals("", new String(content(response), ISO_8859_1));
            assertEquals(plain.get("etag"), field(response, "etag"));
            assertEquals("no-cache", field(response, "cache-control"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-9          | 0   | 9
            bytes=0-0          | 0   | 0
            BYTES=0-9          | 0   | 9
            bytes=100-         | 100 | -1
            bytes=-5           | -5  | -1
            bytes=0-9999999999 | 0   | -1
            bytes=-9999999999  | 0   | -1
            bytes= 1-2         | 1   | 2
            bytes=,1-2,        | 1   | 2
            bytes=0-999999999999999999999 | 0 | -1
            bytes=-999999999999999999999  | 0 | -1
            """)
    void a_range_gets_206_and_just_its_bytes_of_the_identity(String range, int first, int last) throws IOException {
        int from = first < 0 ? page.length + first : first;
        int to = last < 0 ? page.length + last : last;
        String response = get("Accept-Encoding: gzip\r\nRange: " + range + "\r\n");
        assertTrue(response.startsWith("HTTP/1.1 206 Partial Content\r\n"), response);
        assertEquals("bytes " + from + "-" + to + "/" + page.length, field(response, "content-range"));
        assertEquals(plain.get("etag"), field(response, "etag"));
        assertArrayEquals(Arrays.copyOfRange(page, from, to + 1), content(response));
    }

    @ParameterizedTest
    @ValueSource(strings = { "bytes=999999-", "bytes=-0", "bytes=9999999999-", "bytes=9223372036854775808-",
            "bytes=999999999999999999999-9999999999999999999999" })
    void a_range_beyond_the_end_gets_416_and_the_length(String range) throws IOException {
        String response = get("Range: " + range + "\r\n");
        assertTrue(response.startsWith("HTTP/1.1 416 "), response);
        assertEquals("bytes */" + page.length, field(response, "content-range"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "bytes=0-1,3-4", "bytes=5-2", "bytes=a-b", "bytes=-", "bytes=0-1x", "items=0-1", "0-1", "bytes",
            "bytes=--1" })
    void several_ranges_or_none_that_is_understood_get_all(String range) throws IOException {
        assertArrayEquals(page, content(get("Range: " + range + "\r\n")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ETAG                          | 206
            MODIFIED                      | 206
            W/ETAG                        | 200
            "a"                           | 200
            Sun, 06 Nov 1994 08:49:37 GMT | 200
            nonsense                      | 200
            ETAG\\r\\nIf-Range: ETAG     | 200
            """)
    void a_part_is_sent_only_to_who_has_the_rest(String condition, int status) throws IOException {
        String value = condition.translateEscapes().replace("ETAG", plain.get("etag")).replace("MODIFIED", plain.get("modified"));
        assertTrue(get("Range: bytes=0-9\r\nIf-Range: " + value + "\r\n").startsWith("HTTP/1.1 " + status + " "));
    }

    @Test
    void two_ranges_on_two_lines_get_all() throws IOException {
        assertArrayEquals(page, content(get("Range: bytes=0-0\r\nRange: bytes=2-2\r\n")));
    }

    @Test
    void head_ignores_a_range() throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            String response = wire.send("HEAD / HTTP/1.1\r\nHost: x\r\nRange: bytes=0-9\r\n\r\n").receive(false);
            assertTrue(response.startsWith("HTTP/1.1 200 OK\r\n"), response);
            assertEquals(Integer.toString(page.length), field(response, "content-length"));
        }
    }

    private String get(String fields) throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            return wire.send("GET / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n").receive();
        }
    }

    private static String field(String response, String name) {
        return response.lines().takeWhile(line -> !line.isEmpty()).filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2)).findFirst().orElse(null);
    }

    private static byte[] content(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1);
    }

    private byte[] decoded(String coding, byte[] content) throws IOException {
        if (coding == null) {
            return content;
        }
        Brotli4jLoader.ensureAvailability();
        return switch (coding) {
            case "gzip" -> new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes();
            case "zstd" -> Zstd.decompress(content, page.length);
            default -> Decoder.decompress(content).getDecompressedData();
        };
    }
}
