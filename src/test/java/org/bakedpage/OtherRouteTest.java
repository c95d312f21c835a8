package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route that is not of this project answers is sent as HTTP wants it, and the connection lives on. */
@QuarkusTest
@QuarkusTestResource(SystemProperties.class)
class OtherRouteTest {

    private static final String END = "GET /other/whole HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    @TestHTTPResource("/")
    URL url;

    @Singleton
    static class Routes {

        void add(@Observes Router router) {
            router.route("/other/whole").handler(context -> context.response().end("abc"));
            router.route("/other/named").handler(context -> context.response().setStatusMessage("Fine").end("abc"));
            router.route("/other/chunks").handler(context -> context.response().setChunked(true).end("abc"));
            router.route("/other/interim").handler(context -> {
                context.response().writeContinue();
                context.request().endHandler(end -> context.response().end("abc"));
            });
            router.get("/other/query").handler(context -> context.response().putHeader("X-Query", "" + context.request().query()).end("abc"));
            router.route("/other/late").handler(context -> context.vertx().setTimer(200, timer -> context.response().end("abc")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    whole,    HTTP/1.1 200 OK||abc",
        "HEAD,   whole,    HTTP/1.1 200 OK||",
        "GET,    named,    HTTP/1.1 200 Fine||abc",
        "HEAD,   named,    HTTP/1.1 200 Fine||",
        "GET,    chunks,   HTTP/1.1 200 OK||3|abc|0||",
        "POST,   interim,  HTTP/1.1 100 Continue||HTTP/1.1 200 OK||abc",
    })
    void its_answer_is_framed_and_the_next_one_follows(String method, String route, String expected) throws IOException {
        String content = method.equals("POST") ? "Content-Length: 3\r\n\r\nxyz" : "\r\n";
        try (Wire wire = new Wire(url.getPort())) {
            String received = wire.send(method + " /other/" + route + " HTTP/1.1\r\nHost: x\r\n" + content + END).receiveToEnd();
            assertEquals(expected + "HTTP/1.1 200 OK||abc", withoutFields(received));
        }
    }

    /** RFC 9110 section 9.3.2. */
    @ParameterizedTest
    @CsvSource({ "GET, ?a=%62&c, a=%62&c", "HEAD, ?a=%62&c, a=%62&c", "HEAD, ?, ''", "HEAD, '', null" })
    void a_head_has_the_query_of_its_get(String method, String query, String received) throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            wire.send(method + " /other/query" + query + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(wire.receive(!method.equals("HEAD")).contains("\r\nX-Query: " + received + "\r\n"));
        }
    }

    /** Behind a request that is answered later, one whose content is malformed. */
    @ParameterizedTest
    @CsvSource({ "late, HTTP/1.1 200 OK||abcHTTP/1.1 400 Bad Request||", "whole, HTTP/1.1 200 OK||abcHTTP/1.1 400 Bad Request||" })
    void a_refusal_waits_for_the_answers_to_what_came_before(String route, String expected) throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            String received = wire.send("GET /other/" + route + " HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "POST /other/interim HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZ\r\n" + END).receiveToEnd();
            assertEquals(expected, withoutFields(received).replace("HTTP/1.1 100 Continue||", ""));
        }
    }

    /** The router removes what a path has too much of, and so decides whose it is. */
    @ParameterizedTest
    @CsvSource({
        "/other/./whole,      200",
        "/x/../other/whole,   200",
        "/other/x/../whole,   200",
        "//other/whole,       200",
        "/other//whole,       200",
        "/%6Fther/whole,      200",
        "/other%2Fwhole,      404",
        "/other/whole/x,      404",
    })
    void a_path_is_the_routes_however_it_is_spelled(String path, int status) throws IOException {
        try (Wire wire = new Wire(url.getPort())) {
            String received = wire.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").receiveToEnd();
            assertEquals("HTTP/1.1 " + status, received.substring(0, 12), received);
            assertEquals(status == 200, received.endsWith("\r\n\r\nabc"), received);
        }
    }

    /** With | for a line's end. */
    private static String withoutFields(String received) {
        return received.replaceAll("\r\n[A-Za-z-]+: [^\r]*", "").replace("\r\n", "|");
    }
}
