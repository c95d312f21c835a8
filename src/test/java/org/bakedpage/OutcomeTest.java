package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line of fields is "name: value; name: value"; ETAG stands for the tag of the identity, GZIP for that of the other. */
class OutcomeTest {

    private static final Representation IDENTITY = Representation.of(Coding.IDENTITY, "0123456789".getBytes(ISO_8859_1));
    private static final Representation GZIP = Representation.of(Coding.GZIP, "gzip".getBytes(ISO_8859_1));
    private static final Page INDEX = new Page("text/html", "no-cache", List.of(IDENTITY, GZIP));
    private static final Page PLAIN = new Page("text/plain", "public", List.of(IDENTITY));
    private static final Page NOT_FOUND = new Page("text/x", "secret", List.of(Representation.of(Coding.IDENTITY, "none".getBytes(ISO_8859_1)),
            Representation.of(Coding.GZIP, "no".getBytes(ISO_8859_1))));
    private static final Map<String, Page> FILES = Map.of("/index.html", INDEX, "/docs/index.html", INDEX, "/docs", Page.redirect(308, "./docs/"),
            "/plain", PLAIN);

    private static final String COMMON = "etag: ETAG; last-modified: Sun, 06 Nov 1994 08:49:37 GMT; cache-control: ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            /           | -                        | 200 | no-cache; vary: accept-encoding; accept-ranges: bytes; content-type: text/html; content-length: 10
            /plain      | Accept-Encoding: gzip    | 200 | public; accept-ranges: bytes; content-type: text/plain; content-length: 10
            /?q         | Range: x                 | 200 | no-cache; vary: accept-encoding; accept-ranges: bytes; content-type: text/html; content-length: 10
            /           | If-None-Match: ETAG      | 304 | no-cache; vary: accept-encoding
            /plain      | If-None-Match: *         | 304 | public
            /plain      | If-None-Match: "x", W/ETAG; Range: bytes=1-3 | 304 | public
            /plain      | If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT | 304 | public
            /plain      | If-None-Match: "x"; If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT | 200 | public; accept-ranges: bytes; content-type: text/plain; content-length: 10
            /plain      | Range: bytes=1-3         | 206 | public; content-range: bytes 1-3/10; content-type: text/plain; content-length: 3
            /           | Range: bytes=-2; Accept-Encoding: gzip | 206 | no-cache; vary: accept-encoding; content-range: bytes 8-9/10; content-type: text/html; content-length: 2
            /plain      | Range: bytes=9-99; If-Range: ETAG | 206 | public; content-range: bytes 9-9/10; content-type: text/plain; content-length: 1
            /plain      | Range: bytes=1-3; If-Range: "x" | 200 | public; accept-ranges: bytes; content-type: text/plain; content-length: 10
            /plain      | Range: bytes=10-; If-Range: "x" | 200 | public; accept-ranges: bytes; content-type: text/plain; content-length: 10
            /plain      | Range: bytes=1-2,4-5     | 200 | public; accept-ranges: bytes; content-type: text/plain; content-length: 10
            """)
    void a_page_is_answered_with_these_fields_in_this_order(String target, String fields, int status, String expected) {
        Outcome outcome = outcome(target, false, fields);
        assertEquals(status + " " + COMMON + expected, text(outcome));
        assertEquals(status != 304, outcome.hasContent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
            /plain      | Range: bytes=10-       | 416 cache-control: no-cache; content-range: bytes */10; content-type: text/plain;charset=utf-8; content-length: 36
            /           | Range: bytes=-0        | 416 cache-control: no-cache; content-range: bytes */10; content-type: text/plain;charset=utf-8; content-length: 36
            /plain      | If-Match: "x"          | 412 cache-control: no-cache; content-type: text/plain;charset=utf-8; content-length: 24
            /plain      | If-Match: W/ETAG       | 412 cache-control: no-cache; content-type: text/plain;charset=utf-8; content-length: 24
            /plain      | If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT; If-None-Match: * | 412 cache-control: no-cache; content-type: text/plain;charset=utf-8; content-length: 24
            /nothing    | -                      | 404 cache-control: no-cache; content-type: text/plain;charset=utf-8; content-length: 14
            /nothing    | If-None-Match: *; Range: bytes=0-1 | 404 cache-control: no-cache; content-type: text/plain;charset=utf-8; content-length: 14
            /plain/     | -                      | 404 cache-control: no-cache; content-type: text/plain;charset=utf-8; content-length: 14
            """)
    void what_is_no_page_is_answered_with_its_status(String target, String fields, String expected) {
        Outcome outcome = outcome(target, false, fields);
        assertEquals(expected, text(outcome));
        assertEquals(outcome.text(), outcome.content().toString());
    }

    @Test
    void the_chosen_coding_has_a_tag_and_a_length_of_its_own() {
        Outcome outcome = outcome("/", false, "Accept-Encoding: br, gzip");
        assertEquals("200 etag: GZIP; last-modified: Sun, 06 Nov 1994 08:49:37 GMT; cache-control: no-cache; vary: accept-encoding; "
                + "accept-ranges: bytes; content-type: text/html; content-encoding: gzip; content-length: 4", text(outcome));
        assertEquals("gzip", outcome.content().toString());
        assertEquals(HttpResponseStatus.OK, outcome("/", false, "Accept-Encoding: gzip; If-None-Match: ETAG").status());
        assertEquals(HttpResponseStatus.NOT_MODIFIED, outcome("/", false, "Accept-Encoding: gzip; If-None-Match: GZIP").status());
    }

    @Test
    void head_has_no_range_and_the_fields_of_get() {
        assertEquals(text(outcome("/", false, null)), text(outcome("/", true, "Range: bytes=0-1")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /docs            | ./docs/
            /docs?a=b/c?d    | ./docs/?a=b/c?d
            /docs?           | ./docs/
            /x/../docs       | ./docs/
            //docs           | ./docs/
            /%64ocs          | ./docs/
            /docs?\\351      | ./docs/?%E9
            /docs?\\302\\200 | ./docs/?%C2%80
            /docs?http://x   | ./docs/?http://x
            """)
    void a_folder_without_its_slash_is_redirected_to_an_address_of_ascii(String target, String location) {
        assertEquals("308 cache-control: no-cache; location: " + location + "; content-type: text/plain;charset=utf-8; content-length: 23",
                text(outcome("/index.html", target.translateEscapes(), false, "Accept: text/html")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            /index.html | text/html                       | 200 | accept, accept-encoding
            /index.html | */*                             | 404 | accept
            /index.html | text/html;q=0                   | 404 | accept
            /index.html | -                               | 404 | accept
            /plain      | application/x, TEXT/HTML;q=0.1  | 200 | accept
            -           | text/html                       | 404 | -
            """)
    void a_fallback_is_for_who_takes_html_by_name_and_vary_says_so(String fallback, String accept, int status, String vary) {
        Outcome outcome = outcome(fallback == null ? "" : fallback, "/nothing", false, accept == null ? null : "Accept: " + accept);
        assertEquals(status, outcome.status().code());
        assertEquals(vary, outcome.vary() == null ? null : outcome.vary().toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -           | accept-encoding
            /index.html | accept, accept-encoding
            """)
    void a_not_found_page_is_sent_whole_and_is_not_kept(String fallback, String vary) {
        TreeMap<String, Page> files = new TreeMap<>(FILES);
        files.put("/404.html", NOT_FOUND);
        Outcome outcome = answer(SiteWriter.site(files, fallback, Instant.EPOCH), "/nothing", false,
                "Accept-Encoding: gzip; Range: bytes=0-0; If-None-Match: *");
        assertEquals("404 cache-control: no-cache; vary: " + vary + "; content-type: text/x; content-encoding: gzip; content-length: 2", text(outcome));
        assertEquals("no", outcome.content().toString());
    }

    @Test
    void a_range_is_a_part_of_the_identity() {
        assertEquals("123", outcome("/", false, "Range: bytes=1-3; Accept-Encoding: gzip").content().toString());
    }

    @Test
    void an_answer_without_content_has_no_fields_of_it() {
        assertFalse(text(outcome("/", false, "If-None-Match: *")).contains("content-"));
    }

    private static Outcome outcome(String target, boolean head, String fields) {
        return outcome("", target, head, fields);
    }

    /** @param fallback empty for none */
    private static Outcome outcome(String fallback, String target, boolean head, String fields) {
        return answer(SiteWriter.site(new TreeMap<>(FILES), fallback.isEmpty() ? null : fallback, Instant.ofEpochSecond(784_111_777)), target, head, fields);
    }

    private static Outcome answer(Site site, String target, boolean head, String fields) {
        Map<String, String> named = Stream.ofNullable(fields).flatMap(line -> Stream.of(line.split("; "))).collect(Collectors.toMap(
                field -> field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT),
                field -> field.substring(field.indexOf(':') + 2).replace("ETAG", IDENTITY.etag()).replace("GZIP", GZIP.etag())));
        return Outcome.of(site, target, RequestPath.ofRequest(target), head, name -> named.get(name.toString()));
    }

    private static String text(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        outcome.fields((name, value) -> text.append(text.isEmpty() ? "" : "; ").append(name).append(": ").append(value));
        return (outcome.status().code() + " " + text).replace(IDENTITY.etag(), "ETAG").replace(GZIP.etag(), "GZIP");
    }
}
