package org.bakedpage.bake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class SiteHtmlTest {

    @Test
    void what_the_report_says_is_in_it() {
        BakedFile file = new BakedFile("/a <b>&\u00e9.html", "", "text/html", 12345, new TreeMap<>(), "\"x\"", "no-cache",
                new TreeMap<>(Map.of("X-Own", "<i>")));
        Document page = Jsoup.parse(SiteHtml.of(new SiteReport(List.of(file), List.of(new Rule(1, "/x", 301, "/y", false)),
                List.of(new LeftOut("/.git/", "a dot folder")), List.of(new Warning("/a", 3, "<script>"))), "/root"));
        assertEquals("/root/a%20%3Cb%3E&%C3%A9.html", page.select("table a").attr("href"));
        assertEquals("/a <b>&\u00e9.html text/html 12,345 no-cache X-Own: <i>", page.select("tr:has(a)").text());
        assertEquals("/x /y 301", page.select("table").last().select("tr").last().text());
        assertEquals(List.of("/a:3: <script>", "/.git/: a dot folder"), page.select("li").eachText());
    }

    @Test
    void what_there_is_none_of_is_not_named() {
        SiteReport report = new SiteReport(List.of(), List.of(), List.of(), List.of());
        assertFalse(SiteHtml.of(report, "").contains("<h2>"));
        assertTrue(SiteHtml.of("a < b").endsWith("<pre>a &lt; b</pre>"));
    }
}
