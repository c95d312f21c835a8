package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest {

    // What was there before: the same but for time, and for what the tests that use them name.
    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VERSION = Pattern.compile("HTTP/1\\.[0-9]");
    private static final Pattern TARGET = Pattern.compile("([Hh][Tt][Tt][Pp][Ss]?://[^/?#@]+)?((?:/[^#]*)?(?:\\?[^#]*)?)");
    private static final Pattern ESCAPED = Pattern.compile("(?:[^%?]|%[0-9A-Fa-f]{2})*+(?:\\?.*)?", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET     | /                    | HTTP/1.1 | /
            HEAD    | /a%20b?c=%zz         | HTTP/1.0 | /a%20b?c=%zz
            GET     | http://x             | HTTP/1.1 | /
            GET     | http://x?y           | HTTP/1.1 | /?y
            GET     | HTTPS://x:8080/a?b   | HTTP/1.1 | /a?b
            GET     | http://[::1]:80/@    | HTTP/1.1 | /@
            GET     | //x                  | HTTP/1.1 | //x
            GET     | /http://x            | HTTP/1.1 | /http://x
            OPTIONS | *                    | HTTP/1.1 | /
            CONNECT | x:80                 | HTTP/1.1 | /
            !#$%&'*+-.^_`~ | /             | HTTP/1.1 | /
            """, quoteCharacter = '"')
    void a_request_line_is_brought_to_origin_form(String method, String target, String version, String path) {
        assertArrayEquals(new String[] { method, path, version }, line(method, target, version));
    }

    @Test
    void a_higher_minor_version_is_the_highest_that_is_known() {
        assertEquals("HTTP/1.1", line("GET", "/", "HTTP/1.9")[2]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''    | /                      | HTTP/1.1  | invalid method
            G(T   | /                      | HTTP/1.1  | invalid method
            G\u00e9T | /                   | HTTP/1.1  | invalid method
            GET   | /                      | HTTP/1.10 | not HTTP/1
            GET   | /                      | HTTP/1.   | not HTTP/1
            GET   | /                      | HTTP/1.x  | not HTTP/1
            GET   | /                      | HTTP/2.0  | not HTTP/1
            GET   | /                      | http/1.1  | not HTTP/1
            GET   | ''                     | HTTP/1.1  | invalid request target
            GET   | *                      | HTTP/1.1  | invalid request target
            GET   | ?x                     | HTTP/1.1  | invalid request target
            GET   | a                      | HTTP/1.1  | invalid request target
            GET   | /#                     | HTTP/1.1  | invalid request target
            GET   | /?#                    | HTTP/1.1  | invalid request target
            GET   | http://x/#             | HTTP/1.1  | invalid request target
            GET   | http://x#              | HTTP/1.1  | invalid request target
            GET   | http:/x                | HTTP/1.1  | invalid request target
            GET   | http://                | HTTP/1.1  | invalid request target
            GET   | http:///x              | HTTP/1.1  | invalid request target
            GET   | http://:80/            | HTTP/1.1  | invalid request target
            GET   | http://x:65536/        | HTTP/1.1  | invalid request target
            GET   | http://u@x/            | HTTP/1.1  | invalid request target
            GET   | http://x\\y/           | HTTP/1.1  | invalid request target
            GET   | httpx://x/             | HTTP/1.1  | invalid request target
            GET   | ftp://x/               | HTTP/1.1  | invalid request target
            GET   | /%                     | HTTP/1.1  | invalid percent-encoding
            GET   | /%4                    | HTTP/1.1  | invalid percent-encoding
            GET   | /%4?1                  | HTTP/1.1  | invalid percent-encoding
            GET   | /%%41                  | HTTP/1.1  | invalid percent-encoding
            GET   | /%zz                   | HTTP/1.1  | invalid percent-encoding
            GET   | http://x/%zz           | HTTP/1.1  | invalid percent-encoding
            """)
    void what_is_malformed_is_refused(String method, String target, String version, String error) {
        assertEquals(error, assertThrows(IllegalArgumentException.class, () -> line(method, target, version)).getMessage());
    }

    @Test
    void methods_and_versions_are_what_they_were() {
        NastyInput.random(100_000, "G", "e", "1", "!", "~", "|", "(", " ", "\t", "\u00e9", "\u00b5", "-", "/", "{").forEach(word ->
                assertEquals(METHOD.matcher(word).matches(), isTaken(word, "/", "HTTP/1.1"), word));
        NastyInput.random(100_000, "HTTP/1.", "HTTP/", "1", "0", ".", "9", " ", "x", "\u00b2").forEach(word ->
                assertEquals(VERSION.matcher(word).matches(), isTaken("GET", "/", word), word));
    }

    /** But for the authority of an absolute-form, which must be a host with a name now. */
    @Test
    void targets_are_what_they_were() {
        NastyInput.random(300_000, "/", "/", "?", "%", "%41", "%4", "#", "a", "http://", "HttpS://", "http:", "x", "x:80", "@", "*",
                "\u0085", "\u00e9", ".").forEach(target -> {
            Matcher matcher = TARGET.matcher(target);
            boolean before = matcher.matches() && ESCAPED.matcher(matcher.group(2)).matches()
                    && (matcher.group(1) == null ? target.startsWith("/") : isNamed(matcher.group(1)));
            assertEquals(before, isTaken("GET", target, "HTTP/1.1"), target);
        });
    }

    private static boolean isNamed(String schemeAndAuthority) {
        String authority = schemeAndAuthority.substring(schemeAndAuthority.indexOf("://") + 3);
        return !authority.startsWith(":") && Host.isValid(authority);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            HTTP/1.1 | Host: x                                      | -
            HTTP/1.1 | Host:                                        | -
            HTTP/1.1 | X: y                                         | missing Host
            HTTP/1.0 | X: y                                         | -
            HTTP/1.0 | Host: a b                                    | invalid Host, or several
            HTTP/1.1 | Host: x:65536                                | invalid Host, or several
            HTTP/1.1 | Host: x, Host: x                             | invalid Host, or several
            HTTP/1.1 | Host: x, Transfer-Encoding: chunked          | -
            HTTP/1.1 | Host: x, Transfer-Encoding: CHUNKED          | -
            HTTP/1.1 | Host: x, Transfer-Encoding: chunk            | a Transfer-Encoding that is not just chunked
            HTTP/1.1 | Host: x, Transfer-Encoding: c                | a Transfer-Encoding that is not just chunked
            HTTP/1.1 | Host: x, Transfer-Encoding: chunked;         | a Transfer-Encoding that is not just chunked
            HTTP/1.1 | Host: x, Transfer-Encoding:                  | a Transfer-Encoding that is not just chunked
            HTTP/1.1 | Host: x, Transfer-Encoding: chunked, Transfer-Encoding: chunked | a Transfer-Encoding that is not just chunked
            """)
    void fields_are_right_or_not(String version, String fields, String error) {
        assertEquals(error, RequestRules.error(request(version, fields)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            HTTP/1.1 | X: y                                    | true  | -
            HTTP/1.1 | Connection: close                       | false | close
            HTTP/1.1 | Connection: x, Connection: CLOSE        | false | close
            HTTP/1.1 | Connection: keep-alive, Connection: close | false | close
            HTTP/1.1 | Connection: clo                         | true  | clo
            HTTP/1.1 | Connection: c                           | true  | c
            HTTP/1.1 | Connection:                             | true  | ''
            HTTP/1.0 | X: y                                    | false | -
            HTTP/1.0 | Connection: Keep-Alive                  | true  | keep-alive
            HTTP/1.0 | Connection: x, Connection: keep-alive   | true  | keep-alive
            HTTP/1.0 | Connection: k                           | false | k
            HTTP/1.0 | Connection: keep                        | false | keep
            HTTP/1.0 | Connection: keep-alive, Connection: close | false | close
            """)
    void a_connection_persists_or_not(String version, String fields, boolean persists, String connection) {
        HttpRequest request = request(version, fields);
        assertEquals(persists, RequestRules.settlePersistence(request));
        assertEquals(connection, request.headers().get("Connection"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "x,\tclose", ",,close,", "x , close , y" })
    void close_is_found_in_a_list(String value) {
        HttpRequest request = request("HTTP/1.1", "X: y");
        request.headers().set("Connection", value);
        assertEquals(false, RequestRules.settlePersistence(request));
        assertEquals("close", request.headers().get("Connection"));
    }

    @Test
    void time_is_linear() {
        for (String before : new String[] { "", "/", "http://", "http://x/", "/%41?" }) {
            NastyInput.assertLinear(before, target -> isTaken("GET", target, "HTTP/1.1"));
        }
        NastyInput.assertLinear("", word -> isTaken(word, "/", "HTTP/1.1"));
        NastyInput.assertLinear("HTTP/1.", word -> isTaken("GET", "/", word));
    }

    private static String[] line(String method, String target, String version) {
        return RequestRules.requestLine(new String[] { method, target, version });
    }

    private static boolean isTaken(String method, String target, String version) {
        try {
            line(method, target, version);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** With Vert.x's map of fields, as the decoder makes it. */
    private static HttpRequest request(String version, String lines) {
        HttpHeaders fields = HeadersMultiMap.httpHeaders();
        for (String line : lines.split(", ")) {
            fields.add(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1).strip());
        }
        return new DefaultHttpRequest(HttpVersion.valueOf(version), HttpMethod.GET, "/", fields);
    }
}
