package org.bakedpage.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A registry with one repository in this process. It can be told to do what others do, and what they do wrong. */
final class RegistryStandIn implements AutoCloseable {

    static final String USER = "someone";
    static final String PASSWORD = "secret";

    private static final String REPOSITORY = "/v2/group/page/";

    /** An answer in place of the usual one; true if it was one. */
    interface Answer {
        boolean to(HttpExchange exchange) throws IOException;
    }

    private final Map<String, Document> stored = new ConcurrentHashMap<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Headers> fields = new CopyOnWriteArrayList<>();
    private final List<String> scopes = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private String scheme = "";
    private String token = "";

    RegistryStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    ImageName image(String tag) {
        return ImageName.of(host() + "/group/page:" + tag);
    }

    String address(String path) {
        return "http://" + host() + REPOSITORY + path;
    }

    /** Asks who pushes, from now on, by the scheme Basic, or by Bearer with this token. */
    void protect(String scheme, String token) {
        this.scheme = scheme;
        this.token = token;
    }

    /** @param request like {@code PUT manifests/1.0}, or its beginning */
    void answer(String request, Answer answer) {
        answers.put(request, answer);
    }

    void answer(String request, int status, String content) {
        answer(request, exchange -> {
            send(exchange, status, content.getBytes(UTF_8));
            return true;
        });
    }

    /** All that were made, like {@code PUT manifests/1.0}. */
    List<String> requests() {
        return requests;
    }

    /** The fields of each. */
    List<Headers> fields() {
        return fields;
    }

    /** For which tokens were asked for. */
    List<String> scopes() {
        return scopes;
    }

    /** What is at a path like {@code manifests/1.0} or {@code blobs/DIGEST}; null where there is nothing. */
    Document at(String path) {
        return stored.get(path);
    }

    Document blob(JsonObject descriptor) {
        return at("blobs/" + descriptor.getString("digest"));
    }

    void store(String path, Document document) {
        stored.put(path, document);
    }

    Descriptor storeBlob(String mediaType, byte[] content) {
        Document blob = new Document(mediaType, content);
        store("blobs/" + blob.descriptor().digest(), blob);
        return blob.descriptor();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        String request = exchange.getRequestMethod() + " " + path.replaceFirst("^" + REPOSITORY, "");
        requests.add(request);
        fields.add(exchange.getRequestHeaders());
        for (Map.Entry<String, Answer> answer : answers.entrySet()) {
            if (request.startsWith(answer.getKey()) && answer.getValue().to(exchange)) {
                exchange.close();
                return;
            }
        }
        if (path.equals("/token")) {
            token(exchange);
        } else if (!scheme.isEmpty() && !authorization().equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().add("WWW-Authenticate", challenge(scheme));
            send(exchange, 401, new byte[0]);
        } else {
            serve(exchange, path.substring(REPOSITORY.length()), body);
        }
    }

    String challenge(String scheme) {
        return scheme + " realm=\"http://" + host() + "/token\",service=\"stand-in\"";
    }

    private String authorization() {
        return scheme + " " + (scheme.equals("Basic") ? basic() : token);
    }

    static String basic() {
        return Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
    }

    private void token(HttpExchange exchange) throws IOException {
        boolean isKnown = ("Basic " + basic()).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String query = exchange.getRequestURI().getQuery();
        scopes.add(query.replaceFirst("&service=stand-in$", ""));
        send(exchange, isKnown && query.endsWith("&service=stand-in") ? 200 : 403,
                new JsonObject().put("token", token).encode().getBytes(UTF_8));
    }

    private void serve(HttpExchange exchange, String path, byte[] body) throws IOException {
        Document found = stored.get(path);
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                exchange.getResponseHeaders().add("Location", REPOSITORY + "uploads/1?state=x");
                send(exchange, 202, new byte[0]);
            }
            case "PUT" -> {
                put(path, exchange, body);
                send(exchange, 201, new byte[0]);
            }
            default -> {
                if (found != null) {
                    exchange.getResponseHeaders().add("Content-Type", found.mediaType());
                }
                send(exchange, found == null ? 404 : 200, found == null ? new byte[0] : found.content());
            }
        }
    }

    private void put(String path, HttpExchange exchange, byte[] body) {
        Document document = new Document(exchange.getRequestHeaders().getFirst("Content-Type"), body);
        String query = exchange.getRequestURI().getQuery();
        stored.put(query == null ? path : query.replace("state=x&digest=", "blobs/"), document);
        if (path.startsWith("manifests/")) {
            stored.put("manifests/" + document.descriptor().digest(), document);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead || content.length == 0 ? -1 : content.length);
        if (!isHead) {
            exchange.getResponseBody().write(content);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
