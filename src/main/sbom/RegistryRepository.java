import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A repository of a registry, by the OCI distribution specification. */
final class RegistryRepository {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(LIMIT).build();
    private final ImageName name;
    private final URI root;
    private String authorization;

    RegistryRepository(ImageName name) {
        this.name = name;
        boolean isPlain = name.isLocal() || Boolean.getBoolean("quarkus.container-image.insecure");
        root = URI.create((isPlain ? "http://" : "https://") + name.host() + "/v2/" + name.repository() + "/");
    }

    void pushBlob(String digest, byte[] content) throws IOException {
        if (send("HEAD", "blobs/" + digest, null, null, 200, 404).statusCode() == 200) {
            return;
        }
        HttpResponse<byte[]> upload = send("POST", "blobs/uploads/", null, new byte[0], 202);
        String location = upload.headers().firstValue("Location").orElseThrow(() -> new IOException("no Location to upload to"));
        String query = (location.contains("?") ? "&" : "?") + "digest=" + digest;
        send("PUT", location + query, "application/octet-stream", content, 201);
    }

    /**
     * @param path relative to the repository, or an address that the registry gave
     * @param mediaType of the body, or what is wanted where there is no body
     * @param expected the status codes with which it goes on
     */
    HttpResponse<byte[]> send(String method, String path, String mediaType, byte[] body, int... expected) throws IOException {
        HttpResponse<byte[]> response = send(method, root.resolve(path), mediaType, body);
        Optional<String> challenge = response.headers().firstValue("WWW-Authenticate");
        if (response.statusCode() == 401 && authorization == null && challenge.isPresent()) {
            authorization = answer(challenge.get());
            response = send(method, root.resolve(path), mediaType, body);
        }
        int status = response.statusCode();
        if (Arrays.stream(expected).noneMatch(code -> code == status)) {
            throw new IOException(method + " " + response.uri() + " was answered by " + status + " "
                    + new String(response.body(), UTF_8).strip());
        }
        return response;
    }

    private HttpResponse<byte[]> send(String method, URI address, String mediaType, byte[] body) throws IOException {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(LIMIT).method(method, publisher);
        if (mediaType != null) {
            request.header(body == null ? "Accept" : "Content-Type", mediaType);
        }
        // SECURITY: an upload may go to another host, which must not get the credentials.
        if (authorization != null && address.getAuthority().equals(root.getAuthority())) {
            request.header("Authorization", authorization);
        }
        return send(request.build());
    }

    /** Basic, or a token for them: distribution.github.io/distribution/spec/auth/token. */
    private String answer(String challenge) throws IOException {
        Optional<String> credentials = Credentials.of(name.host());
        if (!challenge.regionMatches(true, 0, "Bearer", 0, 6)) {
            return "Basic " + credentials.orElseThrow(() -> new IOException("log in to " + name.host() + ", with docker login "
                    + "or QUARKUS_CONTAINER_IMAGE_USERNAME and QUARKUS_CONTAINER_IMAGE_PASSWORD"));
        }
        String realm = null;
        StringBuilder query = new StringBuilder("scope=" + encoded("repository:" + name.repository() + ":pull,push"));
        for (Matcher parameter = PARAMETER.matcher(challenge); parameter.find();) {
            if (parameter.group(1).equals("realm")) {
                realm = parameter.group(2);
            } else if (parameter.group(1).equals("service")) {
                query.append("&service=").append(encoded(parameter.group(2)));
            }
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(realm + "?" + query)).timeout(LIMIT);
        credentials.ifPresent(value -> request.header("Authorization", "Basic " + value));
        HttpResponse<byte[]> response = send(request.build());
        if (response.statusCode() != 200) {
            throw new IOException(response.uri() + " gave no token but " + response.statusCode());
        }
        JsonObject token = new JsonObject(new String(response.body(), UTF_8));
        return "Bearer " + token.getString("token", token.getString("access_token"));
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
