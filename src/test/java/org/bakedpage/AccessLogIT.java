package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each request is a line, whoever answers it: {@code quarkus.http.access-log}. */
class AccessLogIT {

    private static final String EXECUTABLE = System.getProperty("native.image.path");
    private static final String ENABLED = "-Dquarkus.http.access-log.enabled=true";
    private static final String PATTERN = "-Dquarkus.http.access-log.pattern=";
    private static final int TIMES = 5;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Pattern COMMON = Pattern.compile("127\\.0\\.0\\.1 - - \\[([^]]+)] (\".*\" [0-9]+ [^ ]+)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);

    private static Server fast;
    private static Server routed;

    @BeforeAll
    static void start() throws Exception {
        fast = Server.start(List.of(EXECUTABLE, ENABLED), Map.of());
        routed = Server.start(List.of(EXECUTABLE, ENABLED), Map.of("SITE_FAST_PATH", "false"));
    }

    @AfterAll
    static void stop() throws Exception {
        for (Server server : new Server[] { fast, routed }) {
            try (server) {
                assertEquals(List.of(), lines(server).stream().filter(line -> !COMMON.matcher(line).matches()).toList());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /?whole       | X: y                | 200
            GET /?coded       | Accept-Encoding: br | 200
            HEAD /?head       | X: y                | 200
            GET /?known       | If-None-Match: *    | 304
            GET /?part        | Range: bytes=0-9    | 206
            GET /?beyond      | Range: bytes=99999- | 416
            GET /?kept        | Connection: close   | 200
            GET /nothing      | X: y                | 404
            HEAD /nothing     | X: y                | 404
            OPTIONS /?allowed | X: y                | 204
            POST /?content    | Content-Length: 0   | 405
            GET /%ff          | X: y                | 400
            """)
    void a_request_is_a_line_however_often_it_comes(String request, String field, int status) throws IOException {
        for (Server server : new Server[] { fast, routed }) {
            long before = Instant.now().getEpochSecond();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                try (Wire wire = new Wire(server.port())) {
                    String answer = wire.send(request + " HTTP/1.1\r\nHost: x\r\n" + field + "\r\n\r\n").receive(!request.startsWith("HEAD"));
                    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
                    int bytes = answer.length() - answer.indexOf("\r\n\r\n") - 4;
                    expected.add("\"" + request + " HTTP/1.1\" " + status + " " + (bytes == 0 ? "-" : bytes));
                }
            }
            List<String> said = new ArrayList<>();
            for (String line : linesOf(server, "\"" + request + " ", TIMES)) {
                Matcher common = COMMON.matcher(line);
                assertTrue(common.matches(), line);
                said.add(common.group(2));
                long time = TIME.parse(common.group(1), Instant::from).getEpochSecond();
                assertTrue(time >= before && time <= Instant.now().getEpochSecond(), line);
            }
            assertEquals(expected, said);
        }
    }

    /** Whatever form it is in: who looks for an open proxy is to be seen. */
    @ParameterizedTest
    @CsvSource({ "GET http://other.example/?absolute HTTP/1.1, 200", "CONNECT other.example:443 HTTP/1.1, 405", "OPTIONS * HTTP/1.1, 204",
        "GET /?newer HTTP/1.7, 200" })
    void a_request_line_is_as_it_was_sent(String line, int status) throws IOException {
        for (Server server : new Server[] { fast, routed }) {
            try (Wire wire = new Wire(server.port())) {
                wire.send(line + "\r\nHost: other.example\r\nConnection: close\r\n\r\n").receiveToEnd();
            }
            linesOf(server, "\"" + line + "\" " + status + " ", 1);
        }
    }

    @Test
    void what_is_refused_is_a_line_too() throws IOException {
        for (Server server : new Server[] { fast, routed }) {
            try (Wire wire = new Wire(server.port())) {
                wire.send("GET /x HTTP/1.1\r\n\r\n").receive();
            }
            linesOf(server, "\"-\" 400 ", 1);
        }
    }

    @Test
    void who_asks_for_health_is_not_logged() throws Exception {
        for (Server server : new Server[] { fast, routed }) {
            // Of one connection, for only its lines have an order.
            try (Wire wire = new Wire(server.port())) {
                assertEquals("HTTP/1.1 200", wire.exchange("GET /q/health/ready HTTP/1.1\r\nHost: x\r\n\r\n").substring(0, 12));
                assertEquals("HTTP/1.1 404", wire.exchange("GET /q/behind HTTP/1.1\r\nHost: x\r\n\r\n").substring(0, 12));
            }
            linesOf(server, "/q/behind", 1);
            assertEquals(List.of(), lines(server).stream().filter(line -> line.contains("/q/health/ready ")).toList());
            // Nobody else passes for one.
            for (String request : new String[] { "BREW /q/health/live", "GET /q/health/nothing", "GET /q/health/../../index.html",
                "GET /q/metrics" }) {
                try (Wire wire = new Wire(server.port())) {
                    wire.exchange(request + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
                }
                linesOf(server, request, 1);
            }
        }
    }

    @Test
    void none_of_many_is_lost() throws Exception {
        try (Server server = Server.start(List.of(EXECUTABLE, ENABLED, PATTERN + "%U"), Map.of()); Wire wire = new Wire(server.port())) {
            // That of the start, which another event loop may have answered: only those of one connection have an order.
            linesOf(server, "/", 1);
            for (int i = 0; i < 100; i++) {
                StringBuilder requests = new StringBuilder();
                for (int j = 0; j < 100; j++) {
                    requests.append("HEAD /").append(100 * i + j).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
                }
                wire.send(requests.toString());
                for (int j = 0; j < 100; j++) {
                    wire.receive(false);
                }
            }
            List<String> expected = new ArrayList<>(List.of("/"));
            for (int i = 0; i < 10_000; i++) {
                expected.add("/" + i);
            }
            assertTrue(Poll.holds(LIMIT, () -> lines(server).size() == expected.size()), () -> lines(server).size() + " lines");
            assertEquals(expected, lines(server));
        }
    }

    /** The last two are beyond this server's own log: Quarkus's has them, and the router answers all. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            combined  | http.record-request-start-time=false     | 127.0.0.1 - - .* "GET / HTTP/1.1" 200 \\d+ "http://r/" "agent" | false
            %h=%s     | http.record-request-start-time=false     | 127.0.0.1=200            | false
            %D        | http.record-request-start-time=true      | .* \\d+                  | true
            %a,%s,%B  | http.proxy.proxy-address-forwarding=true | .* 203.0.113.9,200,\\d+  | true
            """)
    void what_a_line_says_is_a_setting(String pattern, String setting, String line, boolean off) throws Exception {
        List<String> command = List.of(EXECUTABLE, ENABLED, PATTERN + pattern, "-Dquarkus." + setting);
        try (Server other = Server.start(command, Map.of()); Wire wire = new Wire(other.port())) {
            wire.exchange("GET / HTTP/1.1\r\nHost: x\r\nReferer: http://r/\r\nUser-Agent: agent\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n");
            Poll.until(line, LIMIT, () -> lines(other).stream().filter(said -> said.matches(line)).findFirst().orElse(null));
            assertEquals(off, lines(other).stream().anyMatch(said -> said.contains("The fast path is off: ")), () -> lines(other).toString());
        }
    }

    @Test
    void json_is_an_object_in_each_line() throws Exception {
        try (Server other = Server.start(List.of(EXECUTABLE, ENABLED, PATTERN + "json"), Map.of()); Wire wire = new Wire(other.port())) {
            wire.exchange("GET /?\"\\é HTTP/1.1\r\nHost: x\r\nX-Request-ID: 7\"\r\n\r\n");
            JsonObject json = new JsonObject(linesOf(other, "x_request_id", 1).get(0));
            assertEquals("/?\"\\é", json.getString("target"));
            assertEquals("7\"", json.getString("x_request_id"));
            assertEquals(200, json.getInteger("status"));
        }
    }

    @Test
    void json_that_cannot_be_had_is_an_error_of_the_start() {
        Command.Result start = new Command(EXECUTABLE, ENABLED, PATTERN + "json", "-Dquarkus.http.proxy.proxy-address-forwarding=true",
                "-Dquarkus.http.port=0").within(LIMIT).run();
        assertEquals(1, start.exitCode(), start.err());
        assertTrue(start.err().contains("quarkus.http.access-log.pattern=json is not for quarkus.http.proxy"), start.err());
    }

    /** Once there are so many of them that have this. */
    private static List<String> linesOf(Server server, String text, int times) {
        return Poll.until(times + " lines with " + text, LIMIT, () -> {
            List<String> lines = lines(server).stream().filter(line -> line.contains(text)).toList();
            return lines.size() < times ? null : lines;
        });
    }

    private static List<String> lines(Server server) {
        return server.log().lines().toList();
    }
}
