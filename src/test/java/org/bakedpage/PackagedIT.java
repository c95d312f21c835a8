package org.bakedpage;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./mvnw package} and {@code java -jar} with a site of more than the pages of this project. */
class PackagedIT {

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
    private static final Duration IDLE = Duration.ofSeconds(2);
    /** More than the buffers of the system hold. */
    private static final int BIG = 20 << 20;

    private static ProjectCopy project;
    private static Server server;

    @BeforeAll
    static void build_and_start() throws Exception {
        project = new ProjectCopy();
        byte[] big = new byte[BIG];
        new Random(1).nextBytes(big);
        add("big.bin", big);
        add("docs/index.html", "docs".getBytes());
        add("a b/index.html", "a b".getBytes());
        add("empty.txt", new byte[0]);
        add("app.0a1b2c3d4.js", "js".getBytes());
        add("deep/er/page.html", "deeper".getBytes());
        succeed("-Dproject.build.outputTimestamp=2026-01-31T12:00:00Z", "-Dsite.fallback=index.html");
        server = start(Map.of("QUARKUS_HTTP_IDLE_TIMEOUT", IDLE.toSeconds() + "s"));
    }

    @AfterAll
    static void stop() throws Exception {
        String log = "";
        if (server != null) {
            log = server.log();
            server.close();
        }
        project.close();
        assertEquals("", log);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /docs          | 308 | ./docs/        |
            /docs?a=/b?c   | 308 | ./docs/?a=/b?c |
            //docs         | 308 | ./docs/        |
            /x/../docs     | 308 | ./docs/        |
            /a%20b         | 308 | ./a%20b/       |
            http://y/docs  | 308 | ./docs/        |
            /docs/         | 200 |                | docs
            /docs/.        | 200 |                | docs
            /docs%2f       | 404 |                |
            /docs/?q       | 200 |                | docs
            /docs/index.html | 200 |              | docs
            /a%20b/        | 200 |                | a b
            /deep/er/page.html | 200 |            | deeper
            /deep/er       | 404 |                |
            /deep/         | 404 |                |
            /docs/x        | 404 |                |
            """)
    void a_folder_is_its_index(String target, int status, String location, String content) throws IOException {
        Response response = get(target, "");
        assertEquals(status, response.status());
        assertEquals(location, response.field("location"));
        assertTrue(content == null || content.equals(response.content()), response.content());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Accept: text/html                                | 200
            Accept: TEXT/HTML                                | 200
            Accept: x/y\\r\\nAccept: text/html               | 200
            Accept: application/xhtml+xml,text/html;q=0.9    | 200
            Accept: text/html;level=1;q=0.1                  | 200
            Accept: text/html;q=0                            | 404
            Accept: */*                                      | 404
            Accept: text/htmlx                               | 404
            X: y                                             | 404
            """)
    void an_unknown_path_gets_the_fallback_if_html_is_asked_for(String field, int status) throws IOException {
        Response response = get("/nothing", field.translateEscapes() + "\r\n");
        assertEquals(status, response.status());
        assertEquals("accept, accept-encoding", response.field("vary"));
        assertEquals(status == 200, get("/", "").content().equals(response.content()));
        assertEquals("accept-encoding", get("/", "").field("vary"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /app.0a1b2c3d4.js | X: y                  | 200 | public, max-age=31536000, immutable
            /app.0a1b2c3d4.js | If-Match: "a"         | 412 | no-cache
            /app.0a1b2c3d4.js | Range: bytes=9-       | 416 | no-cache
            /app.0a1b2c3d4.js | If-None-Match: *      | 304 | public, max-age=31536000, immutable
            /empty.txt        | X: y                  | 200 | public, max-age=3600
            /empty.txt        | Range: bytes=0-       | 200 | public, max-age=3600
            /empty.txt        | Range: bytes=-1       | 200 | public, max-age=3600
            /docs/            | X: y                  | 200 | no-cache
            """)
    void only_the_page_is_kept_by_caches(String path, String field, int status, String cacheControl) throws IOException {
        Response response = get(path, field + "\r\n");
        assertEquals(status, response.status());
        assertEquals(cacheControl, response.field("cache-control"));
        assertEquals(status == 200 || status == 304 ? "Sat, 31 Jan 2026 12:00:00 GMT" : null, response.field("last-modified"));
    }

    @Test
    void a_download_that_takes_longer_than_an_idle_connection_has_is_not_cut_off() throws IOException {
        try (Wire wire = new Wire(server.port(), 16 << 10)) {
            wire.send("GET /big.bin HTTP/1.1\r\nHost: x\r\n\r\n");
            assertEquals(BIG, wire.receiveSlowly(IDLE.multipliedBy(3), BIG).length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Connection: close\r\n" })
    void a_client_that_has_nothing_more_to_send_gets_all_of_a_large_file(String field) throws IOException {
        try (Wire wire = new Wire(server.port(), 16 << 10)) {
            wire.send("GET /big.bin HTTP/1.1\r\nHost: x\r\n" + field + "\r\n").end();
            assertEquals(BIG, Response.list(wire.receiveToEnd()).get(0).content().length());
        }
    }

    @Test
    void what_is_sent_after_the_last_request_does_not_cut_a_large_file_short() throws IOException {
        try (Wire wire = new Wire(server.port(), 16 << 10)) {
            wire.send("GET /big.bin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            wire.sendDrops("x".repeat(200), Duration.ofMillis(5));
            assertEquals(BIG, Response.list(wire.receiveToEnd()).get(0).content().length());
        }
    }

    @Test
    void a_download_is_completed_before_it_stops() throws Exception {
        try (Server other = start(Map.of()); Wire wire = new Wire(other.port(), 16 << 10)) {
            wire.send("GET /big.bin HTTP/1.1\r\nHost: x\r\n\r\n");
            String begun = wire.receiveSlowly(Duration.ZERO, 1_000);
            other.terminate();
            assertEquals(BIG, begun.length() + wire.receiveSlowly(Duration.ofSeconds(2), BIG - 1_000).length());
            assertTrue(wire.isClosed());
            assertTrue(other.process().waitFor(5, SECONDS));
            assertEquals(0, other.process().exitValue());
        }
    }

    /** It lay in the system while the download was not taken, and its other half comes when the server stops already. */
    @Test
    void a_request_behind_a_download_is_answered_before_it_stops() throws Exception {
        try (Server other = start(Map.of("SITE_FAST_PATH", "false")); Wire wire = new Wire(other.port(), 16 << 10)) {
            wire.send("GET /big.bin HTTP/1.1\r\nHost: x\r\n\r\n");
            String begun = wire.receiveSlowly(Duration.ZERO, 1_000);
            wire.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na");
            other.terminate();
            Poll.pause(Duration.ofMillis(600));
            assertEquals(BIG, begun.length() + wire.receiveSlowly(Duration.ofMillis(500), BIG - 1_000).length());
            String answer = wire.send("bc\r\n0\r\n\r\n").receive();
            assertTrue(answer.startsWith("HTTP/1.1 405 ") && answer.contains("\r\nconnection: close\r\n"), answer);
            assertTrue(wire.isClosed());
            assertTrue(other.process().waitFor(5, SECONDS));
            assertEquals(0, other.process().exitValue());
        }
    }

    @Test
    void an_access_log_sees_each_request() throws Exception {
        try (Server other = start(Map.of("QUARKUS_HTTP_ACCESS_LOG_ENABLED", "true")); Wire wire = new Wire(other.port())) {
            for (int i = 0; i < 10; i++) {
                wire.exchange("GET /docs/?seen HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            String line = ".* \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}(:\\d\\d){3} [+-]\\d{4}] .*/docs/\\?seen.*";
            // a line is written after its answer was sent
            Poll.until("10 lines", Duration.ofSeconds(5), () -> other.log().lines().filter(each -> each.matches(line)).count() == 10 ? 10 : null);
        }
    }

    @Test
    void without_404_html_and_a_fallback_the_status_alone_is_said() throws Exception {
        String etag = get("/", "").field("etag");
        String fallback = get("/docs/", "").field("etag");
        try (ProjectCopy other = new ProjectCopy()) {
            Files.delete(other.pages().resolve("404.html"));
            Files.writeString(other.pages().resolve("news.html"), "docs");
            assertEquals(0, other.maven("package", "-DskipTests", "-Dproject.build.outputTimestamp=2026-02-28T12:00:00Z")
                    .within(BUILD_LIMIT).run().exitCode());
            try (Server plain = start(other, Map.of()); Wire wire = new Wire(plain.port())) {
                String get = wire.send("GET /nothing HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n").receive();
                assertTrue(get.startsWith("HTTP/1.1 404 Not Found\r\n") && get.endsWith("\r\n\r\n404 Not Found\n"), get);
                assertTrue(get.contains("\r\ncontent-type: text/plain;charset=utf-8\r\n"), get);
                String head = wire.send("HEAD /nothing HTTP/1.1\r\nHost: x\r\n\r\n").receive(false);
                assertTrue(head.startsWith("HTTP/1.1 404 Not Found\r\n") && head.contains("\r\ncontent-length: 14\r\n"), head);
                Response index = Response.list(wire.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").receive()).get(0);
                assertEquals(etag, index.field("etag"), "the same in every build");
                assertEquals("Sat, 28 Feb 2026 12:00:00 GMT", index.field("last-modified"));
                Response news = Response.list(wire.send("GET /news.html HTTP/1.1\r\nHost: x\r\n\r\n").receive()).get(0);
                assertEquals(fallback, news.field("etag"), "the same for the same content");
                assertNotEquals(etag, fallback);
                assertNull(news.field("vary"));
            }
        }
    }

    /** Nothing of it is beside the pages then, whose path is a page's again. */
    @Test
    void the_management_interface_has_health_and_metrics() throws Exception {
        try (ProjectCopy other = new ProjectCopy().withSettings("quarkus.management.port=${MANAGEMENT_PORT:9000}")) {
            Path page = other.pages().resolve("q/health");
            Files.createDirectories(page.getParent());
            Files.writeString(page, "page");
            assertEquals(0, other.maven("package", "-DskipTests", "-Dquarkus.management.enabled=true").within(BUILD_LIMIT).run().exitCode());
            int management = Server.freePort();
            Map<String, String> environment = Map.of("SITE_METRICS", "true", "MANAGEMENT_PORT", Integer.toString(management),
                    "QUARKUS_MANAGEMENT_HOST", "127.0.0.1", "QUARKUS_SHUTDOWN_DELAY", "3s");
            try (Server managed = start(other, environment)) {
                assertEquals("page", managed.get("/q/health").body());
                assertEquals(404, managed.get("/q/metrics").statusCode());
                assertTrue(of(management, "/q/health/ready").startsWith("HTTP/1.1 200 OK\r\n"));
                String metrics = of(management, "/q/metrics");
                assertTrue(metrics.contains("web_server_requests_total{by=\"router\",status=\"4xx\"} 1\n")
                        || metrics.contains("web_server_requests_total{by=\"fast_path\",status=\"4xx\"} 1\n"), metrics);
                assertEquals(0, health(other, environment), "web-server health");
                managed.terminate();
                assertTrue(Poll.holds(Duration.ofSeconds(2), () -> of(management, "/q/health/ready").startsWith("HTTP/1.1 503 ")));
                assertTrue(of(management, "/q/health/live").startsWith("HTTP/1.1 200 OK\r\n"));
                assertEquals(1, health(other, environment), "web-server health");
            }
        }
    }

    private static String of(int port, String path) {
        try (Wire wire = new Wire(port)) {
            return wire.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").receive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int health(ProjectCopy project, Map<String, String> environment) {
        return new Command(java(), "-jar", jar(project).toString(), "health").with(environment).run().exitCode();
    }

    @Test
    void two_thousand_files_of_100_kB_are_served() throws Exception {
        try (ProjectCopy other = new ProjectCopy()) {
            byte[] content = new byte[100_000];
            for (int i = 0; i < 2_000; i++) {
                new Random(i).nextBytes(content);
                Path file = other.pages().resolve("folder" + i % 40 + "/file" + i + ".bin");
                Files.createDirectories(file.getParent());
                Files.write(file, content);
            }
            assertEquals(0, other.maven("package", "-DskipTests").within(BUILD_LIMIT).run().exitCode());
            try (Server many = start(other, Map.of()); Wire wire = new Wire(many.port())) {
                for (int i = 0; i < 2_000; i += 99) {
                    new Random(i).nextBytes(content);
                    Response file = Response.list(wire.send("GET /folder" + i % 40 + "/file" + i
                            + ".bin HTTP/1.1\r\nHost: x\r\n\r\n").receive()).get(0);
                    assertArrayEquals(content, file.bytes());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -Dsite.fallback=none.html   | site.fallback=none.html names no page
            -Dsite.last-modified=monday | site.last-modified=monday is not a time
            -Dsite.fallbak=/index.html  | site.fallbak: unknown setting
            """)
    void a_bad_setting_of_the_build_is_named(String setting, String message) {
        try (ProjectCopy other = new ProjectCopy()) {
            Command.Result build = other.maven(arguments(setting)).within(BUILD_LIMIT).run();
            assertNotEquals(0, build.exitCode());
            assertTrue((build.out() + build.err()).contains(message), build.out());
        }
    }

    private static void add(String file, byte[] content) throws IOException {
        Path path = project.pages().resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
    }

    private static void succeed(String... settings) {
        Command.Result build = project.maven(arguments(settings)).within(BUILD_LIMIT).run();
        assertEquals(0, build.exitCode(), () -> build.out() + build.err());
    }

    private static String[] arguments(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("package", "-DskipTests"));
        arguments.addAll(List.of(settings));
        return arguments.toArray(String[]::new);
    }

    private static Server start(Map<String, String> environment) throws Exception {
        return start(project, environment);
    }

    private static Server start(ProjectCopy project, Map<String, String> environment) throws Exception {
        return Server.start(List.of(java(), "-jar", jar(project).toString()), environment);
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    private static Path jar(ProjectCopy project) {
        return project.path().resolve("target/quarkus-app/quarkus-run.jar");
    }

    private static Response get(String target, String fields) throws IOException {
        try (Wire wire = new Wire(server.port())) {
            return Response.list(wire.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n").receive()).get(0);
        }
    }
}
