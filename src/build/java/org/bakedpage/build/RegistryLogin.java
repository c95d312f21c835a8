package org.bakedpage.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who pushes or pulls: quarkus.container-image.username and .password, as for the image, or what {@code docker login} or
 * {@code podman login} has kept in a file, see containers-auth.json(5). Helpers that ask a key ring are not called.
 */
final class RegistryLogin {

    private static final String DOCKER_HUB = "https://index.docker.io/v1/";
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final ImageName name;
    private final BuildConfig config;
    private final Map<String, String> environment;

    RegistryLogin(ImageName name, BuildConfig config, Map<String, String> environment) {
        this.name = name;
        this.config = config;
        this.environment = environment;
    }

    /** Sends the request for a token. */
    interface TokenRequest {
        HttpResponse<byte[]> send(HttpRequest request) throws IOException;
    }

    /** What to do about 401 and 403. */
    String advice() {
        return "log in to " + name.host() + " for " + name.repository()
                + ", with docker login or QUARKUS_CONTAINER_IMAGE_USERNAME and QUARKUS_CONTAINER_IMAGE_PASSWORD";
    }

    /**
     * The value of Authorization: Basic, or a token for it, distribution.github.io/distribution/spec/auth/token.
     *
     * @param challenge the value of WWW-Authenticate
     */
    String answer(String challenge, TokenRequest tokens) throws IOException {
        Optional<String> credentials = credentials();
        if (!challenge.regionMatches(true, 0, "Bearer", 0, 6)) {
            return "Basic " + credentials.orElseThrow(() -> new IOException("no credentials: " + advice()));
        }
        String realm = "";
        StringBuilder query = new StringBuilder("scope=" + encoded("repository:" + name.repository() + ":pull,push"));
        for (Matcher parameter = PARAMETER.matcher(challenge); parameter.find();) {
            if (parameter.group(1).equals("realm")) {
                realm = parameter.group(2);
            } else if (parameter.group(1).equals("service")) {
                query.append("&service=").append(encoded(parameter.group(2)));
            }
        }
        // SECURITY: a password that goes to the registry by TLS goes to its realm in no other way.
        if (!realm.startsWith("https://") && !(realm.startsWith("http://") && config.isPlain(name))) {
            throw new IOException(name.host() + " has no https address where a token is to be had: " + challenge);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(realm + (realm.contains("?") ? "&" : "?") + query));
        credentials.ifPresent(value -> request.header("Authorization", "Basic " + value));
        HttpResponse<byte[]> response = tokens.send(request.build());
        if (response.statusCode() != 200) {
            throw new IOException(realm + " gave no token but " + response.statusCode() + "; " + advice());
        }
        JsonObject token = new JsonObject(new String(response.body(), UTF_8));
        return "Bearer " + token.getString("token", token.getString("access_token"));
    }

    /** As the Basic scheme wants them; empty where there are none. */
    private Optional<String> credentials() throws IOException {
        Optional<String> user = config.value("quarkus.container-image.username");
        Optional<String> password = config.value("quarkus.container-image.password");
        if (user.isPresent() && password.isPresent()) {
            return Optional.of(Base64.getEncoder().encodeToString((user.get() + ":" + password.get()).getBytes(UTF_8)));
        }
        String key = name.host().equals(ImageName.DOCKER_HUB) ? DOCKER_HUB : name.host();
        for (Path file : files()) {
            if (Files.isReadable(file)) {
                String kept = auths(file).getJsonObject(key, new JsonObject()).getString("auth");
                if (kept != null) {
                    return Optional.of(kept);
                }
            }
        }
        return Optional.empty();
    }

    private static JsonObject auths(Path file) throws IOException {
        try {
            return new JsonObject(Files.readString(file)).getJsonObject("auths", new JsonObject());
        } catch (DecodeException e) {
            throw new IOException(file + " is no JSON", e);
        }
    }

    private List<Path> files() {
        return Stream.of(in("REGISTRY_AUTH_FILE", ""), in("DOCKER_CONFIG", "config.json"), in("HOME", ".docker/config.json"),
                in("XDG_RUNTIME_DIR", "containers/auth.json")).filter(Objects::nonNull).toList();
    }

    private Path in(String variable, String file) {
        String folder = environment.get(variable);
        return folder == null ? null : Path.of(folder, file);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
