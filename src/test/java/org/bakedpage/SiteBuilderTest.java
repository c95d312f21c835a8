package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.bakedpage.bake.SiteFolder;
import org.bakedpage.bake.SiteReport;
import org.bakedpage.bake.Warning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder of files is asked as a site. The content of each file is its path. */
class SiteBuilderTest {

    @TempDir
    Path folder;

    private SiteMemory memory;
    private SiteBuilder.Previous previous = SiteBuilder.Previous.NONE;
    private SiteReport report;

    /** The precedence table of docs/redirects-and-headers.md. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /a.html                             | /a            | 200 /a.html
            /a.html                             | /a.html       | 200 /a.html
            /a.html                             | /a/           | 404
            /d/index.html                       | /d            | 308 ./d/
            /d/index.html                       | /d?q=1        | 308 ./d/?q=1
            /d/index.html                       | /d/           | 200 /d/index.html
            /d/index.html                       | /d/index.html | 200 /d/index.html
            /d/index.html /d.html               | /d            | 200 /d.html
            /d/index.html /d.html               | /d/           | 200 /d/index.html
            /a /a.html                          | /a            | 200 /a
            /a /_redirects:/a /x                | /a            | 200 /a
            /a /_redirects:/a /x 301!           | /a            | 301 /x
            /a.html /_redirects:/a /x           | /a            | 200 /a.html
            /a.html /_redirects:/a /x 301!      | /a            | 301 /x
            /d/index.html /_redirects:/d /x     | /d            | 308 ./d/
            /d/index.html /_redirects:/d /x 302!| /d            | 302 /x
            /d/index.html /_redirects:/d/* /x 302!| /d          | 302 /x
            /_redirects:/a /x                   | /a            | 301 /x
            /_redirects:/a /x                   | /a?b=c        | 301 /x?b=c
            /_redirects:/a /x?y=z 308           | /a?b=c        | 308 /x?y=z
            /_redirects:/a /x#y                 | /a?b=c        | 301 /x?b=c#y
            /_redirects:/a https://b.example/c  | /a?d          | 301 https://b.example/c?d
            /b.html /_redirects:/a /b.html 200  | /a            | 200 /b.html
            /b.html /_redirects:/a /b 200       | /a            | 200 /b.html
            /d/index.html /_redirects:/a /d/ 200| /a            | 200 /d/index.html
            /b.html /_redirects:/a /b.html 404  | /a            | 404 /b.html
            /b.html /_redirects:/a /b.html 410  | /a            | 410 /b.html
            /b.html /_redirects:/a /b.html 451  | /a            | 451 /b.html
            /_redirects:/a/* /b/:splat          | /a/c/d        | 301 /b/c/d
            /_redirects:/a/* /b/:splat          | /a            | 301 /b/
            /_redirects:/a/:x/:y /b?x=:x&y=:y   | /a/1/2        | 301 /b?x=1&y=2
            /a/c /_redirects:/a/* /b/:splat     | /a/c          | 200 /a/c
            /b/c.html /_redirects:/a/* /b/:splat 200 | /a/c.html | 200 /b/c.html
            /b/c.html /_redirects:/a/* /b/:splat 200 | /a/c     | 200 /b/c.html
            /b/c.html /_redirects:/a/* /b/:splat 200 | /a/x     | 404
            /b/c/index.html /a/c/index.html /_redirects:/a/* /b/:splat 200! | /a/c | 200 /b/c/index.html
            /index.html /_redirects:/* /index.html 200 | /x/y   | 200 /index.html
            /index.html /d/index.html /_redirects:/* /index.html 200 | /d | 308 ./d/
            /404.html                           | /x            | 404 /404.html
            /404.html /de/404.html              | /de/x/y       | 404 /de/404.html
            /404.html /de/404.html              | /de           | 404 /404.html
            /404.html /de/404.html              | /en/x         | 404 /404.html
            /de/404.html                        | /en/x         | 404
            /de/404.html                        | /de/x         | 404 /de/404.html
            /404.html /d/404.html /_redirects:/d/404.html /m 301! | /d/x | 404 /404.html
            /_redirects:/config.json /x 302     | /config.json  | 302 /x
            /index.html /_redirects:/* / 302 | /config.json | 302 /
            /404.html                           | /404          | 404 /404.html
            /404.html /_redirects:/gone/* /404 410 | /gone/x    | 410 /404.html
            /404.html /_redirects:/gone /404 410 | /gone        | 410 /404.html
            /de/404.html /_redirects:/de/gone /de/404 410 | /de/gone | 410 /de/404.html
            /404.html /_redirects:/404 /x       | /404          | 301 /x
            /_redirects:/x/* https://x.org/:splat 302 | /x/a%2Fb | 302 https://x.org/a%2Fb
            /_redirects:/x/* https://x.org/?:splat 302 | /x/a%2fb | 302 https://x.org/?a%2Fb
            /_redirects:/p/:id/:name /u/:name/:id | /p/1/bob%2Fx | 301 /u/bob%2Fx/1
            /_redirects:/p/:id /u/:id           | /p/1/x        | 404
            /_redirects:/p/:id /u/:id           | /p/%2Fevil.example | 301 /u/%2Fevil.example
            /_redirects:/go/* /:splat           | /go/%2F%2Fevil.example | 301 /%2F%2Fevil.example
            /_redirects:/x/* /:splat/y          | /x/a%2F..%2Fb | 301 /a%2F..%2Fb/y
            /u/a/b /_redirects:/x/:y /u/:y 200  | /x/a%2Fb      | 200 /u/a/b
            /a/b /a/?b                          | /a%2Fb        | 404
            /docs/                              | /docs%2F      | 404
            /de/404.html /_redirects:/de/:x /none/:x 410 | /de/a%2Fb | 404 /de/404.html
            """)
    void at_a_path_this_is_ahead_of_all_else(String files, String target, String answer) throws IOException {
        assertEquals(answer, answer(site(files, Map.of()), target, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            true  | keep | /a.html       | 308 ./a
            true  | keep | /a/           | 308 ../a
            true  | keep | /a?b          | 200 /a.html
            true  | keep | /a.html?b     | 308 ./a?b
            true  | keep | /d/index.html | 308 ./
            true  | keep | /index.html   | 308 ./
            true  | keep | /             | 200 /index.html
            true  | keep | /x/y          | 200 /index.html
            true  | keep | /r            | 200 /d/index.html
            true  | keep | /s/index.html | 200 /d/index.html
            true  | keep | /none.html    | 404 /404.html
            true  | keep | /s/\u00e9/a.html | 200 /\u00e9/a.html
            false | drop | /d/           | 308 ../d
            false | drop | /d            | 200 /d/index.html
            false | add  | /a            | 308 ./a/
            false | add  | /a/           | 200 /a.html
            """)
    void clean_urls_are_the_address_of_pages_everywhere(boolean clean, String slash, String target, String answer) throws IOException {
        Site site = site("/index.html /a.html /d/index.html /404.html /\u00e9/a.html /_redirects:/r /d/index.html 200\n/s/\u00e9/* /\u00e9/:splat 200\n/s/* /d/:splat 200\n/none.html /404.html 404",
                Map.of("site.clean-urls", Boolean.toString(clean), "site.trailing-slash", slash, "site.fallback", "index.html"));
        assertEquals(answer, answer(site, target, target.startsWith("/x") ? Map.of("accept", "text/html") : Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /d/index.html | site.trailing-slash=drop | /d/              | 301 /d/
            /d/index.html | site.trailing-slash=drop | /d/ 200          | 200 /d/index.html
            /a.html       | site.trailing-slash=add  | /a 200           | 200 /a.html
            /a.html       | site.clean-urls=true     | /a/              | 301 /a/
            /a.html       | site.clean-urls=true     | /a/ 200          | 200 /a.html
            /a.html       | site.clean-urls=true     | /a.html 410      | 410 /a.html
            /a.html       | site.environment=env     | /env             | 301 /env
            /a.html       | site.clean-urls=false    | /config.json     | 301 /config.json
            """)
    void a_rule_may_lead_to_every_address_of_a_page(String files, String setting, String rule, String answer) throws IOException {
        String[] both = setting.split("=");
        assertEquals(answer, answer(site(files + " /_redirects:/old " + rule, Map.of(both[0], both[1])), "/old", Map.of()));
        assertEquals(List.of(), report.warnings().stream().filter(warning -> warning.file().equals("_redirects")).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /index.html   | site.clean-urls=true     | / /index.html    | /
            /a.html       | site.clean-urls=true     | /a /a.html       | /a
            /a.html       | site.clean-urls=true     | /a /a/           | /a
            /a.html       | site.trailing-slash=add  | /a/ /a           | /a/
            /d/index.html | site.clean-urls=true     | /d/ /d/index.html | /d/
            /d/index.html | site.clean-urls=true     | /:a /:a/index.html | /d
            /d/index.html | site.clean-urls=false    | /d/ /d           | /d/
            /d/index.html | site.trailing-slash=drop | /d /d/           | /d
            /d/index.html | site.trailing-slash=drop | /d /d/index.html | /d
            """)
    void a_rule_against_the_address_of_a_page_has_no_end(String files, String setting, String rule, String source) {
        String[] both = setting.split("=");
        assertEquals("_redirects:1: " + source + " is redirected without end, by line 1", assertThrows(IllegalArgumentException.class,
                () -> site(files + " /_redirects:" + rule + " 301!", Map.of(both[0], both[1]))).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /app            | 308 ./app/
            /app/           | 200 /index.html
            /app/d          | 308 ./d/
            /app/a          | 200 /a.html
            /app/r          | 301 /app/a
            /app/s/x        | 302 /app/t/x
            /app/none       | 404 /404.html
            /app/de/none    | 404 /de/404.html
            /a              | 404 /404.html
            /apple          | 404 /404.html
            /r              | 404 /404.html
            """)
    void a_site_below_a_root_path_is_there_alone(String target, String answer) throws IOException {
        assertEquals(answer, answer(site("/index.html /a.html /d/index.html /404.html /de/404.html /_redirects:/r /a\n/s/* /t/:splat 302",
                Map.of("quarkus.http.root-path", "/app", "site.fallback", "/a.html")), target, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({ "/app/none, 200 /a.html", "/app/x/y, 200 /a.html", "/none, 404 /404.html", "/, 404 /404.html" })
    void so_is_its_fallback(String target, String answer) throws IOException {
        assertEquals(answer, answer(site("/index.html /a.html /404.html", Map.of("quarkus.http.root-path", "/app", "site.fallback", "/a.html")),
                target, Map.of("accept", "text/html")));
    }

    @ParameterizedTest
    @CsvSource({ "/d, 308", "/none, 404", "/r, 301", "/s/x, 302" })
    void what_is_no_page_has_a_rule_of_its_own_for_caches(String target, int status) throws IOException {
        Site site = site("/index.html /d/index.html /_redirects:/r /d/\n/s/* /t/:splat 302", Map.of("site.cache.errors", "max-age=9"));
        assertEquals(status + " max-age=9", answer(site, target, Map.of()).substring(0, 3) + " " + fields(site, target, Map.of()).get("cache-control"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /         | ''
            app       | /app
            /a/b/     | /a/b
            /a:x      | /a%3Ax
            /.a/..b   | /.a/..b
            """)
    void a_root_path_is_encoded_where_a_redirect_leads(String root, String encoded) throws IOException {
        Site site = site("/d/index.html /_redirects:/r /d\n/s/* /t/:splat 302", Map.of("quarkus.http.root-path", root));
        assertEquals("308 ./d/", answer(site, encoded + "/d", Map.of()));
        assertEquals("301 " + encoded + "/d", answer(site, encoded + "/r", Map.of()));
        assertEquals("302 " + encoded + "/t/x", answer(site, encoded + "/s/x", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text/markdown                     | 200 /a.md
            text/markdown, text/html;q=0.9    | 200 /a.md
            text/html, text/markdown;q=0.9    | 200 /a.html
            text/html                         | 200 /a.html
            */*                               | 200 /a.html
            text/markdown;q=0                 | 200 /a.html
            text/markdown;q=0.1, */*          | 200 /a.html
            text/*, text/markdown;q=0.1       | 200 /a.html
            text/markdown, */*;q=0.8          | 200 /a.md
            text/markdown;q=0.5, text/*, text/html;q=0.1 | 200 /a.md
            """)
    void markdown_beside_a_page_is_for_who_asks_for_it(String accept, String answer) throws IOException {
        Site site = site("/a.html /a.md", Map.of());
        assertEquals(answer, answer(site, "/a", Map.of("accept", accept)));
        assertEquals("accept", fields(site, "/a", Map.of("accept", accept)).get("vary"));
        assertEquals(null, fields(site, "/a.md", Map.of("accept", accept)).get("vary"));
    }

    @Test
    void fields_by_path_are_those_of_the_page() throws IOException {
        Site site = site("/a.html /b.html /404.html /_headers:/a\n  X: 1\n  Cache-Control: max-age=5\n  Vary: Origin\n/b\n  ! Referrer-Policy\n"
                + "/404.html\n  Y: 2", Map.of());
        Map<String, String> a = fields(site, "/a.html", Map.of());
        assertEquals("1 max-age=5 Origin", a.get("x") + " " + a.get("cache-control") + " " + a.get("vary"));
        assertEquals(a, fields(site, "/a", Map.of()));
        assertEquals("-", fields(site, "/b", Map.of()).get("referrer-policy"));
        Map<String, String> notFound = fields(site, "/none", Map.of());
        assertEquals("2 no-cache", notFound.get("y") + " " + notFound.get("cache-control"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /movies/:title | :title                           | /movies/avatar | avatar
            /movies/*      | :splat                           | /movies/avatar | avatar
            /*             | <https://example.com/:splat>     | /              | <https://example.com/>
            /*             | <https://example.com/:splat>     | /d/            | <https://example.com/d/>
            /*             | <https://example.com/:splat>     | /movies/avatar | <https://example.com/movies/avatar>
            /*.html        | :splat                           | /movies/avatar | movies/avatar
            /404           | error                            | /none          | error
            /404.html      | error                            | /none          | error
            """)
    void placeholders_in_fields_are_of_the_url_of_a_page(String path, String value, String target, String sent)
            throws IOException {
        for (String clean : List.of("false", "true")) {
            Site site = site("/index.html /d/index.html /movies/avatar.html /404.html /_headers:" + path + "\n  X: " + value,
                    Map.of("site.clean-urls", clean));
            assertEquals(sent, fields(site, target, Map.of()).get("x"));
            assertEquals(List.of(), report.warnings().stream().filter(warning -> warning.file().equals("_headers")).toList());
        }
    }

    /** Unity's: with nothing beside them that could be compressed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /Build/a.framework.js.br | br   | text/javascript;charset=utf-8
            /Build/a.0a1b2c3d.wasm.gz | gzip | application/wasm
            /Build/a.data.br         | br   | application/octet-stream
            /Build/a.symbols.json.br | br   | application/json;charset=utf-8
            /Build/a.css.zst         | zstd | text/css;charset=utf-8
            """)
    void what_is_compressed_already_is_sent_as_a_rule_says(String file, String coding, String contentType) throws IOException {
        Site site = site("/index.html " + file + " /_headers:" + file + "\n  Content-Encoding: " + coding, Map.of());
        Map<String, String> fields = fields(site, file, Map.of());
        assertEquals(coding + " " + contentType + " null", fields.get("content-encoding") + " " + fields.get("content-type")
                + " " + fields.get("vary"));
        assertEquals("200 " + file, answer(site, file, Map.of("accept-encoding", "identity, *;q=0")));
        assertEquals("206 " + file.substring(1, 3), answer(site, file, Map.of("range", "bytes=1-2")));
        assertEquals(coding, fields(site, file, Map.of("range", "bytes=1-2")).get("content-encoding"));
        Map<String, String> unmodified = fields(site, file, Map.of("if-none-match", fields.get("etag")));
        assertEquals(fields.get("etag") + " null", unmodified.get("etag") + " " + unmodified.get("content-encoding"));
        assertEquals(List.of(), report.warnings().stream().filter(warning -> warning.file().startsWith("/Build")).toList());
        assertEquals(file.contains("0a1b2c3d"), fields.get("cache-control").contains("immutable"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /a.js.br     | 1
            /a.wasm.gz   | 1
            /a.css.zst   | 1
            /a.csv.gz    | 0
            /a.tar.gz    | 0
            /a.gz        | 0
            """)
    void what_is_compressed_and_not_said_to_be_is_told(String file, int warnings) throws IOException {
        site("/index.html " + file, Map.of());
        assertEquals(warnings, report.warnings().stream().map(Warning::text).filter(text -> text.contains("its Content-Encoding"))
                .count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <script src=a.js.br></script>        | script /a.js.br has the media type application/octet-stream
            <script src=a.ts></script>           | script /a.ts has the media type video/mp2t
            <link rel=stylesheet href=a.txt>     | stylesheet /a.txt has the media type text/plain;charset=utf-8
            <script src=b.js></script><link rel=stylesheet href=b.css> | ``
            """)
    void what_browsers_refuse_by_its_media_type_is_told(String html, String told) throws IOException {
        Baked.files(folder, "/a.js.br /a.ts /a.txt /b.js /b.css");
        site("/index.html:<!doctype html><meta charset=utf-8><title>a</title>" + html, Map.of());
        assertEquals(told, report.warnings().stream().map(Warning::text).filter(text -> text.contains("browsers refuse"))
                .map(text -> text.substring(0, text.indexOf(": browsers refuse"))).collect(Collectors.joining("; ")));
    }

    @Test
    void an_inline_script_is_allowed_by_its_hash() throws IOException {
        Files.writeString(Files.createDirectories(folder).resolve("i.html"), "<!doctype html><script>alert(1)</script>");
        Site site = site("/a.html", Map.of("quarkus.http.header.\"Content-Security-Policy\".value", "default-src 'self'"));
        assertEquals(null, fields(site, "/a", Map.of()).get("content-security-policy"));
        assertEquals("default-src 'self'; script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='",
                fields(site, "/i", Map.of()).get("content-security-policy"));
    }

    /** What is told of the page is told by the policy that it is sent with. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Content-Security-Policy: script-src 'unsafe-inline' *          | script-src 'unsafe-inline' * | 0
            ! Content-Security-Policy                                      | -                            | 0
            Content-Security-Policy: script-src 'none'                     | script-src 'none'            | 2
            X: 1                                                           |                              | 1
            """)
    void a_policy_of_headers_is_ahead_of_that_of_all(String field, String sent, int blocked) throws IOException {
        Files.writeString(Files.createDirectories(folder).resolve("i.html"),
                "<!doctype html><meta charset=utf-8><title>i</title><script>alert(1)</script><script src=https://cdn.example/a.js></script>");
        Baked.files(folder, "/_headers:/*\n  " + field);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SiteReport report = Baked.write(folder, Map.of("quarkus.http.header.\"Content-Security-Policy\".value", "default-src 'self'"),
                SiteBuilder.Previous.NONE, Channels.newChannel(out));
        assertEquals(blocked, report.warnings().stream().filter(warning -> warning.text().contains("is blocked")).count(), report.warnings()::toString);
        if (sent != null) {
            assertEquals(sent, report.files().get(0).fields().get("Content-Security-Policy").replaceFirst("^$", "-"));
        }
    }

    @Test
    void a_compressed_svg_image_is_sent_as_one_that_may_be_compressed() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Files.createDirectories(folder).resolve("a.svgz")))) {
            out.write("<svg/>".getBytes(UTF_8));
        }
        Site site = site("/b.svgz", Map.of());
        assertEquals("200 <svg/>", answer(site, "/a.svgz", Map.of()));
        assertEquals("image/svg+xml;charset=utf-8", fields(site, "/a.svgz", Map.of()).get("content-type"));
        assertEquals("200 /b.svgz", answer(site, "/b.svgz", Map.of()));
    }

    /** By whichever of the threads that read the files. */
    @Test
    void what_cannot_be_read_is_told_in_a_line() throws IOException {
        for (int i = 0; i < 64; i++) {
            Files.write(Files.createDirectories(folder).resolve(i + ".svgz"), new byte[] { 0x1f, (byte) 0x8b });
        }
        String told = assertThrows(IllegalArgumentException.class, () -> site("/a.css", Map.of())).getMessage();
        assertTrue(told.matches("/[0-9]+\\.svgz: is no whole gzip"), told);
    }

    @Test
    void settings_of_the_start_are_a_page() throws IOException {
        Site none = site("/index.html", Map.of());
        assertEquals("404", answer(none, "/config.json", Map.of()));
        Site site = new Site(memory, Map.of("SITE_ENV_API", "https://a\"\\\n\u00e9", "SITE_ENV_", "x", "HOME", "/", "SITE_ENV_B", ""));
        assertEquals("200 {\"API\":\"https://a\\\"\\\\\\u000a\u00e9\",\"B\":\"\"}\n", answer(site, "/config.json", Map.of()));
        assertEquals("no-cache", fields(site, "/config.json", Map.of()).get("cache-control"));
        site("/config.json", Map.of("site.environment", "env.json"));
        Site named = new Site(memory, Map.of("SITE_ENV_API", "x"));
        assertEquals("200 /config.json", answer(named, "/config.json", Map.of()));
        assertEquals("200 {\"API\":\"x\"}\n", answer(named, "/env.json", Map.of()));
        String etag = fields(named, "/env.json", Map.of()).get("etag");
        assertNotEquals(etag, fields(new Site(memory, Map.of("SITE_ENV_API", "y")), "/env.json", Map.of()).get("etag"));
        assertEquals("304", answer(named, "/env.json", Map.of("if-none-match", etag)).substring(0, 3));
        site("/config.json", Map.of());
        assertEquals("200 {\"API\":\"x\"}\n", answer(new Site(memory, Map.of("SITE_ENV_API", "x")), "/config.json", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /a.html | site.fallback=b.html        | site.fallback=b.html names no page
            /a.html | quarkus.http.root-path=//app | quarkus.http.root-path=//app is no plain path
            /a.html | quarkus.http.root-path=//   | quarkus.http.root-path=// is no plain path
            /a.html | quarkus.http.root-path=/app// | quarkus.http.root-path=/app// is no plain path
            /a.html | quarkus.http.root-path=app//b | quarkus.http.root-path=app//b is no plain path
            /a.html | quarkus.http.root-path=/a%20b | quarkus.http.root-path=/a%20b is no plain path
            /a.html | quarkus.http.root-path=/app/../x | quarkus.http.root-path=/app/../x is no plain path
            /a.html | quarkus.http.root-path=/app/. | quarkus.http.root-path=/app/. is no plain path
            /a.html | quarkus.http.root-path=..   | quarkus.http.root-path=.. is no plain path
            /a.html | quarkus.http.root-path=/app?x | quarkus.http.root-path=/app?x is no plain path
            /a.html | quarkus.http.root-path=/app#x | quarkus.http.root-path=/app#x is no plain path
            /a.html | quarkus.http.root-path=/\u00e4 | quarkus.http.root-path=/\u00e4 is no plain path
            /a.html | quarkus.http.root-path=/a b | quarkus.http.root-path=/a b is no plain path
            /a.html | quarkus.http.root-path=/app/* | quarkus.http.root-path=/app/* is no plain path
            /env.html | site.environment=/env     | site.environment=/env is an address of a page
            /env/index.html | site.environment=env | site.environment=env is an address of a page
            /env/index.html | site.environment=/env/ | site.environment=/env/ is an address of a page
            /index.html | site.environment=/      | site.environment=/ is an address of a page
            /a.html | site.environment=/          | site.environment=/ is an address of a page
            /a.html /_redirects:/x /y /z | a=b    | _redirects:1:
            /a.html /_headers:x: y | a=b          | _headers:1:
            /a.html /A.html /index.html | site.check=fail | /a.html: differs from /A.html
            /a.html | site.check=fail             | /: nothing answers here
            /.hidden | site.check=fail            | /: there is no page at all
            /A.html /b.html:<a href=a.html> | site.check-links=fail | /b.html:1: link /a.html leads nowhere: there is /A.html (
            /A.html /b.html:<a href=a>      | site.check-links=fail | /b.html:1: link /a leads nowhere: there is /A (
            /index.html /q/health | site.check=fail | /q/health: is not served
            /a.html | quarkus.http.non-application-root-path=/\u00e4 | nothing answers at /, which probes ask
            /index.html /a.css:p{background:url(no.png)} | site.check=fail | /a.css:1: image /no.png leads nowhere
            """)
    void what_is_wrong_is_told_in_one_line(String files, String setting, String begin) {
        String[] both = setting.split("=");
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> site(files, Map.of(both[0], both[1])));
        assertEquals(begin, e.getMessage().substring(0, Math.min(begin.length(), e.getMessage().length())));
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void immutable_files_of_the_release_before_stay_for_one_release() throws IOException {
        previous = new SiteBuilder.Previous(site("/index.html /assets/index-DiwrgTda.js /assets/same-BZx_k-3d.js /old.txt", Map.of()), null);
        for (String gone : List.of("assets/index-DiwrgTda.js", "old.txt")) {
            Files.delete(folder.resolve(gone));
        }
        Site second = site("/index.html /assets/index-DTfJq9_x.js", Map.of("quarkus.http.root-path", "/app"));
        assertEquals("200 /assets/index-DiwrgTda.js", answer(second, "/app/assets/index-DiwrgTda.js", Map.of()));
        assertEquals("404", answer(second, "/app/old.txt", Map.of()));
        Files.delete(folder.resolve("assets/index-DTfJq9_x.js"));
        previous = new SiteBuilder.Previous(second, null);
        Site third = site("/index.html", Map.of());
        assertEquals("200 /assets/index-DTfJq9_x.js", answer(third, "/assets/index-DTfJq9_x.js", Map.of()));
        assertEquals("200 /assets/same-BZx_k-3d.js", answer(third, "/assets/same-BZx_k-3d.js", Map.of()));
        assertEquals("404", answer(third, "/assets/index-DiwrgTda.js", Map.of()));
    }

    /** What else was wrong with it, its rules and links, is no matter any more. */
    @Test
    void the_release_before_may_be_a_folder() throws IOException {
        Path before = folder.resolve("before");
        Baked.files(before, "/assets/index-DiwrgTda.js /same.txt /_redirects:nonsense");
        previous = new SiteBuilder.Previous(null, SiteFolder.of(before, List.of()));
        Path now = Files.createDirectory(folder.resolve("now"));
        Baked.files(now, "/index.html");
        Site site = site(now, Map.of("site.check", "fail"));
        assertEquals("200 /assets/index-DiwrgTda.js", answer(site, "/assets/index-DiwrgTda.js", Map.of()));
        assertEquals("404", answer(site, "/same.txt", Map.of()));
    }

    /** By the name, or by a rule that says so; never by a value that another rule has as well. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            public, max-age=3600 |                                                       | 404 404 200 404
            no-cache             |                                                       | 404 404 200 404
            no-cache             | /static/*\\n  Cache-Control: max-age=9, Immutable\\n | 404 404 200 200
            """)
    void of_the_release_before_stays_what_never_changes(String hashed, String headers, String answers) throws IOException {
        Path before = folder.resolve("before");
        Baked.files(before, "/old.html /old.pdf /assets/index-DiwrgTda.js /static/a.js");
        previous = new SiteBuilder.Previous(null, SiteFolder.of(before, List.of()));
        Path now = Files.createDirectory(folder.resolve("now"));
        Baked.files(now, "/index.html");
        Files.writeString(now.resolve("_headers"), headers == null ? "" : headers.translateEscapes());
        Site site = site(now, Map.of("site.cache.hashed", hashed));
        assertEquals(answers, Stream.of("/old.html", "/old.pdf", "/assets/index-DiwrgTda.js", "/static/a.js")
                .map(path -> answer(site, path, Map.of()).substring(0, 3)).collect(Collectors.joining(" ")));
    }

    @Test
    void at_the_root_a_rule_is_ahead_of_the_fallback() throws IOException {
        Site site = site("/200.html /_redirects:/* https://b.example/:splat", Map.of("site.fallback", "200.html"));
        assertEquals("301 https://b.example/", answer(site, "/", Map.of()));
    }

    /** What other code answers leads somewhere. */
    @Test
    void links_to_routes_are_not_told() throws IOException {
        Files.writeString(folder.resolve("index.html"), "<!doctype html><meta charset=utf-8><title>a</title><form action=/api/a></form><a href=/q/health>a</a>"
                + "<a href=/other>b</a>");
        site(folder, Map.of("site.routes", "/api/*,/x"));
        assertEquals(List.of("/index.html:1: link /other leads nowhere"), report.warnings().stream().map(Warning::toString).toList());
    }

    /** Where probes ask if there are no endpoints; the site is refused then. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /a.html                       |            | false
            /Index.html                   |            | false
            /index.html                   |            | true
            /a.html                       | /a.html    | true
            /a.html /_redirects:/ /a 302  |            | true
            /a.html /_redirects:/* /a 302 |            | true
            /a.html /_redirects:/b /a 302 |            | false
            /a.html /_redirects:/ /a 200  |            | true
            /a.html /_redirects:/ /a 410  |            | false
            /index.html /_redirects:/ /index.html 410! | | false
            """)
    void a_site_has_an_answer_at_its_root(String files, String fallback, boolean answered) throws IOException {
        Baked.files(folder, files);
        assertEquals(answered, Baked.builder(folder, fallback == null ? Map.of() : Map.of("site.fallback", fallback), previous).hasStart());
    }

    @Test
    void what_was_baked_is_told() throws IOException {
        site("/a.html /.env /b.txt /_redirects:/x /nowhere", Map.of());
        assertEquals("/a.html /b.txt", report.files().stream().map(file -> file.path()).collect(Collectors.joining(" ")));
        assertEquals("/.env /_redirects", report.leftOut().stream().map(file -> file.path()).collect(Collectors.joining(" ")));
        assertEquals(List.of("_redirects:1"), report.warnings().stream().filter(warning -> warning.line() > 0)
                .map(warning -> warning.file() + ":" + warning.line()).toList());
    }

    /** The content of the last file is a page with one relative part; each path is where it would be. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /404.html                | a=b                        |                             | /404.html /x/y/p.png
            /de/404.html             | a=b                        |                             | /de/404.html /de/x/y/p.png
            /404.html                | quarkus.http.root-path=app |                             | /404.html /app/x/y/p.png
            /404.html                | site.check-links=ignore    |                             | ``
            /a404.html               | a=b                        |                             | ``
            /index.html              | a=b                        |                             | ``
            /index.html              | site.fallback=index.html   |                             | /index.html /x/y/p.png
            /d/a.html                | site.fallback=d/a.html     |                             | /d/a.html /x/y/p.png
            /404.html                | site.fallback=404.html     | /* /404.html 404            | /404.html /x/y/p.png
            /index.html              | a=b                        | /* /index.html 200          | /index.html /x/y/p.png
            /index.html              | a=b                        | /app/* / 200                | /index.html /app/x/y/p.png
            /index.html              | a=b                        | /:l/* / 200                 | /index.html /:l/x/y/p.png
            /u.html                  | a=b                        | /u/:id /u 200               | /u.html /u/p.png
            /u/index.html            | a=b                        | /u/:id /u/ 200              | ``
            /u/index.html            | a=b                        | /u/:id /u/ 200~/u/* /u/ 200 | /u/index.html /u/x/y/p.png
            /u/index.html            | a=b                        | /v/* /u/:splat 200          | ``
            /index.html              | a=b                        | /v/* / 302                  | ``
            """)
    void a_page_that_answers_at_many_paths_has_no_relative_parts(String file, String setting, String rules, String told)
            throws IOException {
        Baked.files(folder, "/p.png /d/p.png /u/p.png /de/p.png");
        if (rules != null) {
            Baked.files(folder, "/_redirects:" + rules.replace('~', '\n'));
        }
        String[] both = setting.split("=");
        site(file + ":<!doctype html><meta charset=utf-8><title>a</title><img src=p.png>", Map.of(both[0], both[1]));
        assertEquals(told, report.warnings().stream().filter(warning -> warning.text().contains("relative"))
                .map(warning -> warning.file() + " " + warning.text().replaceAll(".* it is (.*): write .*", "$1"))
                .collect(Collectors.joining("; ")));
    }

    private Site site(String files, Map<String, String> settings) throws IOException {
        Baked.files(folder, files);
        return site(folder, settings);
    }

    private Site site(Path folder, Map<String, String> settings) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        report = Baked.write(folder, settings, previous, Channels.newChannel(out));
        memory = SiteMemory.of(ByteBuffer.allocateDirect(out.size()).put(out.toByteArray()).flip());
        return new Site(memory);
    }

    /** Its status, and its content or where it leads to. */
    private static String answer(Site site, String target, Map<String, String> request) {
        Outcome outcome = outcome(site, target, request);
        String content = outcome.representation() == null ? "" : new String(outcome.content().getBytes(), UTF_8);
        return (outcome.status().code() + " " + (outcome.location() == null ? content : outcome.location())).stripTrailing()
                + (content.endsWith("\n") ? "\n" : "");
    }

    private static Outcome outcome(Site site, String target, Map<String, String> request) {
        String sent = new String(target.getBytes(UTF_8), ISO_8859_1);
        return Outcome.of(site, sent, RequestPath.ofRequest(sent), false, name -> request.get(name.toString().toLowerCase(Locale.ROOT)));
    }

    private static Map<String, String> fields(Site site, String target, Map<String, String> request) {
        Map<String, String> fields = new HashMap<>();
        outcome(site, target, request).fields((name, value) -> fields.put(name.toString().toLowerCase(Locale.ROOT), value == null ? "-" : value.toString()));
        return fields;
    }
}
