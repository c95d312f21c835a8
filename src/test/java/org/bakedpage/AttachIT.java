package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What RegistryIT's registry does not do: tokens, referrers of its own, uploads elsewhere. Here a stand-in does it. */
class AttachIT {

    private static final Path TARGET = Path.of(System.getProperty("native.image.path")).getParent();
    private static final String CREDENTIALS = Base64.getEncoder().encodeToString("someone:secret".getBytes(UTF_8));

    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
    private final byte[] manifest = "{\"schemaVersion\":2}".getBytes(UTF_8);
    private HttpServer server;
    private Folder login;
    private boolean keepsReferrers;

    @BeforeEach
    void start_the_stand_in() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::token);
        server.createContext("/v2/group/page/", this::repository);
        server.start();
        stored.put("manifests/1.0", manifest);
        login = new Folder("login");
        login.write("config.json", new JsonObject().put("auths", new JsonObject().put(host(),
                new JsonObject().put("auth", CREDENTIALS))).encode());
    }

    @AfterEach
    void stop_it() {
        server.stop(0);
        login.close();
    }

    @Test
    void a_registry_that_keeps_referrers_gets_no_tag() {
        keepsReferrers = true;
        Command.Result result = attach("1.0");
        assertEquals(0, result.exitCode(), result::err);
        assertEquals(2, stored.keySet().stream().filter(path -> path.startsWith("manifests/")).count(), stored.keySet()::toString);
    }

    @Test
    void what_others_have_attached_stays() {
        String tag = "manifests/" + subject().replace(':', '-');
        JsonObject other = new JsonObject().put("digest", "sha256:0").put("size", 1).put("mediaType", "a/b");
        stored.put(tag, new JsonObject().put("manifests", new JsonArray().add(other)).encode().getBytes(UTF_8));
        for (int i = 0; i < 2; i++) {
            assertEquals(0, attach("1.0").exitCode());
        }
        JsonArray referrers = new JsonObject(new String(stored.get(tag), UTF_8)).getJsonArray("manifests");
        assertEquals(2, referrers.size(), referrers::encode);
        assertEquals(other, referrers.getJsonObject(0));
    }

    @Test
    void an_image_that_is_not_there_is_an_error_in_one_line() {
        Command.Result result = attach("2.0");
        assertEquals(1, result.exitCode());
        assertEquals("web-server.cdx.json cannot be attached to " + host() + "/group/page:2.0: GET http://" + host()
                + "/v2/group/page/manifests/2.0 was answered by 404 \n", result.err());
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private Command.Result attach(String tag) {
        String classPath = TARGET.resolve("sbom-classes") + File.pathSeparator
                + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new Command("java", "-classpath", classPath, "Attach", TARGET.toString(), host() + "/group/page:" + tag)
                .with(Map.of("DOCKER_CONFIG", login.path().toString())).without("REGISTRY_AUTH_FILE").run();
    }

    private String subject() {
        return Digest.of(manifest);
    }

    private void token(HttpExchange exchange) throws IOException {
        boolean isKnown = ("Basic " + CREDENTIALS).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        boolean isRight = "scope=repository:group/page:pull,push&service=stand-in".equals(exchange.getRequestURI().getQuery());
        answer(exchange, isKnown && isRight ? 200 : 403, "{\"token\":\"t\"}".getBytes(UTF_8));
    }

    private void repository(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/v2/group/page/".length());
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!"Bearer t".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"http://" + host() + "/token\",service=\"stand-in\"");
            answer(exchange, 401, new byte[0]);
        } else if (exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().add("Location", "/v2/group/page/uploads/1?state=x");
            answer(exchange, 202, new byte[0]);
        } else if (exchange.getRequestMethod().equals("PUT")) {
            String query = exchange.getRequestURI().getQuery();
            stored.put(query == null ? path : query.replace("state=x&digest=", "blobs/"), body);
            if (keepsReferrers) {
                exchange.getResponseHeaders().add("OCI-Subject", subject());
            }
            answer(exchange, 201, new byte[0]);
        } else {
            answer(exchange, stored.containsKey(path) ? 200 : 404, stored.getOrDefault(path, new byte[0]));
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] content) throws IOException {
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead || content.length == 0 ? -1 : content.length);
        if (!isHead) {
            exchange.getResponseBody().write(content);
        }
        exchange.close();
    }
}
