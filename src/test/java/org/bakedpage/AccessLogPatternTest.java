package org.bakedpage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.AsciiString;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as Apache's and Quarkus's documents have them; a hostile value stays within its place. */
class AccessLogPatternTest {

    private static final String DATE = "Sun, 09 Nov 2026 12:23:26 GMT";

    private record Request(String method, String target, String protocol, Map<String, String> fields) implements LoggedRequest {

        @Override
        public void appendTarget(LogText line) {
            line.appendValue(target);
        }

        @Override
        public boolean appendField(AsciiString name, LogText line) {
            String value = fields.get(name.toString());
            if (value != null) {
                line.appendValue(value);
            }
            return value != null;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            common                | 10.0.0.1 - - [09/Nov/2026:12:23:26 +0000] "GET /a?b HTTP/1.1" 200 5
            combined              | 10.0.0.1 - - [09/Nov/2026:12:23:26 +0000] "GET /a?b HTTP/1.1" 200 5 "http://r/" "agent"
            %h %a                 | 10.0.0.1 10.0.0.1
            %m%H                  | GETHTTP/1.1
            %U %q                 | /a ?b
            %s %b %B              | 200 5 5
            100%% of %s           | 100% of 200
            %{i,user-AGENT}       | agent
            %{i, Referer }        | http://r/
            %{i,X-Absent}         | -
            plain                 | plain
            {"of":"%r"}           | {"of":"GET /a?b HTTP/1.1"}
            json                  | {"time":"2026-11-09T12:23:26Z","client":"10.0.0.1","method":"GET","target":"/a?b","protocol":"HTTP/1.1","status":200,"bytes":5,"referer":"http://r/","user_agent":"agent"}
            """)
    void a_line_says_what_its_pattern_asks_for(String pattern, String line) {
        Request request = new Request("GET", "/a?b", "HTTP/1.1", Map.of("referer", "http://r/", "user-agent", "agent"));
        assertEquals(line + "\n", line(pattern, request, 200, 5));
    }

    /** Among them a wrong one, and what only Quarkus's own log knows. */
    @ParameterizedTest
    @ValueSource(strings = { "%D", "%{i,", "%", "%{o,X}", "%{REQUEST_LINE}", "%v", "%T", "", "long" })
    void another_attribute_is_not_taken_for_a_text(String pattern) {
        assertNull(AccessLogPattern.of(pattern));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            common   | 10.0.0.1 - - [09/Nov/2026:12:23:26 +0000] "-" 400 -
            combined | 10.0.0.1 - - [09/Nov/2026:12:23:26 +0000] "-" 400 - "-" "-"
            %m %U%q  | - -
            json     | {"time":"2026-11-09T12:23:26Z","client":"10.0.0.1","status":400,"bytes":0}
            """)
    void of_a_refused_request_nothing_is_known(String pattern, String line) {
        assertEquals(line + "\n", line(pattern, null, 400, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"\\", "\r\n10.0.0.2 - - \"GET / HTTP/1.1\" 200 5", "\u001b[2J\u0000\u007f", "\u0085\u00a0\u00e9\u00ff", "\t", "${jndi:x}",
            "</script>" })
    void a_hostile_value_is_neither_another_line_nor_another_field(String value) {
        Request request = new Request("GET", "/" + value, "HTTP/1.1", Map.of("referer", value, "user-agent", value, "x-forwarded-for", value));
        JsonObject json = new JsonObject(line("json", request, 200, 5));
        assertEquals("/" + value, json.getString("target"));
        for (String name : new String[] { "referer", "user_agent", "x_forwarded_for" }) {
            assertEquals(value, json.getString(name));
        }
        for (String pattern : new String[] { "combined", "json", "%{i,Referer}" }) {
            String line = line(pattern, request, 200, 5);
            assertEquals(line.length() - 1, line.indexOf('\n'));
            assertTrue(line.chars().limit(line.length() - 1).allMatch(c -> c >= ' ' && c < 0x7F), line);
        }
        String combined = line("combined", request, 200, 5);
        assertEquals(6, combined.chars().filter(c -> c == '"').count(), combined);
    }

    @ParameterizedTest
    @ValueSource(strings = { "combined", "json" })
    void no_client_fills_a_line(String pattern) {
        String value = "\u00ff".repeat(16_000);
        String line = line(pattern, new Request("GET", value, "HTTP/1.1", Map.of("referer", value, "user-agent", value,
                "x-forwarded-for", value, "x-request-id", value)), 200, 5);
        assertTrue(line.length() < 5 * 6 * 1_024 + 300, () -> "" + line.length());
        assertTrue(line.contains("...\""), line);
    }

    @Test
    void json_is_own() {
        assertTrue(AccessLogPattern.isOwn("json"));
        assertFalse(AccessLogPattern.isOwn("common"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            json            | -
            common          | -
            combined        | -
            long            | -
            %h              | -
            %{i,User-Agent} | -
            %{X} and %{i,Y} | -
            100%%           | -
            jsn             | says nothing of a request: give json, common, combined, long, or attributes, as %h
            JSON            | says nothing of a request: give json, common, combined, long, or attributes, as %h
            ''              | says nothing of a request: give json, common, combined, long, or attributes, as %h
            %h %{i,X        | has a %{ without a }
            """)
    void what_is_no_pattern_is_told(String pattern, String error) {
        assertEquals(error, AccessLogPattern.error(pattern));
    }

    private static String line(String pattern, LoggedRequest request, int status, long bytes) {
        AccessLogPattern compiled = AccessLogPattern.of(pattern);
        LogText line = new LogText(compiled.isJson());
        compiled.append(new AccessLogPattern.Entry("10.0.0.1", compiled.time(DATE), request, status, bytes), line);
        return new String(line.removeAll(), US_ASCII);
    }
}
