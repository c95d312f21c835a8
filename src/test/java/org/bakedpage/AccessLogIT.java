package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The executable with {@code quarkus.http.access-log.enabled}: each request that a route has answered is one line. */
class AccessLogIT {

    private static final String EXECUTABLE = System.getProperty("native.image.path");
    private static final String ENABLED = "-Dquarkus.http.access-log.enabled=true";
    /** On one connection: behind the first answer the fast path could go on. */
    private static final int TIMES = 5;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Pattern LINE = Pattern.compile("[^ ]+ INFO  \\[io\\.quarkus\\.http\\.access-log] \\([^)]+\\) (.*)");
    private static final Pattern COMMON = Pattern.compile("127\\.0\\.0\\.1 - - \\[([^]]+)] (\".*\" [0-9]+ [^ ]+)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(List.of(EXECUTABLE, ENABLED), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        try (Server stopped = server) {
            List<String> others = stopped.log().lines().filter(line -> !LINE.matcher(line).matches()).toList();
            assertEquals(1, others.size(), others::toString);
            assertTrue(others.get(0).contains("The fast path is off: every request passes AccessLogHandler"), others::toString);
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
            GET /nothing      | X: y                | 404
            HEAD /nothing     | X: y                | 404
            OPTIONS /?allowed | X: y                | 204
            POST /?content    | Content-Length: 0   | 405
            GET /%ff          | X: y                | 400
            """)
    void a_request_is_a_line_however_often_it_comes(String request, String field, int status) throws IOException {
        long before = Instant.now().getEpochSecond();
        List<String> expected = new ArrayList<>();
        try (Wire wire = new Wire(server.port())) {
            for (int i = 0; i < TIMES; i++) {
                String answer = wire.send(request + " HTTP/1.1\r\nHost: x\r\n" + field + "\r\n\r\n").receive(!request.startsWith("HEAD"));
                assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
                int bytes = answer.length() - answer.indexOf("\r\n\r\n") - 4;
                expected.add("\"" + request + " HTTP/1.1\" " + status + " " + (bytes == 0 ? "-" : bytes));
            }
        }
        List<String> said = new ArrayList<>();
        for (String line : said(server, request, TIMES)) {
            Matcher common = COMMON.matcher(line);
            assertTrue(common.matches(), line);
            said.add(common.group(2));
            long time = TIME.parse(common.group(1), Instant::from).getEpochSecond();
            assertTrue(time >= before && time <= Instant.now().getEpochSecond(), line);
        }
        assertEquals(expected, said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            combined  | http.record-request-start-time=false     | 127.0.0.1 - - .* "GET / HTTP/1.1" 200 \\d+ "http://r/" "agent"
            %D        | http.record-request-start-time=true      | \\d+
            %a,%s,%B  | http.proxy.proxy-address-forwarding=true | 203.0.113.9,200,\\d+
            """)
    void what_a_line_says_is_a_setting(String pattern, String setting, String line) throws Exception {
        List<String> command = List.of(EXECUTABLE, ENABLED, "-Dquarkus.http.access-log.pattern=" + pattern, "-Dquarkus." + setting);
        try (Server other = Server.start(command, Map.of()); Wire wire = new Wire(other.port())) {
            wire.exchange("GET / HTTP/1.1\r\nHost: x\r\nReferer: http://r/\r\nUser-Agent: agent\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n");
            Poll.until(line, LIMIT, () -> said(other).stream().filter(said -> said.matches(line)).findFirst().orElse(null));
        }
    }

    /** What the log says of a request, once it says it so often; lines that are too many are among them. */
    private static List<String> said(Server server, String request, int times) {
        return Poll.until(times + " lines of " + request, LIMIT, () -> {
            List<String> lines = said(server).stream().filter(line -> line.contains("\"" + request + " ")).toList();
            return lines.size() < times ? null : lines;
        });
    }

    private static List<String> said(Server server) {
        return server.log().lines().map(LINE::matcher).filter(Matcher::matches).map(line -> line.group(1)).toList();
    }
}
