package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code ./mvnw quarkus:dev}, as a process: what is edited is what the very next request gets. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DevModeIT {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    /** What makes a browser reload. */
    private static final String SCRIPT = "\n<script src=\"/q/web-server/reload\\.js\\?([0-9a-f]+)\"></script>\n$";
    private static final Duration CHANGE_LIMIT = Duration.ofSeconds(5);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    private static ProjectCopy project;
    private static Program devMode;
    private static URI address;
    private final Browser browser = new Browser();

    @BeforeAll
    static void start_dev_mode() throws IOException {
        int port = Server.freePort();
        address = URI.create("http://127.0.0.1:" + port + "/");
        project = new ProjectCopy();
        devMode = project.maven("quarkus:dev", "-Dquarkus.http.port=" + port,
                // That a user's own JVM arguments do not displace what the project sets is part of the test.
                "-Dsite.cache.errors=max-age=9", "-Djvm.args=-Xmx256m", "-Ddebug=false", "-Dquarkus.analytics.disabled=true").start();
        try {
            byte[] served = new Browser().read(address, START_LIMIT);
            String page = Files.readString(project.pages().resolve("index.html"));
            assertEquals(page, new String(served, UTF_8).replaceFirst(SCRIPT, ""));
        } catch (AssertionError e) {
            throw new AssertionError(devMode.out() + devMode.err(), e);
        }
    }

    @AfterAll
    static void end_dev_mode() {
        if (devMode != null) {
            devMode.close();
        }
        if (project != null) {
            project.close();
        }
    }

    @Test
    void the_next_request_shows_an_edit_of_the_page() throws IOException {
        Path page = project.pages().resolve("index.html");
        for (int i = 0; i < 3; i++) {
            String edited = Files.readString(page).replaceFirst("<title>.*</title>", "<title>Edit " + i + "</title>");
            Files.writeString(page, edited);
            assertEquals(edited, get("").replaceFirst(SCRIPT, ""));
        }
    }

    @Test
    void the_next_request_shows_a_new_file_and_misses_a_deleted_one() throws IOException {
        Path news = project.pages().resolve("news.txt");
        HttpResponse<byte[]> missing = browser.get(address.resolve("news.txt"));
        assertEquals(404, missing.statusCode());
        assertEquals("max-age=9", missing.headers().firstValue("cache-control").orElseThrow());
        Files.writeString(news, "new\n");
        assertEquals("new\n", get("news.txt"));
        Files.delete(news);
        assertEquals(404, browser.get(address.resolve("news.txt")).statusCode());
    }

    @Test
    void nobody_else_on_the_network_is_answered() {
        assertTrue(devMode.out().contains("Listening on: http://localhost:" + address.getPort()), devMode::out);
    }

    /** Quarkus's own route for static resources would serve all that is in the folder. */
    @Test
    void what_is_left_out_is_not_served() throws IOException {
        List<String> names = List.of(".env", ".git/config", "CVS/Root", "index.html~");
        for (String name : names) {
            Files.createDirectories(project.pages().resolve(name).getParent());
            Files.writeString(project.pages().resolve(name), "PASSWORD=x");
        }
        Path link = Files.createSymbolicLink(project.pages().resolve("link.txt"), project.path().resolve("pom.xml"));
        Path dangling = Files.createSymbolicLink(project.pages().resolve("dangling.txt"), Path.of("nothing"));
        Path real = Files.createDirectory(project.pages().resolve("real"));
        Files.writeString(real.resolve("a.txt"), "a");
        Path folder = Files.createSymbolicLink(project.pages().resolve("linked"), Path.of("real"));
        for (int i = 0; i < 2; i++) {
            for (String name : names) {
                assertEquals(404, browser.get(address.resolve(name)).statusCode(), name);
            }
            assertEquals(404, browser.get(address.resolve("link.txt")).statusCode());
            assertEquals(404, browser.get(address.resolve("dangling.txt")).statusCode());
            assertEquals("a", get("linked/a.txt"));
        }
        for (Path made : List.of(link, dangling, folder, real.resolve("a.txt"), real)) {
            Files.delete(made);
        }
        for (String name : names) {
            Files.delete(project.pages().resolve(name));
        }
        Files.delete(project.pages().resolve(".git"));
        Files.delete(project.pages().resolve("CVS"));
    }

    @Test
    void a_file_becomes_a_folder() throws IOException {
        Path docs = Files.writeString(project.pages().resolve("docs"), "a file");
        assertEquals("a file", get("docs"));
        Files.delete(docs);
        Files.createDirectory(docs);
        Files.writeString(docs.resolve("index.html"), "<p>docs");
        assertEquals("<p>docs", get("docs/").replaceFirst(SCRIPT, ""));
    }

    @Test
    void the_next_request_shows_the_index_of_a_new_folder() throws IOException {
        Path folder = Files.createDirectory(project.pages().resolve("folder"));
        Files.writeString(folder.resolve("index.html"), "<p>in a folder");
        assertEquals("<p>in a folder", get("folder/").replaceFirst(SCRIPT, ""));
        assertEquals(308, browser.get(address.resolve("folder")).statusCode());
    }

    @Test
    void a_browser_hears_whether_a_page_or_only_a_stylesheet_has_changed() throws Exception {
        Path style = styled();
        assertEquals("css", change(() -> Files.writeString(style, "b { }")));
        assertEquals("page", change(() -> Files.writeString(project.pages().resolve("styled.html"), "<!doctype html><title>y</title>")));
        assertEquals("css", change(() -> Files.delete(style)));
    }

    /** Which an editor writes while one types. */
    @Test
    void a_file_that_is_left_out_is_no_change() throws Exception {
        Path style = styled();
        String before = version();
        Path swap = Files.writeString(project.pages().resolve(".style.css.swp"), "x");
        Path outside = Files.createSymbolicLink(project.pages().resolve("outside"), project.path().resolve("target"));
        assertEquals(before, version());
        assertEquals("css", change(() -> Files.writeString(style, "b { }")));
        Files.delete(swap);
        Files.delete(outside);
        Files.delete(style);
    }

    /** Of what is compressed already there is nothing to inspect. */
    @Test
    void a_file_with_a_coding_of_its_own_is_served_after_another_edit() throws IOException {
        Path rules = Files.writeString(project.pages().resolve("_headers"), "/a.js.br\n  Content-Encoding: br\n");
        Path coded = Files.writeString(project.pages().resolve("a.js.br"), "coded");
        for (int i = 0; i < 3; i++) {
            Path other = Files.writeString(project.pages().resolve("other.txt"), "x".repeat(i));
            assertEquals("coded", new String(browser.get(address.resolve("a.js.br")).body(), UTF_8));
            assertEquals("x".repeat(i), get("other.txt"));
            Files.delete(other);
        }
        Files.delete(rules);
        Files.delete(coded);
    }

    /** Who loads a page after the event has that version, and hears of nothing older. */
    @Test
    void each_event_has_the_id_of_the_version_that_a_page_then_has() throws Exception {
        Path style = styled();
        Path page = project.pages().resolve("styled.html");
        String loaded = version();
        try (InputStream events = changes(loaded); InputStream others = changes(loaded)) {
            for (Event told : changes(events, others, () -> Files.writeString(style, "b { }"))) {
                assertEquals(new Event(version(), "css"), told);
            }
            String styled = version();
            for (Event told : changes(events, others, () -> Files.writeString(page, "<!doctype html><title>y</title><p>"))) {
                assertEquals(new Event(version(), "page"), told);
            }
            assertEquals(3, Set.of(loaded, styled, version()).size());
        }
    }

    /** A page and its stylesheet, as they are before a change. */
    private static Path styled() throws IOException {
        Files.writeString(project.pages().resolve("styled.html"), "<!doctype html><title>x</title>");
        return Files.writeString(project.pages().resolve("style.css"), "a {}");
    }

    private record Event(String id, String data) {
    }

    private static List<Event> changes(InputStream first, InputStream second, Edit edit) throws Exception {
        edit.make();
        return List.of(event(first), event(second));
    }

    /** The event after this edit, for a page that was loaded before it. */
    private String change(Edit edit) throws Exception {
        try (InputStream events = changes(version())) {
            edit.make();
            return event(events).data();
        }
    }

    private String version() throws IOException {
        Matcher script = Pattern.compile(SCRIPT).matcher(get("styled.html"));
        assertTrue(script.find());
        return script.group(1);
    }

    private static InputStream changes(String version) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("q/web-server/changes?" + version)).build();
        InputStream events = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body();
        assertEquals("retry: 100", line(events));
        assertEquals("", line(events));
        return events;
    }

    private static Event event(InputStream events) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
            Event event = new Event(line(events).replaceFirst("^id: ", ""), line(events).replaceFirst("^data: ", ""));
            assertEquals("", line(events));
            return event;
        }).get(CHANGE_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static String line(InputStream in) {
        StringBuilder line = new StringBuilder();
        try {
            for (int next = in.read(); next != '\n'; next = in.read()) {
                assertTrue(next >= 0, line::toString);
                line.append((char) next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    /** One that has changed, but for its length and time, is not seen: so what was read of it has been kept. */
    @Test
    void a_file_is_read_again_only_when_its_length_or_its_time_has_changed() throws IOException {
        Path kept = Files.writeString(project.pages().resolve("kept.html"), "<!doctype html><title>one</title>");
        assertEquals("<!doctype html><title>one</title>", get("kept.html").replaceFirst(SCRIPT, ""));
        FileTime time = Files.getLastModifiedTime(kept);
        Files.writeString(kept, "<!doctype html><title>two</title>");
        Files.setLastModifiedTime(kept, time);
        for (String other : List.of("other", "another")) {
            Files.writeString(project.pages().resolve("other.txt"), other);
            assertEquals(other, get("other.txt"));
            assertEquals("<!doctype html><title>one</title>", get("kept.html").replaceFirst(SCRIPT, ""));
        }
        Files.setLastModifiedTime(kept, FileTime.from(time.toInstant().plusSeconds(1)));
        assertEquals("<!doctype html><title>two</title>", get("kept.html").replaceFirst(SCRIPT, ""));
    }

    /** What is kept of a page is by the rules and the settings of then: here its media type. */
    @Test
    void a_file_that_has_not_changed_follows_the_rules_that_have() throws IOException {
        Path page = Files.writeString(project.pages().resolve("ruled.txt"), "<!doctype html><title>x</title><script>1</script>");
        HttpResponse<byte[]> text = browser.get(address.resolve("ruled.txt"));
        assertEquals("text/plain;charset=utf-8", text.headers().firstValue("content-type").orElseThrow());
        Path rules = project.pages().resolve("_headers");
        Files.writeString(rules, "/ruled.txt\n  Content-Type: text/html;charset=utf-8\n");
        HttpResponse<byte[]> ruled = browser.get(address.resolve("ruled.txt"));
        assertEquals("text/html;charset=utf-8", ruled.headers().firstValue("content-type").orElseThrow());
        String policy = ruled.headers().firstValue("content-security-policy").orElseThrow();
        assertTrue(policy.contains("'sha256-"), policy);
        assertTrue(Pattern.compile(SCRIPT).matcher(new String(ruled.body(), UTF_8)).find());
        Files.delete(rules);
        assertEquals(Files.readString(page), get("ruled.txt"));
    }

    /** Whoever comes while the files are looked at for another is not answered by that look. */
    @Test
    void requests_at_the_same_time_all_show_an_edit() throws IOException {
        Path page = Files.writeString(project.pages().resolve("crowd.txt"), "0");
        for (int i = 1; i < 10; i++) {
            Files.writeString(page, "edit " + i);
            assertEquals(Collections.nCopies(8, "edit " + i), IntStream.range(0, 8).parallel().mapToObj(request -> {
                try {
                    return new String(new Browser().get(address.resolve("crowd.txt")).body(), UTF_8);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).toList());
        }
    }

    @FunctionalInterface
    private interface Edit {
        void make() throws IOException;
    }

    @Test
    void redirects_and_fields_are_as_they_are_baked_and_a_mistake_is_told_in_one_line() throws IOException {
        Path rules = project.pages().resolve("_redirects");
        Files.writeString(rules, "/old /new 301\n/a/* /b/:splat 302\n");
        Files.writeString(project.pages().resolve("_headers"), "/\n  X-Own: 1\n");
        assertEquals("/new", browser.get(address.resolve("old")).headers().firstValue("location").orElseThrow());
        assertEquals("/b/c", browser.get(address.resolve("a/c")).headers().firstValue("location").orElseThrow());
        assertEquals("1", browser.get(address).headers().firstValue("x-own").orElseThrow());
        assertEquals("no-store", browser.get(address).headers().firstValue("cache-control").orElseThrow());
        String report = get("q/web-server");
        assertTrue(report.contains("<td><a href=\"/index.html\">/index.html</a><td>text/html;charset=utf-8<td class=\"number\">"), report);
        assertTrue(report.contains("<td>no-cache<td>"), report);
        assertTrue(report.contains("<td>/a/*<td>/b/:splat<td class=\"number\">302"), report);
        Files.writeString(rules, "/old\n/x /y 999\n");
        assertTrue(get("q/web-server/").startsWith("<!doctype html><title>Not baked</title><pre>_redirects:"), get("q/web-server/"));
        assertTrue(get("").startsWith("<!doctype html><title>Not baked</title><pre>_redirects:"), get(""));
        assertTrue(Pattern.compile(SCRIPT).matcher(get("")).find(), get(""));
        assertEquals(500, browser.get(address).statusCode());
        assertEquals(404, browser.get(address.resolve("x"), "Accept", "text/html").statusCode());
        assertEquals("no-cache", browser.get(address).headers().firstValue("cache-control").orElseThrow());
        Files.delete(rules);
        Files.delete(project.pages().resolve("_headers"));
        assertEquals(200, browser.get(address).statusCode());
        assertEquals(404, browser.get(address.resolve("old")).statusCode());
    }

    @Test
    void the_dev_ui_may_run_its_scripts() throws IOException {
        HttpResponse<byte[]> page = browser.get(address.resolve("q/dev-ui/extensions"));
        assertEquals(200, page.statusCode());
        assertTrue(page.headers().firstValue("content-security-policy").isEmpty());
        assertTrue(browser.get(address).headers().firstValue("content-security-policy").isPresent());
    }

    @Test
    @Order(Integer.MAX_VALUE - 2)
    void a_class_is_compiled_at_a_request() throws IOException {
        Path source = Files.createDirectories(project.path().resolve("src/main/java/added")).resolve("Added.java");
        Path compiled = project.path().resolve("target/classes/added/Added.class");
        Files.writeString(source, "package added;\n\nclass Added {\n}\n");
        assertTrue(Poll.holds(END_LIMIT, () -> {
            try {
                return browser.get(address).statusCode() == 200 && Files.exists(compiled);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    /** Whoever has loaded the page by then has it of the settings before. */
    @Test
    @Order(Integer.MAX_VALUE - 3)
    void changed_settings_are_told_again_when_quarkus_looks_for_them_again() throws Exception {
        Files.writeString(project.pages().resolve("styled.html"), "<!doctype html><title>x</title>");
        try (InputStream tab = changes(version())) {
            project.withSettings("", "# a remark");
            Event first = event(tab);
            assertEquals("page", first.data());
            assertEquals(first, event(tab));
        }
    }

    /** Quarkus starts anew with it, for which it looks each two seconds: what the classes before have left behind must not be in the way. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void settings_hold_and_nothing_was_thrown() throws IOException {
        Path file = project.path().resolve("src/main/resources/application.properties");
        String before = Files.readString(file);
        project.withSettings("", "site.fallbak=index.html", "quarkus.http.non-application-root-path=admin");
        assertReport("<pre>site.fallbak: unknown setting</pre>");
        Files.writeString(file, before);
        project.withSettings("", "site.fallback=index.html", "quarkus.http.non-application-root-path=admin");
        assertReport("<title>What is baked</title>");
        assertEquals(200, browser.get(address.resolve("client/route"), "Accept", "text/html").statusCode());
        assertEquals(200, browser.get(address).statusCode());
        assertTrue(get("").contains("<script src=\"/admin/web-server/reload.js?"), get(""));
        HttpResponse<byte[]> ui = browser.get(address.resolve("admin/dev-ui/extensions"));
        assertEquals(200, ui.statusCode());
        assertTrue(ui.headers().firstValue("content-security-policy").isEmpty());
        assertFalse((devMode.out() + devMode.err()).contains("\tat "), devMode::out);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void the_signal_term_ends_it() {
        Process maven = devMode.process();
        List<ProcessHandle> all = Stream.concat(maven.descendants(), Stream.of(maven.toHandle())).toList();
        maven.destroy();
        assertTrue(Poll.holds(END_LIMIT, () -> all.stream().noneMatch(ProcessHandle::isAlive)), devMode::out);
    }

    /** It is that of the settings before for two seconds at most. */
    private void assertReport(String text) {
        Poll.until("a report with " + text, START_LIMIT, () -> {
            String report = new String(browser.read(address.resolve("admin/web-server/"), START_LIMIT), UTF_8);
            return report.contains(text) ? report : null;
        });
    }

    private String get(String path) throws IOException {
        return new String(browser.get(address.resolve(path)).body(), UTF_8);
    }
}
