package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlPageTest {

    static HtmlPage page(String html) {
        return HtmlPage.of("docs/a.html", "/docs/a.html", "/docs/a.html", "text/html", html.getBytes(UTF_8));
    }

    private static List<Inline> inlines(String html, Inline.Type type) {
        return page(html).inlines().stream().filter(inline -> inline.type() == type).toList();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = { "<script>a</script>", "<script type>a</script>", "<script type=''>a</script>",
            "<script type=module>a</script>", "<script type=MODULE>a</script>", "<script type=' text/JavaScript '>a</script>",
            "<script type=application/x-ecmascript>a</script>", "<script type=text/javascript1.5>a</script>",
            "<script language=JavaScript>a</script>", "<script type=importmap>a</script>", "<script type=speculationrules>a</script>",
            "<svg><script>a</script></svg>", "<svg><script>&#97;</script></svg>", "<svg><script><![CDATA[a]]></script></svg>",
            "<template><script>a</script></template>", "<table><tr><script>a</script></table>",
            "<iframe srcdoc='<script>a</script>'></iframe>", "<select><script>a</script></select>" })
    void a_script_that_runs_is_found(String html) {
        assertEquals(List.of("a"), inlines(html, Inline.Type.SCRIPT).stream().map(Inline::text).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = { "<script src=/a.js>a</script>", "<script></script>", "<script type=application/json>{}</script>",
            "<script type=application/ld+json>{}</script>", "<script type=text/template>a</script>", "<script type=' '>a</script>",
            "<script type='text/javascript;charset=utf-8'>a</script>", "<script language=vbscript>a</script>",
            "<noscript><script>a</script></noscript>", "<!-- <script>a</script> -->", "<textarea><script>a</script></textarea>",
            "<title><script>a</script></title>", "<xmp><script>a</script></xmp>", "<svg><script href=/a.js></script></svg>" })
    void data_and_files_are_no_inline_scripts(String html) {
        assertEquals(List.of(), inlines(html, Inline.Type.SCRIPT));
    }

    /** The first is the example of Content-Security-Policy Level 3; that Chromium runs each of them was tried. */
    @ParameterizedTest
    @CsvSource({ "doSomething();, sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc=",
            "'\\na\\n', sha256-bbqdgNXDrCk/GUfBRX6ol4aeu1VgRQlf+z8GsU2i9/A=", "'\\r\\na\\r', sha256-bbqdgNXDrCk/GUfBRX6ol4aeu1VgRQlf+z8GsU2i9/A=" })
    void a_hash_is_of_the_text_with_its_line_ends_as_lf(String text, String hash) {
        String script = text.replace("\\r", "\r").replace("\\n", "\n");
        assertEquals(List.of(hash), inlines("<script>" + script + "</script>", Inline.Type.SCRIPT).stream()
                .map(inline -> inline.hash(256)).toList());
    }

    @ParameterizedTest
    @CsvSource({ "HANDLER, <p~~onclick=a>", "HANDLER, ~~<svg onLoad=a>", "NAVIGATION, ~~<a href=' java\tscript:a'>",
            "NAVIGATION, ~~<form action=JavaScript:a>", "STYLE, ~~<style>a</style>", "STYLE_ATTRIBUTE, ~~<p style=a>",
            "SCRIPT, ~~<script>a</script>" })
    void what_is_inline_has_a_type_and_a_line(Inline.Type type, String html) {
        for (String lineEnd : List.of("\n", "\r\n", "\r")) {
            assertEquals(3, inlines(html.replace("~", lineEnd), type).get(0).line(), html);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "<p once>", "<p on:click=a>", "<p on-click=a>", "<p one=a>", "<p online>", "<p data-onclick=a>" })
    void other_attributes_are_no_event_handlers(String html) {
        assertEquals(List.of(), page(html).inlines());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "<a href=b.html> | PAGE /docs/b.html", "<a href='/x?y#z'> | PAGE /x", "<area href=.> | PAGE /docs/",
            "<form action=go> | FORM /docs/go", "<button formaction=/go> | FORM /go", "<script src=../a.js></script> | SCRIPT /a.js",
            "<link rel='alternate stylesheet' href=a.css> | STYLE /docs/a.css", "<link rel=modulepreload href=/a.js> | SCRIPT /a.js",
            "<link rel=preload as=font href=/a.woff2> | FONT /a.woff2", "<link rel=preload as=fetch href=/a> | CONNECTION /a",
            "<link rel='shortcut icon' href=/i> | IMAGE /i", "<link rel=manifest href=/m> | MANIFEST /m", "<link rel=canonical href=/c> | PAGE /c",
            "<link rel=preconnect href=https://a.example> | ''", "<img src=a srcset='b 1x, c 2x'> | IMAGE /docs/a IMAGE /docs/b IMAGE /docs/c",
            "<img srcset='a,b 100w,c'> | IMAGE /docs/a,b IMAGE /docs/c", "<img srcset='data:a,b 1x, d'> | IMAGE data: IMAGE /docs/d",
            "<picture><source srcset=a></picture> | IMAGE /docs/a", "<video src=a poster=b><source src=c><track src=d></video> | "
                    + "MEDIA /docs/a IMAGE /docs/b MEDIA /docs/c MEDIA /docs/d", "<iframe src=a></iframe> | FRAME /docs/a",
            "<object data=a></object><embed src=b> | OBJECT /docs/a OBJECT /docs/b", "<input type=image src=a> | IMAGE /docs/a",
            "<svg><use href='/s.svg#i'/><use xlink:href='#i'/></svg> | IMAGE /s.svg", "<meta http-equiv=refresh content='0; url=/x'> | PAGE /x",
            "<meta http-equiv=Refresh content='5;URL=\"/x\"'> | PAGE /x", "<meta http-equiv=refresh content=5> | ''",
            "<base href=/v2/><img src=a> | IMAGE /v2/a", "<base href=https://cdn.example/><img src=a> | IMAGE https:",
            "<style>@import 'a.css'; p{background:url(b)}</style> | STYLE /docs/a.css IMAGE /docs/b", "<p style='background:url(b)'> | IMAGE /docs/b",
            "<body background=a> | IMAGE /docs/a",
            "<table background=a><thead background=b><tr background=c><th background=d><tbody background=e>"
                    + "<tr><td background=f><tfoot background=g></table> | "
                    + "IMAGE /docs/a IMAGE /docs/b IMAGE /docs/c IMAGE /docs/d IMAGE /docs/e "
                    + "IMAGE /docs/f IMAGE /docs/g", "<p background=a> | ''",
            "<svg><image href=a /><image xlink:href=b /></svg> | IMAGE /docs/a IMAGE /docs/b",
            "<style>p{background:image-set('a' 1x)}</style> | IMAGE /docs/a", "<p style='background:image-set(\"a\" 1x)'> | IMAGE /docs/a",
            "<img src=''><a href> | ''", "<img src='//cdn.example/a'> | IMAGE https:", "<a href='mailto:a@b.example'> | PAGE mailto:" })
    void links_are_resolved_against_the_page(String html, String links) {
        assertEquals(links, String.join(" ", page(html).links().stream()
                .map(link -> link.kind() + " " + (link.to().isInternal() ? link.to().path() : link.to().scheme() + ":")).toList()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "/ | <link rel=stylesheet href=style.css> | style.css /x/y/style.css /style.css",
            "/ | <script src=./app.js></script> | ./app.js /x/y/app.js /app.js", "/ | <img src=../a.png> | ../a.png /x/a.png /a.png",
            "/de/ | <img src='a b.png?c#d'> | a b.png?c#d /de/x/y/a b.png /de/a b.png", "/de/ | <img src=/de/a.png> | ''",
            "/ | <img src=/a><img src=b><img src=c> | b /x/y/b /b", "/ | <link rel=icon href=i> | i /x/y/i /i",
            "/ | <p style='background:url(a)'> | a /x/y/a /a",
            "/ | <img srcset='a 1x'> | a /x/y/a /a", "/ | <a href=a><form action=b> | ''", "/ | <link rel=canonical href=a> | ''",
            "/ | <img src=https://cdn.example/a><img src=//cdn.example/a><img src=data:a><img src=\\a> | ''",
            "/ | <svg><use href='#a'/></svg> | ''",
            "/ | <base href=/><img src=a> | ''",
            "/ | <base href=https://cdn.example/><img src=a> | ''", "/ | <base href=./><img src=a> | a /x/y/a /a",
            "/ | <base href><img src=a> | a /x/y/a /a", "/ | <base href=v2/><img src=a> | a /x/y/v2/a /v2/a",
            "/ | <img src=%zz> | ''", "/ | <p> | ''" })
    void the_first_relative_part_of_a_page_that_answers_elsewhere_is_told(String folder, String html, String parts) {
        HtmlPage page = HtmlPage.of("a", folder + "404.html", folder + "404.html", "text/html", ("\n" + html).getBytes(UTF_8));
        String told = page.relativePart(folder + "x/y/").map(Warning::toString).orElse("");
        assertEquals(parts, told.replaceFirst("a:2: (.*) is relative: at " + folder + "x/y/, where this page answers too, "
                + "it is (.*): write (.*)", "$1 $2 $3"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "<!doctype html><title>a</title><meta charset=utf-8> | ''",
            "<title>a</title><meta http-equiv=Content-Type content='text/html; charset=utf-8'> | ''",
            "<meta charset=utf-8><svg><title>a</title></svg> | has no <title>", "<meta charset=utf-8><title> </title> | has no <title>",
            "<title>a</title> | has no <meta charset=\"utf-8\">: read from a disk or an archive its text may be garbled",
            "google-site-verification: google0123.html | ''" })
    void a_page_without_title_or_charset_is_told(String html, String warning) {
        assertEquals(warning, String.join(" ", page(html).warnings().stream().map(Warning::text).toList()));
    }

    @Test
    void text_that_is_not_utf_8_is_told_with_its_line() {
        String html = "<title>a</title>\n<meta charset=iso-8859-1>\ncafé";
        assertEquals(List.of(new Warning("a", 3, "is not UTF-8, but is sent as UTF-8: save it as UTF-8")),
                HtmlPage.of("a", "/a", "/a", "text/html", html.getBytes(ISO_8859_1)).warnings());
        assertEquals(List.of(), HtmlPage.of("a", "/a", "/a", "text/html", html.getBytes(UTF_8)).warnings());
        assertEquals(List.of(new Warning("a", 0, "is UTF-16LE, but is sent as UTF-8: save it as UTF-8")),
                HtmlPage.of("a", "/a", "/a", "text/html", ("\uFEFF" + html).getBytes(UTF_16LE)).warnings());
    }

    @Test
    void ids_are_what_a_fragment_can_name() {
        assertEquals(Set.of("a", "é", "b"), page("<p id=a><h1 id=é><a name=b></a><input name=c>").ids());
    }

    @Test
    void of_a_large_page_scripts_alone_are_looked_at() {
        String html = "<title>a</title>\n<SCRIPT>\na</script>\n<script src=x>b</script >\n\n<script type=module>c\n</script><script>d";
        byte[] content = Arrays.copyOf((html + "\n".repeat(3)).getBytes(UTF_8), HtmlPage.MAX_TREE + 1);
        HtmlPage page = HtmlPage.of("a", "/a", "/a", "text/html", content);
        assertEquals("a: has 16777217 bytes: of a page of more than 16 MiB scripts alone are inspected", page.warnings().get(0).toString());
        assertEquals(List.of("2 \na", "6 c\n"), page.inlines().stream().limit(2).map(inline -> inline.line() + " " + inline.text()).toList());
    }

    @Test
    void a_page_that_is_too_large_is_told_and_not_read() {
        HtmlPage page = HtmlPage.of("a", "/a", "/a", "text/html", new byte[HtmlPage.MAX_BYTES + 1]);
        assertEquals("a: has 268435457 bytes: a page of more than 256 MiB is not inspected, and its inline scripts are blocked",
                page.warnings().get(0).toString());
    }

    /** The document in an attribute has the policy of its page, and the line of its element. */
    @Test
    void what_is_in_a_srcdoc_is_looked_at() {
        HtmlPage page = page("<title>a</title>\n<iframe srcdoc='<title>b</title>\n<p id=x onclick=a style=b><img src=/c.png>"
                + "<script>eval(d)</script><iframe srcdoc=\"<script>e</script>\"></iframe>'></iframe>");
        assertEquals("HANDLER 2 a, STYLE_ATTRIBUTE 2 b, SCRIPT 2 eval(d), SCRIPT 2 e", page.inlines().stream()
                .map(inline -> inline.type() + " " + inline.line() + " " + inline.text()).collect(Collectors.joining(", ")));
        assertEquals("2 /c.png", page.links().get(0).line() + " " + page.links().get(0).written());
        assertEquals(2, page.scripts().get(0).evaluation());
        assertEquals(Set.of(), page.ids());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "<script\\n type=module\\n>\\neval(a)</script> | 4", "<script>eval(a)</script> | 1",
            "<script>\\n\\neval(a)</script> | 3" })
    void what_a_script_does_has_its_line(String html, int line) {
        assertEquals(line, page(html.translateEscapes()).scripts().get(0).evaluation());
    }

    /** XML has no raw text: what is hashed is what references and CDATA stand for. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/xhtml+xml | <html xmlns="http://www.w3.org/1999/xhtml"><head><title>a</title><script>1 &lt; 2</script></head></html> | 1 < 2
            application/xhtml+xml | <html xmlns="http://www.w3.org/1999/xhtml"><script/><script><![CDATA[1 && 2]]></script></html> | 1 && 2
            image/svg+xml         | <svg xmlns="http://www.w3.org/2000/svg"><script>a &amp; b</script></svg> | a & b
            image/svg+xml         | <s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>a &amp; b</s:script></s:svg> | a & b
            text/html             | <script>1 &lt; 2</script> | 1 &lt; 2
            """)
    void a_script_is_read_as_a_browser_reads_it(String contentType, String source, String script) {
        assertEquals(List.of(script), HtmlPage.of("a", "/a", "/a", contentType, source.getBytes(UTF_8)).inlines().stream()
                .map(Inline::text).toList());
    }

    @ParameterizedTest
    @CsvSource({ "text/html;charset=iso-8859-1, windows-1252", "text/html; charset=\"windows-1252\", windows-1252",
            "text/html; charset=unknown, UTF-8", "text/html, UTF-8" })
    void a_charset_of_content_type_counts(String contentType, String charset) {
        HtmlPage page = HtmlPage.of("a", "/a", "/a", contentType, "<title>a</title><meta charset=x><script>\u00e9\u201e</script>".getBytes(Charset.forName(charset)));
        assertEquals(List.of(), page.warnings());
        assertEquals("\u00e9\u201e", page.inlines().get(0).text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <svg><path d="M0 0"/></svg>          | false
            <svg><script>a</script></svg>        | true
            <svg><svg:script href="a"/></svg>    | true
            <svg><rect onclick = "a()"/></svg>   | true
            <svg><text>on time = 1</text></svg>  | false
            """)
    void an_image_without_scripts_is_not_looked_into(String source, boolean scripts) {
        assertEquals(scripts, HtmlPage.mayHaveScripts("image/svg+xml", source.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "<div>", "<b>", "<a href=x>", "<table><b>", "<svg>", "<template>", "<select><option>", "<!--", "<style>/*",
            "<p style=a ", "\0", "<img srcset='a ,(", "<script>" })
    void hostile_markup_ends_in_time(String part) {
        byte[] html = part.repeat(20_000).getBytes(UTF_8);
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> HtmlPage.of("a", "/a", "/a", "text/html", html));
    }
}
