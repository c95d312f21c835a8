package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {

    private static final List<List<String>> PAGES = List.of(List.of("/", "/index.html"), List.of("/secure/page", "/secure/page.html"),
            List.of("/static/styles.css"), List.of("/a.jpg"), List.of("/movies/up", "/movies/up.html"), List.of("/docs/", "/docs/index.html"),
            List.of("/caf\u00e9.html"), List.of("/movies/a\r\nb/c.txt", "/odd"));

    static HeaderRules read(String text) {
        return HeaderRules.of(text.getBytes(UTF_8), PAGES);
    }

    private static String lines(String text) {
        return text.replace(';', '\n').replace('~', ';').replace('^', '\r');
    }

    static String fields(HeaderRules rules, String path) {
        List<String> paths = PAGES.stream().filter(page -> page.contains(path)).findFirst().orElse(List.of(path));
        return rules.fieldsOf(paths).stream().map(field -> field.value() == null ? "! " + field.name() : field.name() + ": " + field.value())
                .collect(Collectors.joining(" | "));
    }

    /** In a file, ';' is a line end here, '~' a semicolon, '^' a CR. */
    @ParameterizedTest
    @CsvSource(delimiter = '\u00a6', textBlock = """
            /secure/page; X-Frame-Options: DENY; Referrer-Policy: no-referrer \u00a6 /secure/page \u00a6 X-Frame-Options: DENY | Referrer-Policy: no-referrer
            /secure/page; A: b                   \u00a6 /secure/page.html \u00a6 A: b
            /secure/page.html; A: b              \u00a6 /secure/page      \u00a6 A: b
            /secure/page; A: b                   \u00a6 /                 \u00a6 ''
            /; A: b                              \u00a6 /                 \u00a6 A: b
            /*; A: b                             \u00a6 /                 \u00a6 A: b
            /*; A: b                             \u00a6 /docs/            \u00a6 A: b
            /docs; A: b                          \u00a6 /docs/            \u00a6 A: b
            /docs/*; A: b                        \u00a6 /docs/            \u00a6 A: b
            /*.jpg; A: b                         \u00a6 /a.jpg            \u00a6 A: b
            /*.jpg; A: b                         \u00a6 /static/styles.css \u00a6 ''
            /*/page; A: b                        \u00a6 /secure/page      \u00a6 A: b
            /*; A: b;/static/*; A: c             \u00a6 /static/styles.css \u00a6 A: b, c
            /*; A: b; a: c                       \u00a6 /                 \u00a6 A: b, c
            /*; A: b;/static/*; a: c;/static/styles.css; A: d \u00a6 /static/styles.css \u00a6 A: b, c, d
            /static/*; Access-Control-Allow-Origin: *; X-Robots-Tag: nosnippet;/*; X-Robots-Tag: noindex \u00a6 /static/styles.css \u00a6 Access-Control-Allow-Origin: * | X-Robots-Tag: nosnippet, noindex
            /*; Content-Security-Policy: default-src 'self'~;/*.jpg; ! Content-Security-Policy \u00a6 /a.jpg \u00a6 ! Content-Security-Policy
            /*; Content-Security-Policy: default-src 'self'~;/*.jpg; ! Content-Security-Policy \u00a6 / \u00a6 Content-Security-Policy: default-src 'self';
            /*; A: b;/*.jpg; ! a; A: c           \u00a6 /a.jpg            \u00a6 a: c
            /*; A: b;/*.jpg; A: c; ! A           \u00a6 /a.jpg            \u00a6 A: c
            /*; ! Cache-Control                  \u00a6 /                 \u00a6 ! Cache-Control
            /*; !\tCache-Control                 \u00a6 /                 \u00a6 ! Cache-Control
            /*; Set-Cookie: a=b;/*; Set-Cookie: c=d \u00a6 /              \u00a6 Set-Cookie: a=b | Set-Cookie: c=d
            /movies/:title; x-movie-name: You are watching ":title" \u00a6 /movies/up \u00a6 x-movie-name: You are watching "up"
            /movies/*; x-name: :splat, :other    \u00a6 /movies/up        \u00a6 x-name: up, :other
            /movies/*; x-name: :splat            \u00a6 /odd             \u00a6 x-name: a%0D%0Ab/c.txt
            /caf%C3%A9*; A: b                    \u00a6 /caf\u00e9.html   \u00a6 A: b
            /caf\u00e9.html; A: b                \u00a6 /caf\u00e9.html   \u00a6 A: b
            /*; Link: <https://a.example/:x>~ rel="canonical" \u00a6 /    \u00a6 Link: <https://a.example/:x>; rel="canonical"
            /*; Vary: Cookie                     \u00a6 /                 \u00a6 Vary: Cookie
            /*; Content-Type: text/html~ charset=iso-8859-1 \u00a6 /      \u00a6 Content-Type: text/html; charset=iso-8859-1
            /*; X-Frame-Options: DENY;/; x-frame-options: DENY \u00a6 /   \u00a6 X-Frame-Options: DENY
            /*; A:b:c                            \u00a6 /                 \u00a6 A: b:c
            /*; A: b # no comment                \u00a6 /                 \u00a6 A: b # no comment
            /* # all;# none;  # none;; A: b;     \u00a6 /                 \u00a6 A: b
            /*;A: b                              \u00a6 /                 \u00a6 A: b
            /*; A: b\tc                          \u00a6 /                 \u00a6 A: b\tc
            \ufeff/*; A: b                       \u00a6 /                 \u00a6 A: b
            /*^; A: b^;                          \u00a6 /                 \u00a6 A: b
            ''                                   \u00a6 /                 \u00a6 ''
            """)
    void a_page_has_the_fields_of_all_rules_for_it(String text, String path, String fields) {
        assertEquals(fields, fields(read(lines(text)), path));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '\u00a6', textBlock = """
            A: b                         \u00a6 1: a field without a path ahead of it; a path begins with a slash
            *.html; A: b                 \u00a6 1: a field without a path ahead of it; a path begins with a slash
            ! A                          \u00a6 1: a field without a path ahead of it; a path begins with a slash
            https://a.example/*; A: b    \u00a6 1: https://a.example/* is of one domain
            https://:p.pages.dev/*; A: b \u00a6 1: https://:p.pages.dev/* is of one domain
            //a.example/*; A: b          \u00a6 1: //a.example/* is of one domain
            /*/*; A: b                   \u00a6 1: /*/* has more than one asterisk
            /*/:a; A: b                  \u00a6 1: /*/:a has a placeholder behind its asterisk
            /a /b; A: b                  \u00a6 1: one path in a line, then its fields
            /a A: b                      \u00a6 1: one path in a line, then its fields
            /a?b; A: b                   \u00a6 1: /a?b has a query
            /a; A                        \u00a6 2: neither a path, nor 'Name: value', nor '! Name'
            /a; A:                       \u00a6 2: A has no value; '! A' takes it away
            /a; : b                      \u00a6 2: '' is no name of a field, RFC 9110 section 5.1
            /a; A b: c                   \u00a6 2: 'A b' is no name of a field, RFC 9110 section 5.1
            /a; ! A: b                   \u00a6 2: '! Name' takes a field away, and has no value
            /a; !A: b                    \u00a6 2: '! Name' takes a field away, and has no value
            /a; A(b): c                  \u00a6 2: 'A(b)' is no name of a field, RFC 9110 section 5.1
            /a; \u00e4: c                \u00a6 2: '\u00e4' is no name of a field, RFC 9110 section 5.1
            /a; A: \u00e4                \u00a6 2: A has a character that is not ASCII, RFC 9110 section 5.5
            /a; A: b\0c                  \u00a6 2: a control character
            /a; A: b^B: c               \u00a6 2: a control character
            /a; A: b\u007f               \u00a6 2: a control character
            /a;; Content-Length: 1       \u00a6 3: Content-Length: the server gives it, by what it sends
            /a; content-encoding: deflate \u00a6 2: content-encoding: the server gives it, by what it sends; a rule gives it
            /a; ! Content-Encoding       \u00a6 2: Content-Encoding: the server gives it, by what it sends; a rule gives it
            /a.jpg; Content-Encoding: br \u00a6 2: Content-Encoding: br is for files whose name says so, as .br, .gz or .zst for
            /a; Content-Range: x         \u00a6 2: Content-Range: the server gives it, by what it sends
            /a; Accept-Ranges: none      \u00a6 2: Accept-Ranges: the server gives it, by what it sends
            /a; Transfer-Encoding: chunked \u00a6 2: Transfer-Encoding: it is of one connection, not of a page
            /a; Connection: close        \u00a6 2: Connection: it is of one connection, not of a page
            /a; Keep-Alive: timeout=5    \u00a6 2: Keep-Alive: it is of one connection, not of a page
            /a; Upgrade: h2c             \u00a6 2: Upgrade: it is of one connection, not of a page
            /a; Trailer: X               \u00a6 2: Trailer: it is of one connection, not of a page
            /a; Date: now                \u00a6 2: Date: the server gives it, at the time of the response
            /a; ! Date                   \u00a6 2: Date: the server gives it, at the time of the response
            /a; Age: 5                   \u00a6 2: Age: it is of a cache
            /a; ETag: "x"                \u00a6 2: ETag: the server makes it of the content
            /a; ! ETag                   \u00a6 2: ETag: the server makes it of the content
            /a; Last-Modified: now       \u00a6 2: Last-Modified: the server makes it of the content
            /a; Location: /b             \u00a6 2: Location: it is of a redirect: see _redirects
            /a; Status: 404              \u00a6 2: Status: it is no field: see _redirects
            /a; Allow: GET               \u00a6 2: Allow: it is of the server's methods
            /a; Basic-Auth: a:b          \u00a6 2: Basic-Auth: this server knows no passwords: let the ingress ask for them
            /a; WWW-Authenticate: Basic  \u00a6 2: WWW-Authenticate: this server knows no passwords: let the ingress ask for them
            /a; ! Vary                   \u00a6 2: Vary cannot be taken away: caches and browsers would mistake the page
            /a; ! Content-Type           \u00a6 2: Content-Type cannot be taken away: caches and browsers would mistake the page
            /a; Content-Type: html       \u00a6 2: 'html' is no media type, RFC 9110 section 8.3.1
            /a; Cache-Control: max-age=abc \u00a6 2: Cache-Control=max-age=abc is no Cache-Control, RFC 9111 section 5.2
            /a; Content-Type: text/html, text/plain \u00a6 2: 'text/html, text/plain' is no media type, RFC 9110 section 8.3.1
            """)
    void what_cannot_be_sent_is_refused_with_file_line_and_reason(String text, String reason) {
        String error = assertThrows(IllegalArgumentException.class, () -> read(lines(text))).getMessage();
        assertTrue(error.startsWith("_headers:" + reason) && error.lines().count() == 1, error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '\u00a6', textBlock = """
            /a; A: b                     \u00a6 1: /a is the path of no page
            /*; A: b;/*.png;A: b         \u00a6 3: /*.png is the path of no page
            /*;/*.jpg;A: b               \u00a6 1: /* has no fields
            /*; X-Frame-Options: DENY;/docs/*; X-Frame-Options: SAMEORIGIN \u00a6 4: X-Frame-Options has another value by an earlier line, both are sent: '! X-Frame-Options' in this rule takes that of earlier rules away
            /*; Cache-Control: no-cache;/static/*; Cache-Control: max-age=9 \u00a6 4: Cache-Control has another value by an earlier line, both are sent: '! Cache-Control' in this rule takes that of earlier rules away
            /*; Cache-Control: no-cache;/static/*; ! Cache-Control; Cache-Control: max-age=9 \u00a6 ''
            /*; X-Frame-Options: DENY;/docs/*; X-Frame-Options: DENY \u00a6 ''
            /*; Cache-Control: max-age=0; Cache-Control: must-revalidate \u00a6 ''
            /*; X-Frame-Options: DENY; X-Frame-Options: SAMEORIGIN \u00a6 3: X-Frame-Options has another value by an earlier line, both are sent: '! X-Frame-Options' in this rule takes that of earlier rules away
            /*; Link: a;/docs/*; Link: b \u00a6 ''
            """)
    void what_is_doubtful_is_told(String text, String warning) {
        assertEquals(warning, read(lines(text)).warnings().stream().map(told -> told.line() + ": " + told.text()).collect(Collectors.joining("\n")));
    }

    @Test
    void all_lines_that_are_refused_are_told_at_once() {
        assertEquals("""
                _headers:1: a field without a path ahead of it; a path begins with a slash
                _headers:3: /a?b has a query: rules are for paths, whatever the query is
                _headers:5: A has no value; '! A' takes it away
                _headers:7: a control character""", assertThrows(IllegalArgumentException.class,
                () -> read(lines("A: b;A: c;/a?b;A: b;A:;/*;A: b\0;A: b"))).getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = { 100, 101 })
    void there_are_a_hundred_rules(int rules) {
        String text = IntStream.range(0, rules).mapToObj(i -> "/" + i + "/*\n  A: b\n").collect(Collectors.joining());
        assertEquals(rules, rules > HeaderRules.MAX_RULES
                ? assertThrows(IllegalArgumentException.class, () -> read(text)).getMessage().equals("_headers:201: more than 100 rules") ? rules : 0
                : read(text).warnings().size());
    }

    @Test
    void a_line_has_two_thousand_characters() {
        String value = "a".repeat(HeaderRules.MAX_LINE - 3);
        assertEquals("A: " + value, fields(read("/*\n  A: " + value), "/"));
        assertEquals("_headers:2: a line may have 2000 characters, this has 2001",
                assertThrows(IllegalArgumentException.class, () -> read("/*\n  A: a" + value)).getMessage());
    }

    @Test
    void a_hundred_rules_for_three_thousand_pages_are_read_in_time() {
        String text = IntStream.range(0, 100).mapToObj(i -> "/" + i + "/:a/*\n  A: :a\n").collect(Collectors.joining());
        List<List<String>> pages = IntStream.range(0, 3_000).mapToObj(i -> List.of("/" + i % 100 + "/b/" + i + ".html", "/" + i % 100 + "/b/" + i)).toList();
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertEquals(List.of(), HeaderRules.of(text.getBytes(UTF_8), pages).warnings()));
    }
}
