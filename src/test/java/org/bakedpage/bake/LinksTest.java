package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {

    private static final Map<String, String> FILES = Map.of("/", "/index.html", "/index.html", "/index.html", "/docs/", "/docs/index.html",
            "/about", "/about.html", "/a b.png", "/a b.png", "/moved", "", "/app.js", "/app.js", "/caf\u00e9.html", "/caf\u00e9.html");

    private static List<Warning> broken(String rootPath, String url, String html) {
        Links links = new Links(rootPath, FILES.keySet(), path -> null, Map.of("/.env", "hidden")::get);
        links.add(HtmlPage.of("index.html", "/index.html", rootPath + "/", "text/html", "<h1 id=top-of-it>".getBytes(UTF_8)));
        links.add(HtmlPage.of("about.html", "/about.html", url, "text/html", html.getBytes(UTF_8)));
        return links.broken((path, navigation) -> path.startsWith("/spa/") && navigation ? "/index.html" : FILES.get(path));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "<a href=/> | ''", "<a href=docs/> | ''", "<a href=/about?x=y> | ''", "<img src=a%20b.png> | ''",
            "<a href=/moved#x> | ''", "<a href=/#top-of-it> | ''", "<a href=/#> | ''", "<a href=#TOP> | ''", "<a href=/#/route> | ''",
            "<a href='/#:~:text=x'> | ''", "<p id=é><a href=#%C3%A9> | ''", "<a href=/spa/x> | ''", "<a href=mailto:a@b.example> | ''",
            "<a href=//other.example/x> | ''", "<a href=https://other.example/x> | ''", "<img src=data:x> | ''",
            "<a href=nowhere> | link /nowhere leads nowhere", "<a href=/ABOUT> | link /ABOUT leads nowhere: there is /about",
            "<img src=A%20B.png> | image /A B.png leads nowhere: there is /a b.png",
            "<link rel=stylesheet href=/no.css> | stylesheet /no.css leads nowhere",
            "<a href=/.env> | link /.env leads nowhere: the file is left out as hidden",
            "<a href=/cafe\u0301.html> | link /cafe\u0301.html leads nowhere: there is /caf\u00e9.html, whose letters are put together otherwise "
                    + "(Unicode's forms NFC and NFD)",
            "<script type=importmap>{\"imports\":{\"a\":\"./app.js\",\"b\":\"/no.js\",\"c/\":\"/c/\"}}</script> | script /no.js leads nowhere",
            "<script src=/app.js></script><script src=/b.js></script> | script /b.js leads nowhere",
            "<img src=/spa/x.png> | image /spa/x.png leads nowhere", "<a href=/#no> | link /#no names no id in /index.html",
            "<a href=#no> | link /about#no names no id in /about.html", "<a href=%zz> | link %zz is no path: an invalid percent-encoding",
            "<a href=/x><a href=/x?y><a href=/x> | link /x leads nowhere (2 more such links)",
            "<style>p{background:url(x.png)}</style> | image /x.png leads nowhere" })
    void what_leads_nowhere_is_told(String html, String warning) {
        assertEquals(warning, broken("", "/about", html).stream().map(Warning::text).collect(Collectors.joining("; ")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "<a href=./><a href=/app/docs/><a href=/app> | ''", "<a href=/shop> | ''",
            "<script src=/app.js></script> | script /app.js leads out of quarkus.http.root-path=/app: give the generator this base path",
            "<img src=x> | image /app/x leads nowhere",
            "<a href=Docs/> | link /app/Docs/ leads nowhere: there is /app/docs/",
            "<img src=/apple> | image /apple leads out of quarkus.http.root-path=/app: "
                    + "give the generator this base path" })
    void under_a_base_path_the_parts_of_a_page_are_within_it(String html, String warning) {
        assertEquals(warning, broken("/app", "/app/about", html).stream().map(Warning::text).collect(Collectors.joining("; ")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "<a href=/x#a><a href=/x#b><a href=/x><a href='/x?y#a'> | link /x leads nowhere (3 more such links)",
            "<a href=/x#a><a href=/x#b> | link /x leads nowhere (1 more such link)",
            "<a href=/x#a><img src=/x><a href=/x#b> | link /x leads nowhere (1 more such link); image /x leads nowhere",
            "<a href=/#a><a href=/#b><a href=/#a> | link /#a names no id in /index.html (1 more such link); link /#b names no id in /index.html" })
    void a_missing_page_is_one_whatever_the_fragments_are(String html, String warnings) {
        assertEquals(warnings, broken("", "/about", html).stream().map(Warning::text).collect(Collectors.joining("; ")));
    }

    @ParameterizedTest
    @CsvSource({ "89-97, true", "L10, true", "L10-L20, true", "L10-20, true", "L10C5, true", "L10C5-L20C8, true", "q=search, true", "page=2, true",
            "t=10, true", ":~:text=x, true", "top-of-it:~:text=x, true", "!/x, true", "!, true", "/x, true", "'a=b&c', true",
            "introduction, false", "introduction:~:text=x, false", "L, false", "L10x, false", "Level1-2, false", "1-introduction, false", "10, false",
            "section-10, false" })
    void fragments_for_scripts_are_no_ids(String fragment, boolean good) {
        String warning = good ? "" : "link /#" + fragment + " names no id in /index.html";
        assertEquals(warning, broken("", "/about", "<a href='/#" + fragment + "'>").stream().map(Warning::text).collect(Collectors.joining("; ")));
    }

    @Test
    void a_line_is_named_and_all_targets_are() {
        StringBuilder html = new StringBuilder("\n");
        for (int i = 0; i < 1000; i++) {
            html.append("<a href=/no").append(i).append(">\n");
        }
        List<Warning> broken = broken("", "/about", html.toString());
        assertEquals(new Warning("about.html", 2, "link /no0 leads nowhere"), broken.get(0));
        assertEquals(new Warning("about.html", 1001, "link /no999 leads nowhere"), broken.get(broken.size() - 1));
        assertEquals(1000, broken.size());
    }
}
