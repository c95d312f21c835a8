package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and metrics of the executable, without an extension of Quarkus's. */
class EndpointsIT {

    private static final String EXECUTABLE = System.getProperty("native.image.path");
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET     /q/health         | 200 | true
            GET     /q/health/live    | 200 | true
            GET     /q/health/ready?a | 200 | true
            GET     /q/health/started | 200 | true
            HEAD    /q/health/ready   | 200 | false
            OPTIONS /q/health         | 204 | false
            POST    /q/health         | 405 | false
            GET     /q/health/other   | 404 | false
            GET     /q/healthy        | 404 | false
            GET     /q                | 404 | false
            GET     /q/metrics        | 404 | false
            """)
    void health_is_json_and_metrics_are_off(String request, int status, boolean up) throws Exception {
        for (String fastPath : new String[] { "true", "false" }) {
            try (Server server = Server.start(EXECUTABLE, Map.of("SITE_FAST_PATH", fastPath)); Wire wire = new Wire(server.port())) {
                String answer = wire.send(request.replaceAll(" +", " ") + " HTTP/1.1\r\nHost: x\r\n\r\n").receive(!request.startsWith("HEAD"));
                assertEquals("HTTP/1.1 " + status, answer.substring(0, 12), answer);
                if (up) {
                    assertEquals(new JsonObject("{\"status\":\"UP\",\"checks\":[]}"), new JsonObject(answer.substring(answer.indexOf("\r\n\r\n"))));
                }
                assertEquals(status == 200, answer.contains("\r\ncontent-type: application/json; charset=UTF-8\r\n")
                        && answer.contains("\r\ncache-control: no-store\r\n"), answer);
            }
        }
    }

    /** Who sends requests learns that it ends, as the health command does, while all is served as before. */
    @Test
    void at_the_end_it_is_live_and_not_ready_for_as_long_as_is_said() throws Exception {
        try (Server server = Server.start(EXECUTABLE, Map.of("QUARKUS_SHUTDOWN_DELAY", "2s"))) {
            assertEquals(200, server.get("/q/health/ready").statusCode());
            long start = System.nanoTime();
            server.terminate();
            HttpResponse<String> ready = Poll.until("503", LIMIT, () -> {
                HttpResponse<String> answer = get(server, "/q/health/ready");
                return answer.statusCode() == 503 ? answer : null;
            });
            assertEquals("DOWN", new JsonObject(ready.body()).getString("status"));
            assertEquals(503, get(server, "/q/health").statusCode());
            for (String path : new String[] { "/q/health/live", "/q/health/started", "/" }) {
                assertEquals(200, get(server, path).statusCode(), path);
            }
            Command.Result health = new Command(EXECUTABLE, "-Dquarkus.http.port=" + server.port(), "health").run();
            assertEquals(1, health.exitCode(), health::toString);
            assertTrue(health.err().contains("answers HTTP/1.1 503"), health::toString);
            assertTrue(server.process().waitFor(10, TimeUnit.SECONDS));
            assertEquals(0, server.process().exitValue());
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis >= 2_000, () -> millis + " ms");
        }
    }

    private static HttpResponse<String> get(Server server, String path) {
        try {
            return server.get(path);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "true", "false" })
    void metrics_count_what_was_answered_and_nothing_of_operators(boolean fastPath) throws Exception {
        long before = Instant.now().getEpochSecond();
        try (Server server = Server.start(EXECUTABLE, Map.of("SITE_METRICS", "true", "SITE_FAST_PATH", Boolean.toString(fastPath)));
                Wire wire = new Wire(server.port())) {
            Map<String, Double> first = metrics(server);
            int bytes = 0;
            for (String request : List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nRange: bytes=1-3\r\n\r\n",
                    "BREW / HTTP/1.1\r\nHost: x\r\n\r\n")) {
                String answer = wire.exchange(request);
                bytes += answer.length() - answer.indexOf("\r\n\r\n") - 4;
            }
            server.get("/q/health");
            Map<String, Double> then = metrics(server);
            String by = fastPath ? "fast_path" : "router";
            assertEquals(2, more(first, then, requests(by, 2)));
            assertEquals(1, more(first, then, requests(by, 3)));
            assertEquals(1, more(first, then, requests(by, 4)));
            assertEquals(1, more(first, then, requests("router", 5)));
            assertEquals(0, more(first, then, requests(fastPath ? "router" : "fast_path", 2)));
            assertEquals(bytes, more(first, then, "web_server_response_content_bytes_total"));
            assertTrue(then.get("web_server_connections") >= 2, then::toString);
            assertTrue(then.get("web_server_budget_used_bytes{of=\"heap\"}") > 0, then::toString);
            double start = then.get("process_start_time_seconds");
            assertTrue(start >= before && start <= Instant.now().getEpochSecond() + 1, () -> start + " is not after " + before);
        }
    }

    @Test
    void metrics_say_why_connections_were_closed() throws Exception {
        try (Server server = Server.start(EXECUTABLE, Map.of("SITE_METRICS", "true", "SITE_HEAD_TIMEOUT", "1s", "SITE_MAX_CONNECTIONS", "3"));
                Wire slow = new Wire(server.port())) {
            slow.send("GET / HTTP/1.1\r\nHo").receiveToEnd();
            assertEquals(1, metrics(server).get("web_server_connections_closed_total{reason=\"head\"}"));
            List<Wire> others = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                others.add(new Wire(server.port()));
                others.get(i).exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            double evicted = metrics(server).get("web_server_connections_closed_total{reason=\"connections\"}");
            assertTrue(evicted >= 3, () -> "" + evicted);
            for (Wire other : others) {
                other.close();
            }
        }
    }

    /** In the format that MetricsTest has. */
    @Test
    void metrics_are_text_that_tells_no_version() throws Exception {
        try (Server server = Server.start(EXECUTABLE, Map.of("SITE_METRICS", "true"))) {
            HttpResponse<String> answer = server.get("/q/metrics");
            assertEquals("text/plain; version=0.0.4; charset=utf-8", answer.headers().firstValue("content-type").orElse(""));
            assertTrue(answer.body().startsWith("# HELP web_server_requests_total "), answer::body);
            assertFalse(answer.body().contains(ProjectCopy.version()), "nothing tells the version");
        }
    }

    private static String requests(String by, int statusClass) {
        return "web_server_requests_total{by=\"" + by + "\",status=\"" + statusClass + "xx\"}";
    }

    private static double more(Map<String, Double> first, Map<String, Double> then, String metric) {
        return then.getOrDefault(metric, 0.0) - first.getOrDefault(metric, 0.0);
    }

    private static Map<String, Double> metrics(Server server) throws Exception {
        Map<String, Double> metrics = new TreeMap<>();
        server.get("/q/metrics").body().lines().filter(line -> !line.startsWith("#"))
                .forEach(line -> metrics.put(line.substring(0, line.lastIndexOf(' ')), Double.valueOf(line.substring(line.lastIndexOf(' ')))));
        return metrics;
    }
}
