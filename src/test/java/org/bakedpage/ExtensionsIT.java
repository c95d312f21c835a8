package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Extensions that only add routes of their own, beside the pages, in a copy of the project: quarkus-rest, routes of Vert.x and
 * smallrye-health; a web jar; and an extension that makes files for browsers, of src/main/resources/web. In the long form, {@code -Dextensions=native}, as an executable.
 */
class ExtensionsIT {

    private static ExtendedServer server;

    @BeforeAll
    static void build_and_start() throws IOException, InterruptedException {
        server = ExtendedServer.start(new ProjectCopy().withExtension("endpoints", "io.quarkus:quarkus-rest",
                "io.quarkus:quarkus-reactive-routes", "io.quarkus:quarkus-smallrye-health", "io.quarkus:quarkus-web-dependency-locator")
                // A web jar that only the running program needs.
                .inPom("(mime-db</artifactId>.*?<scope>)test", "$1runtime"), Map.of("SITE_METRICS", "true"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET     /                  | 200 |                    | <!DOCTYPE html>
            HEAD    /                  | 200 |                    | ''
            OPTIONS /                  | 204 | GET, HEAD, OPTIONS | ''
            POST    /                  | 405 | GET, HEAD, OPTIONS | 405 Method
            FOO     /                  | 501 | GET, HEAD, OPTIONS | 501 Not
            GET     /nope              | 404 |                    | <!DOCTYPE html>
            HEAD    /nope              | 404 |                    | ''
            GET     /api/hello         | 200 |                    | hello
            HEAD    /api/hello         | 200 |                    | ''
            OPTIONS /api/hello         | 200 | HEAD, POST, GET, OPTIONS | ''
            POST    /api/hello         | 405 |                    | ''
            POST    /api/echo          | 200 |                    | abc
            GET     /api/echo          | 405 |                    | ''
            GET     /api/nope          | 404 |                    | <!DOCTYPE html>
            HEAD    /api/nope          | 404 |                    | ''
            POST    /api/nope          | 405 | GET, HEAD, OPTIONS | 405 Method
            GET     /api/both          | 200 |                    | <!DOCTYPE html>
            GET     /item/3            | 200 |                    | item 3
            HEAD    /item/3            | 200 |                    | ''
            OPTIONS /item/3            | 204 | GET, HEAD, OPTIONS | ''
            DELETE  /item/3            | 405 | GET, HEAD, OPTIONS | 405 Method
            GET     /item              | 404 |                    | <!DOCTYPE html>
            GET     /item/3/4          | 404 |                    | <!DOCTYPE html>
            GET     /favicon.svg       | 200 |                    | route
            GET     /declared/4        | 200 |                    | declared 4
            HEAD    /declared/4        | 200 |                    | ''
            GET     /q/health          | 200 |                    | {
            GET     /q/health/ready    | 200 |                    | {
            GET     /q/metrics         | 200 |                    | # HELP
            GET     /webjars/mime-db/1.54.0/db.json | 200 |       | {
            GET     /generated.txt     | 200 |                    | generated
            GET     /q/nope            | 404 |                    | <!DOCTYPE html>
            """)
    void endpoints_answer_beside_the_pages_and_what_nobody_answers_gets_404(String request, int status, String allow, String content)
            throws IOException {
        String received = server.exchange(request, "");
        assertEquals("HTTP/1.1 " + status, received.substring(0, 12), received);
        assertEquals(allow, ExtendedServer.field(received, "allow"), received);
        String body = received.substring(received.indexOf("\r\n\r\n") + 4);
        assertTrue(content.isEmpty() ? body.isEmpty() : body.startsWith(content), received);
    }

    @Test
    void the_fast_path_stays_on() throws IOException {
        assertFalse(server.said().contains("fast path"), server.said());
        long before = answersOfTheFastPath();
        server.exchange("GET /", "");
        assertEquals(before + 1, answersOfTheFastPath());
    }

    /** Own code may collect it, and until it is whole it counts. */
    @Test
    void content_counts_that_may_be_kept() throws Exception {
        int before = heapInUse();
        try (Wire wire = new Wire(server.server().port())) {
            wire.send("POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 60000\r\n\r\n" + "a".repeat(50_000));
            assertTrue(Poll.holds(Duration.ofSeconds(5), () -> heapInUse() >= before + 50_000), () -> before + ", then " + heapInUse());
        }
    }

    private static int heapInUse() {
        try {
            String metrics = server.exchange("GET /q/metrics", "");
            Matcher bytes = Pattern.compile("web_server_budget_used_bytes\\{of=\"heap\"} (\\d+)").matcher(metrics);
            assertTrue(bytes.find(), metrics);
            return Integer.parseInt(bytes.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long answersOfTheFastPath() throws IOException {
        String metrics = server.exchange("GET /q/metrics", "");
        Matcher count = Pattern.compile("by=\"fast_path\",status=\"2xx\"} (\\d+)").matcher(metrics);
        assertTrue(count.find(), metrics);
        return Long.parseLong(count.group(1));
    }
}
