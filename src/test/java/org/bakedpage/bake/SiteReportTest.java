package org.bakedpage.bake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteReportTest {

    private static BakedFile file(String path, long bytes, String cacheControl) {
        TreeMap<String, Long> codings = new TreeMap<>();
        if (path.endsWith("l")) {
            codings.put("br", bytes / 4);
            codings.put("gzip", bytes / 2);
        }
        return new BakedFile(path, "site" + path, "text/html;charset=utf-8", bytes, codings, "\"e\"", cacheControl,
                new TreeMap<>(java.util.Map.of("Vary", "Accept-Encoding")));
    }

    private static SiteReport report(List<BakedFile> files, List<Warning> warnings) {
        return new SiteReport(files, List.of(), List.of(), warnings);
    }

    @Test
    void a_small_site_has_a_line_for_each_file() {
        assertEquals("""
                path         files   bytes  zstd     br    gzip  Cache-Control
                /a.png           1  12,345     -      -       -  max-age=3600
                /index.html      1   4,000     -  1,000   2,000  no-cache
                total            2  16,345     -  13,345  14,345
                """.replaceAll(" +", " "), String.join("\n", report(List.of(file("/index.html", 4000, "no-cache"),
                file("/a.png", 12345, "max-age=3600")), List.of()).lines()).replaceAll(" +", " ") + "\n");
    }

    @ParameterizedTest
    @CsvSource({ "3000, 1", "3000, 10", "3000, 300", "100000, 5000", "0, 1", "18, 1", "19, 19", "1, 1" })
    void a_large_site_has_at_most_twenty_lines_and_all_its_bytes(int files, int folders) {
        List<BakedFile> many = IntStream.range(0, files).mapToObj(i -> file("/docs/f" + i % folders + "/p" + i + ".html", 10, "no-cache")).toList();
        List<String> lines = report(many, List.of()).lines();
        assertTrue(lines.size() <= 20, lines::toString);
        long counted = lines.subList(1, lines.size() - 1).stream().mapToLong(line ->
                Long.parseLong(line.replaceAll(".* folders|^\\S+", "").strip().split(" +")[0].replace(",", ""))).sum();
        assertEquals(files, counted, lines::toString);
    }

    @Test
    void the_whole_report_of_a_bad_site_is_within_the_console_limit() {
        List<Warning> warnings = new ArrayList<>();
        IntStream.range(0, 300).forEach(i -> warnings.add(new Warning("f" + i, i, "text " + i)));
        IntStream.range(0, 3000).forEach(i -> warnings.add(new Warning("a" + i, 1, "has no <title>")));
        List<LeftOut> leftOut = IntStream.range(0, 70).mapToObj(i -> new LeftOut("/.git/" + i, "begins with a dot")).toList();
        List<BakedFile> files = IntStream.range(0, 500).mapToObj(i -> file("/" + i + "/x", 1, "no-cache")).toList();
        List<String> lines = new SiteReport(files, List.of(new Rule(1, "/a", 301, "/b", false)), leftOut, warnings).lines();
        assertTrue(lines.size() <= 50, lines::toString);
        assertTrue(lines.contains("left out: 70 files") && lines.contains("  and 65 more: see target/site.json"), lines::toString);
        assertTrue(lines.contains("  /.git/0: begins with a dot"), lines::toString);
        assertTrue(lines.contains("3,300 warnings") && lines.contains("  a0:1: has no <title> (and in 2,999 more files)"), lines::toString);
        assertEquals("  and 281 more: see target/site.json", lines.get(lines.size() - 1));
    }

    @Test
    void of_each_kind_of_warning_as_many_are_told_as_of_the_others() {
        List<Warning> warnings = new ArrayList<>();
        IntStream.range(0, 300).forEach(i -> warnings.add(new Warning("a" + i, 1, "link /" + i + " leads nowhere")));
        warnings.add(new Warning("x", 1, "inline event handler onclick is blocked"));
        warnings.add(new Warning("y", 1, "image /a.png leads nowhere"));
        List<String> lines = report(List.of(), warnings).lines();
        assertEquals(SiteReport.MAX_WARNINGS - 2, lines.stream().filter(line -> line.contains(": link /")).count());
        assertEquals(List.of("  x:1: inline event handler onclick is blocked", "  y:1: image /a.png leads nowhere",
                "  and 282 more: see target/site.json"), lines.subList(lines.size() - 3, lines.size()));
        assertTrue(lines.contains("  a0:1: link /0 leads nowhere"), lines::toString);
    }

    @ParameterizedTest
    @CsvSource({ "a, a:1: x", "a b, a:1: x (and in 1 more file)", "a b c, a:1: x (and in 2 more files)", "a a, a:1: x (and 1 more such)",
            "a a b, a:1: x (and 2 more such)" })
    void what_is_said_again_is_counted(String files, String told) {
        List<Warning> warnings = new ArrayList<>();
        for (String file : files.split(" ")) {
            warnings.add(new Warning(file, warnings.size() + 1, "x"));
        }
        List<String> lines = report(List.of(), warnings).lines();
        assertEquals("  " + told, lines.get(lines.size() - 1));
    }

    @Test
    void what_is_blocked_more_often_in_one_file_than_in_another_is_one_line() {
        List<String> lines = report(List.of(), List.of(new Warning("a", 1, "x is blocked (3 more in this file)"),
                new Warning("b", 1, "x is blocked"), new Warning("c", 1, "x is blocked (1 more in this file)"),
                new Warning("d", 1, "y is blocked (1 more in this file)"))).lines();
        assertEquals(List.of("4 warnings", "  a:1: x is blocked (and in 2 more files)",
                "  d:1: y is blocked (1 more in this file)"),
                lines.subList(lines.size() - 3, lines.size()));
    }

    @Test
    void numbers_are_the_same_in_every_locale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            SiteReport report = report(List.of(file("/é\"\\\n\u0001.html", 1234567, "no-cache")), List.of());
            assertTrue(report.lines().get(1).contains("1,234,567"), report.lines()::toString);
            assertEquals(1234567, new JsonObject(report.json()).getJsonObject("totals").getInteger("bytes"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void the_json_has_every_file_in_a_stable_order() {
        List<BakedFile> files = new ArrayList<>(List.of(file("/b\"\\\n\uD800\uD83D\uDE00.html", 8, "no-cache"), file("/a", 3, "immutable")));
        List<Warning> warnings = List.of(new Warning("b", 2, "x"), new Warning("a", 0, "y"));
        SiteReport report = new SiteReport(files, List.of(new Rule(1, "/old", 301, "/new", false)),
                List.of(new LeftOut("/.env", "begins with a dot")), warnings);
        JsonObject json = new JsonObject(report.json());
        assertEquals(1, json.getInteger("schema"));
        assertEquals(new JsonObject("""
                {"path": "/a", "source": "site/a", "mediaType": "text/html;charset=utf-8", "bytes": 3, "codings": {},
                 "etag": "\\"e\\"", "cacheControl": "immutable", "fields": {"Vary": "Accept-Encoding"}}"""), json.getJsonArray("files").getJsonObject(0));
        assertEquals("/b\"\\\n\uD800\uD83D\uDE00.html", json.getJsonArray("files").getJsonObject(1).getString("path"));
        assertEquals(new JsonObject("{\"br\": 2, \"gzip\": 4}"), json.getJsonObject("totals").getJsonObject("codings"));
        assertEquals(new JsonObject("{\"from\": \"/old\", \"to\": \"/new\", \"status\": 301}"), json.getJsonArray("redirects").getJsonObject(0));
        assertEquals(new JsonObject("{\"file\": \"a\", \"line\": 0, \"text\": \"y\"}"), json.getJsonArray("warnings").getJsonObject(0));
        assertEquals("/.env", json.getJsonArray("leftOut").getJsonObject(0).getString("path"));
        Collections.reverse(files);
        assertEquals(report.json(), new SiteReport(files, report.redirects(), report.leftOut(), warnings).json());
    }

    @Test
    void warnings_fail_the_build_where_that_is_asked_for() {
        report(List.of(), List.of()).failOnWarnings();
        SiteReport report = report(List.of(), List.of(new Warning("b", 2, "x"), new Warning("a", 1, "y")));
        assertEquals("a:1: y (and 1 more warning): site.check=fail makes warnings errors",
                assertThrows(IllegalArgumentException.class, report::failOnWarnings).getMessage());
    }

    @Test
    void progress_is_a_line_each_five_seconds_at_most() {
        AtomicLong now = new AtomicLong();
        List<String> lines = new ArrayList<>();
        Progress progress = new Progress(3000, 30000, now::get, lines::add);
        for (int i = 0; i < 3000; i++) {
            now.addAndGet(Duration.ofMillis(5).toNanos());
            progress.add(10);
        }
        assertEquals(List.of("1,000 of 3,000 files compressed, 33 % of the bytes", "2,000 of 3,000 files compressed, 66 % of the bytes"), lines);
    }
}
