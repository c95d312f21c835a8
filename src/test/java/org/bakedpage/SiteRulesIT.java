package org.bakedpage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SiteBuilderTest has of a site's rules, from the executable: the same bytes by the fast path and by the router. */
class SiteRulesIT {

    private static final List<String> TARGETS = List.of("/", "/index.html", "/a", "/a.html", "/a/", "/d", "/d?q", "/d/", "/old", "/old?x=%31",
            "/old/", "/s/1/2", "/s", "/p/1?a=b", "/gone", "/none", "/de/none", "/rewritten/x", "/config.json", "//a", "/%61", "/a.md",
            "/s/%0D%0AX:%201", "/s///evil.example", "/s/\u00e9",
            "/many/" + "\u00e9".repeat(3_000), "/many/" + "\u00c3\u00a9".repeat(3_900));
    private static final List<String> FIELDS = List.of("", "Accept: text/markdown\r\n", "Accept: text/html\r\n", "Range: bytes=1-2\r\n",
            "If-None-Match: *\r\n", "If-Match: \"x\"\r\n");

    @TempDir
    Path folder;

    @Test
    void both_ways_give_the_same_answers() throws Exception {
        Path site = Files.createDirectory(folder.resolve("site"));
        Baked.files(site, "/index.html /a.html /a.md /d/index.html /404.html /de/404.html /_headers:/a\n  X-Own: 1\n  Set-Cookie: a=1\n  Set-Cookie: b=2\n  Vary: Origin\n"
                + "  ! Referrer-Policy\n  Cache-Control: max-age=1\n/404.html\n  X-Own: 2\n  Content-Security-Policy: default-src 'none'\n");
        Baked.files(site, "/_redirects:/old /new?y=z 301\n/s/* /t/:splat 302\n/many/* /b/:splat?u=:splat&v=:splat&w=:splat 302\n/p/:x /q?p=:x 307\n/gone /a.html 410\n/rewritten/* /d/index.html 200\n");
        Path program = program(site, Map.of("site.fallback", "a.html"));
        Map<String, String> environment = Map.of("SITE_ENV_A", "1");
        try (Server fast = Server.start(program.toString(), environment);
                Server routed = Server.start(List.of(program.toString(), "-Dsite.fast-path=false"), environment)) {
            for (String method : List.of("GET ", "HEAD ")) {
                for (String target : TARGETS) {
                    for (String fields : FIELDS) {
                        String request = method + target + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
                        String answer = answer(fast, request);
                        assertEquals(answer(routed, request), answer, request);
                        assertEquals("", answer.lines().filter(line -> line.startsWith("X:") || line.contains(": //")).findAny().orElse(""));
                    }
                }
            }
            assertEquals(List.of("a=1", "b=2"), routed.get("/a").headers().allValues("set-cookie"));
            assertEquals("{\"A\":\"1\"}\n", fast.get("/config.json").body());
            // It is of this start, and not of the build.
            assertFalse(fast.get("/config.json").headers().firstValue("last-modified").isPresent());
            String since = "If-Modified-Since: Wed, 21 Oct 2065 07:28:00 GMT\r\n\r\n";
            assertTrue(answer(fast, "GET /config.json HTTP/1.1\r\nHost: x\r\n" + since).startsWith("HTTP/1.1 200 OK\r\n"));
            assertTrue(fast.get("/old").headers().firstValue("cache-control").orElse("").equals("no-cache"));
            assertEquals("", fast.log());
        }
    }

    /** And a rule costs what a page costs. */
    @Test
    void rules_are_followed_by_the_fast_path() throws Exception {
        Path site = Files.createDirectory(folder.resolve("site"));
        Baked.files(site, "/index.html /a.html /caf\u00e9.html /404.html /_headers:/a\n  Vary: Origin\n  ! Referrer-Policy\n  Cache-Control: max-age=1\n"
                + "/404.html\n  Content-Security-Policy: default-src 'none'\n");
        Baked.files(site, "/_redirects:/old /a 301\n");
        Path program = program(site, Map.of());
        for (boolean fast : new boolean[] { true, false }) {
            try (Server server = Server.start(program.toString(), Map.of("SITE_METRICS", "true", "SITE_FAST_PATH", Boolean.toString(fast)))) {
                Response old = Response.list(get(server, "/old")).get(0);
                assertEquals("301 no-cache", old.status() + " " + old.field("cache-control"));
                for (String name : List.of("x-content-type-options", "referrer-policy", "cross-origin-opener-policy", "content-security-policy")) {
                    assertEquals(1, old.head().toLowerCase().lines().filter(line -> line.startsWith(name + ": ")).count(), old.head());
                }
                assertTrue(server.get("/q/metrics").body().contains("by=\"fast_path\",status=\"3xx\"} " + (fast ? 1 : 0) + "\n"));
                Response a = Response.list(get(server, "/a")).get(0);
                assertEquals("200 max-age=1", a.status() + " " + a.field("cache-control"));
                assertFalse(a.head().toLowerCase().contains("referrer-policy"), a.head());
                assertTrue(a.field("vary").contains("Origin"), a.head());
                String none = get(server, "/none").toLowerCase();
                assertEquals(List.of("content-security-policy: default-src 'none'"),
                        none.lines().filter(line -> line.startsWith("content-security-policy")).toList());
                for (String rules : List.of("/_redirects", "/_headers")) {
                    assertEquals(404, Response.list(get(server, rules)).get(0).status());
                }
                // Raw UTF-8, percent-encoded, and raw Latin-1.
                assertEquals("200 200 400", Response.list(get(server, "/caf\u00c3\u00a9.html")).get(0).status() + " "
                        + Response.list(get(server, "/caf%C3%A9%2Ehtml")).get(0).status() + " "
                        + Response.list(get(server, "/caf\u00e9.html")).get(0).status());
            }
        }
    }

    private Path program(Path site, Map<String, String> settings) throws IOException {
        Path program = Files.copy(Path.of(System.getProperty("native.image.path")), folder.resolve("program"));
        try (FileChannel out = FileChannel.open(folder.resolve("site.bin"), CREATE, WRITE)) {
            Baked.write(site, settings, SiteBuilder.Previous.NONE, out);
        }
        Executable.join(program, "x", folder.resolve("site.bin"));
        return program;
    }

    private static String get(Server server, String target) throws Exception {
        return answer(server, "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    private static String answer(Server server, String request) throws Exception {
        try (Wire wire = new Wire(server.port())) {
            return Wire.withoutDate(wire.send(request).receive(!request.startsWith("HEAD ")));
        }
    }
}
