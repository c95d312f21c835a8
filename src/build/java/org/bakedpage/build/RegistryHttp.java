package org.bakedpage.build;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** HTTP with one registry: logs in when asked to, follows redirects, and ends each exchange within a limit. */
final class RegistryHttp {

    static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

    private static final int MIN_BYTES_PER_SECOND = 100_000;
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(DEFAULT_LIMIT).build();
    private final URI root;
    private final RegistryLogin login;
    private final Duration limit;
    private String authorization;

    RegistryHttp(URI root, RegistryLogin login, Duration limit) {
        this.root = root;
        this.login = login;
        this.limit = limit;
    }

    /**
     * @param address absolute, or relative to the repository
     * @param request without its address
     * @param bytes that are sent or received, for which the time limit is extended
     * @param expected the status codes with which it goes on
     * @throws IOException in one line, with what the registry says, for any other, or without a response
     */
    <T> HttpResponse<T> send(String address, HttpRequest.Builder request, long bytes, BodyHandler<T> handler, int... expected)
            throws IOException {
        Duration extended = limit.plusSeconds(bytes / MIN_BYTES_PER_SECOND);
        URI first = resolve(root, address);
        HttpResponse<T> response = follow(first, request, extended, handler);
        Optional<String> challenge = response.headers().firstValue("WWW-Authenticate");
        // A token may also have expired meanwhile.
        if (response.statusCode() == 401 && challenge.isPresent() && isOwn(response.uri())) {
            authorization = login.answer(challenge.get(), token -> exchange(token, limit, BodyHandlers.ofByteArray()));
            response = follow(first, request, extended, handler);
        }
        int status = response.statusCode();
        if (Arrays.stream(expected).noneMatch(code -> code == status)) {
            throw new IOException(name(response.request()) + " was answered by " + status + reasons(response.body())
                    + advice(response.request(), status));
        }
        return response;
    }

    private <T> HttpResponse<T> follow(URI first, HttpRequest.Builder request, Duration limit, BodyHandler<T> handler)
            throws IOException {
        URI address = first;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            HttpRequest.Builder next = at(address, request.copy());
            // SECURITY: an upload or a redirect may go to another host, which must not get the credentials.
            if (authorization != null && isOwn(address)) {
                next.setHeader("Authorization", authorization);
            }
            HttpResponse<T> response = exchange(next.build(), limit, handler);
            Optional<String> location = response.headers().firstValue("Location");
            if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
                return response;
            }
            address = resolve(address, location.get());
        }
        throw new IOException(first + " was redirected more than " + MAX_REDIRECTS + " times");
    }

    /** @throws IOException in one line, if it is none: a registry has given it */
    static URI address(String text) throws IOException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IOException("the registry named an address that is none: " + e.getMessage(), e);
        }
    }

    private static URI resolve(URI base, String address) throws IOException {
        return base.resolve(address(address));
    }

    static HttpRequest.Builder request(URI address) throws IOException {
        return at(address, HttpRequest.newBuilder());
    }

    private static HttpRequest.Builder at(URI address, HttpRequest.Builder request) throws IOException {
        try {
            return request.uri(address);
        } catch (IllegalArgumentException e) {
            throw new IOException("the registry named " + address + ", which is no address of HTTP", e);
        }
    }

    private boolean isOwn(URI address) {
        return root.getScheme().equals(address.getScheme()) && root.getAuthority().equals(address.getAuthority());
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, Duration limit, BodyHandler<T> handler) throws IOException {
        CompletableFuture<HttpResponse<T>> response = client.sendAsync(request, handler);
        try {
            return response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new IOException(name(request) + " was not answered within " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(name(request) + " failed: " + BuildFailure.reason(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(name(request) + " was interrupted", e);
        }
    }

    private String advice(HttpRequest request, int status) {
        if (status == 401 || status == 403) {
            return "; " + login.advice();
        }
        boolean isManifest = request.method().equals("PUT") && request.uri().getPath().contains("/manifests/");
        return !isManifest || status / 100 != 4 ? "" : "; a registry without OCI manifests takes what Jib pushes and nothing "
                + "beside it, one whose tags cannot be moved takes no zstd layer and no index";
    }

    /** SECURITY: without the query, which may hold a signature. */
    private static String name(HttpRequest request) {
        return request.method() + " " + request.uri().toString().replaceFirst("\\?.*", "");
    }

    /** See "Error Codes" in the OCI distribution specification. */
    private static String reasons(Object body) {
        Optional<JsonObject> json = body instanceof byte[] bytes ? Document.parse(bytes) : Optional.empty();
        // What else it says cannot be told in a line.
        String told = json.flatMap(object -> Document.find(object, "errors", JsonArray.class)).orElseGet(JsonArray::new).stream()
                .filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
                .map(error -> text(error, "code") + " " + text(error, "message")).map(String::strip)
                .filter(error -> !error.isEmpty()).collect(Collectors.joining(", "));
        return told.isEmpty() ? "" : " " + told.replaceAll("\\s+", " ");
    }

    private static String text(JsonObject error, String name) {
        return Document.find(error, name, String.class).orElse("");
    }
}
