package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Extensions that look at every request, in a copy of the project and below a root path: filters, passwords, metrics. The long
 * form is that of {@link ExtensionsIT}.
 */
class GuardsIT {

    /** alice:secret */
    private static final String ALICE = "Authorization: Basic YWxpY2U6c2VjcmV0\r\n";

    private static final int PAGES = 500;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static ExtendedServer server;

    @BeforeAll
    static void build_and_start() throws IOException, InterruptedException {
        server = ExtendedServer.start(new ProjectCopy()
                .withExtension("endpoints", "io.quarkus:quarkus-rest", "io.quarkus:quarkus-reactive-routes")
                .withExtension("guards", "io.quarkus:quarkus-elytron-security-properties-file",
                        "io.quarkus:quarkus-micrometer-registry-prometheus")
                .withSettings("quarkus.http.root-path=/app", "quarkus.http.auth.basic=true",
                        "quarkus.security.users.embedded.enabled=true", "quarkus.security.users.embedded.plain-text=true",
                        "quarkus.security.users.embedded.users.alice=secret", "quarkus.security.users.embedded.roles.alice=reader",
                        "quarkus.http.auth.permission.private.paths=/app/private/*",
                        "quarkus.http.auth.permission.private.policy=authenticated"), Map.of());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET     /app/               | 200 | <!DOCTYPE html>
            GET     /app                | 308 | 308 Permanent
            HEAD    /app/               | 200 | ''
            OPTIONS /app/               | 204 | ''
            POST    /app/               | 405 | 405 Method
            GET     /app/nope           | 404 | <!DOCTYPE html>
            GET     /app/api/hello      | 200 | hello
            HEAD    /app/api/hello      | 200 | ''
            GET     /app/api/both       | 200 | <!DOCTYPE html>
            GET     /app/api/nope       | 404 | <!DOCTYPE html>
            GET     /app/api/secret     | 403 | ''
            GET     /app/item/3         | 200 | item 3
            HEAD    /app/item/3         | 200 | ''
            DELETE  /app/item/3         | 405 | 405 Method
            GET     /app/declared/4     | 200 | declared 4
            GET     /app/private/       | 401 | ''
            GET     /app/private        | 401 | ''
            GET     /app/./private/     | 401 | ''
            GET     /app/%70rivate/     | 401 | ''
            GET     /app/private%2F     | 404 | <!DOCTYPE html>
            GET     /app/private%2findex.html | 404 | <!DOCTYPE html>
            GET     /app/x%2f..%2fprivate%2f  | 404 | <!DOCTYPE html>
            GET     /app/q/metrics      | 200 | '#'
            GET     /                   | 404 |
            GET     /api/hello          | 404 |
            """)
    void endpoints_and_pages_are_below_the_root_path(String request, int status, String content) throws IOException {
        String received = server.exchange(request, "");
        assertEquals("HTTP/1.1 " + status, received.substring(0, 12), received);
        String body = received.substring(received.indexOf("\r\n\r\n") + 4);
        assertTrue(content == null || (content.isEmpty() ? body.isEmpty() : body.startsWith(content)), received);
        // Who is not let in is told before a filter of the application is asked.
        assertEquals(request.contains(" /app") && status != 401 ? "yes" : null, ExtendedServer.field(received, "x-filtered"), received);
    }

    @ParameterizedTest
    @CsvSource({ "/app/private/, 200, none", "/app/private, 308, ./private/" })
    void a_page_behind_a_password_is_for_who_has_it(String path, int status, String location) throws IOException {
        String received = server.exchange("GET " + path, ALICE);
        assertEquals("HTTP/1.1 " + status, received.substring(0, 12), received);
        assertEquals(location, String.valueOf(ExtendedServer.field(received, "location")).replace("null", "none"));
    }

    @Test
    void metrics_count_pages_too() throws IOException {
        double before = requests();
        for (int i = 0; i < PAGES; i++) {
            server.exchange("GET /app/favicon.ico", "");
        }
        assertTrue(Poll.holds(LIMIT, () -> requests() >= before + PAGES), GuardsIT::metrics);
        assertTrue(requests() < before + 2 * PAGES);
    }

    /** With 200. Those that ask for metrics are of them, but are not nearly as many as PAGES. */
    private static double requests() {
        return metrics().lines().filter(line -> line.startsWith("http_server_requests_seconds_count{") && line.contains("status=\"200\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    private static String metrics() {
        try {
            return server.exchange("GET /app/q/metrics", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void probes_are_below_the_root_path_too() throws IOException {
        List<String> paths = Files.readAllLines(server.project().path().resolve("target/kubernetes/kubernetes.yml")).stream()
                .map(String::strip).filter(line -> line.startsWith("path:")).toList();
        // The fourth is that of the metrics, for Prometheus.
        assertEquals(List.of("path: /app/q/health/live", "path: /app/q/health/ready", "path: /app/q/health/started",
                "path: /app/q/metrics"), paths);
    }

    @Test
    void the_fast_path_is_off_and_the_log_says_so_once() {
        assertTrue(Poll.holds(LIMIT, () -> timesSaid("The fast path is off: ") > 0), server::said);
        assertEquals(1, timesSaid("The fast path is off: "), server::said);
    }

    private static long timesSaid(String words) {
        return server.said().lines().filter(line -> line.contains(words)).count();
    }
}
