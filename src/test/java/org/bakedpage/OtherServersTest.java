package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServer;
import jakarta.inject.Inject;
import java.net.URL;
import org.junit.jupiter.api.Test;

/** Servers that an application has beside Quarkus's, by the same Vert.x: they are its own. */
@QuarkusTest
@QuarkusTestResource(SystemProperties.class)
class OtherServersTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    @Inject
    Vertx vertx;

    @TestHTTPResource("/")
    URL url;

    @Test
    void another_http_server_answers_by_its_own_handler() throws Exception {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> request.response().end("own"));
        server.listen(0).toCompletionStage().toCompletableFuture().get();
        String before = connections();
        try (Wire own = new Wire(server.actualPort())) {
            assertTrue(own.send(GET).receive().endsWith("\r\n\r\nown"));
            assertEquals(before, connections());
            try (Wire pages = new Wire(url.getPort())) {
                assertTrue(pages.send(GET).receive().contains("\r\netag: "));
                assertNotEquals(before, connections());
            }
        } finally {
            server.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    @Test
    void another_protocol_may_speak_first() throws Exception {
        NetServer server = vertx.createNetServer().connectHandler(socket -> socket.end(Buffer.buffer("220 hello\r\n")));
        server.listen(0).toCompletionStage().toCompletableFuture().get();
        try (Wire wire = new Wire(server.actualPort())) {
            assertEquals("220 hello\r\n", wire.receiveToEnd());
        } finally {
            server.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private static String connections() {
        return Connections.metrics().lines().filter(line -> line.startsWith("web_server_connections_total ")).findFirst().orElseThrow();
    }
}
