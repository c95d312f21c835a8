package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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

    private static ProjectCopy project;
    private static Server server;

    @BeforeAll
    static void build_and_start() throws IOException, InterruptedException {
        project = new ProjectCopy()
                .withExtension("endpoints", "io.quarkus:quarkus-rest", "io.quarkus:quarkus-reactive-routes")
                .withExtension("guards", "io.quarkus:quarkus-elytron-security-properties-file",
                        "io.quarkus:quarkus-micrometer-registry-prometheus")
                .withSettings("quarkus.http.root-path=/app", "quarkus.http.auth.basic=true",
                        "quarkus.security.users.embedded.enabled=true", "quarkus.security.users.embedded.plain-text=true",
                        "quarkus.security.users.embedded.users.alice=secret", "quarkus.security.users.embedded.roles.alice=reader",
                        "quarkus.http.auth.permission.private.paths=/app/private/*",
                        "quarkus.http.auth.permission.private.policy=authenticated");
        server = ExtensionsIT.start(project);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
        if (project != null) {
            project.close();
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
            GET     /app/q/metrics      | 200 | '#'
            GET     /                   | 404 |
            GET     /api/hello          | 404 |
            """)
    void endpoints_and_pages_are_below_the_root_path(String request, int status, String content) throws IOException {
        String received = ExtensionsIT.exchange(server, request, "");
        assertEquals("HTTP/1.1 " + status, received.substring(0, 12), received);
        String body = received.substring(received.indexOf("\r\n\r\n") + 4);
        assertTrue(content == null || (content.isEmpty() ? body.isEmpty() : body.startsWith(content)), received);
        // Who is not let in is told before a filter of the application is asked.
        assertEquals(request.contains(" /app") && status != 401 ? "yes" : null, ExtensionsIT.field(received, "x-filtered"), received);
    }

    @ParameterizedTest
    @CsvSource({ "/app/private/, 200, none", "/app/private, 308, ./private/" })
    void a_page_behind_a_password_is_for_who_has_it(String path, int status, String location) throws IOException {
        String received = ExtensionsIT.exchange(server, "GET " + path, ALICE);
        assertEquals("HTTP/1.1 " + status, received.substring(0, 12), received);
        assertEquals(location, String.valueOf(ExtensionsIT.field(received, "location")).replace("null", "none"));
    }

    @Test
    void metrics_count_pages_too() throws Exception {
        server.get("/app/favicon.ico");
        assertTrue(Poll.holds(java.time.Duration.ofSeconds(5), () -> metrics().contains("uri=\"/app/favicon.ico\"")
                || metrics().matches("(?s).*http_server_requests_seconds_count\\{[^}]*status=\"200\".*")), GuardsIT::metrics);
    }

    private static String metrics() {
        try {
            return ExtensionsIT.exchange(server, "GET /app/q/metrics", "");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void the_fast_path_is_off_and_the_log_says_so_once() throws IOException {
        assertEquals(1, server.said().lines().filter(line -> line.contains("The fast path is off: ")).count(), server.said());
    }
}
