package org.bakedpage.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who pushes or pulls: quarkus.container-image.username and .password, as for the image, or what {@code docker login} or
 * {@code podman login} has kept in a file, see containers-auth.json(5), or with a helper that such a file names, see
 * github.com/docker/docker-credential-helpers.
 */
final class RegistryLogin {

    private static final String DOCKER_HUB = "https://index.docker.io/v1/";
    /** The name of a user where a helper gives an identity token in place of a password. */
    private static final String TOKEN = "<token>";
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final ImageName name;
    private final Access access;
    private final BuildConfig config;
    private final Map<String, String> environment;

    /** What the build does with the repository, as the scope of a token has it. */
    enum Access {

        PULL("pull"), PUSH("pull,push");

        private final String actions;

        Access(String actions) {
            this.actions = actions;
        }

        String scope(ImageName name) {
            return "repository:" + name.repository() + ":" + actions;
        }
    }

    RegistryLogin(ImageName name, Access access, BuildConfig config, Map<String, String> environment) {
        this.name = name;
        this.access = access;
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
        String service = "";
        Set<String> scopes = new LinkedHashSet<>();
        for (Matcher parameter = PARAMETER.matcher(challenge); parameter.find();) {
            switch (parameter.group(1)) {
                case "realm" -> realm = parameter.group(2);
                case "service" -> service = "&service=" + encoded(parameter.group(2));
                case "scope" -> scopes.addAll(List.of(parameter.group(2).strip().split(" +")));
                default -> { }
            }
        }
        scopes.remove("");
        if (access == Access.PUSH) {
            // At once, or there would be a token more for the first upload.
            scopes.remove(Access.PULL.scope(name));
            scopes.add(access.scope(name));
        } else if (scopes.isEmpty()) {
            scopes.add(access.scope(name));
        }
        String query = scopes.stream().map(scope -> "scope=" + encoded(scope)).collect(Collectors.joining("&")) + service;
        // SECURITY: a password that goes to the registry by TLS goes to its realm in no other way.
        if (!realm.startsWith("https://") && !(realm.startsWith("http://") && config.isPlain(name))) {
            throw new IOException(name.host() + " has no https address where a token is to be had: " + challenge);
        }
        URI address = RegistryHttp.address(realm + (realm.contains("?") ? "&" : "?") + query);
        HttpRequest.Builder request = RegistryHttp.request(address);
        credentials.ifPresent(value -> request.header("Authorization", "Basic " + value));
        HttpResponse<byte[]> response = tokens.send(request.build());
        if (response.statusCode() != 200) {
            throw new IOException(realm + " gave no token but " + response.statusCode() + "; " + advice());
        }
        JsonObject json = Document.parse(response.body()).orElseGet(JsonObject::new);
        String token = Document.find(json, "token", String.class)
                .or(() -> Document.find(json, "access_token", String.class)).orElse("");
        // Visible characters alone, RFC 6750 section 2.1: others make no field.
        if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IOException(realm + " gave no token but something else with 200");
        }
        return "Bearer " + token;
    }

    /** As the Basic scheme wants them; empty where there are none. */
    private Optional<String> credentials() throws IOException {
        Optional<String> user = config.value("quarkus.container-image.username");
        Optional<String> password = config.value("quarkus.container-image.password");
        if (user.isPresent() && password.isPresent()) {
            return Optional.of(basic(user.get(), password.get()));
        }
        String key = name.host().equals(ImageName.DOCKER_HUB) ? DOCKER_HUB : name.host();
        for (Path file : files()) {
            if (Files.isReadable(file)) {
                Optional<String> kept = kept(file, key);
                if (kept.isPresent()) {
                    return kept;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> kept(Path file, String key) throws IOException {
        JsonObject settings;
        String kept;
        String helper;
        try {
            settings = new JsonObject(Files.readString(file));
            kept = settings.getJsonObject("auths", new JsonObject()).getJsonObject(key, new JsonObject()).getString("auth");
            helper = settings.getJsonObject("credHelpers", new JsonObject()).getString(key, settings.getString("credsStore", ""));
        } catch (DecodeException | ClassCastException e) {
            throw new IOException(file + " is not what docker login writes", e);
        }
        Optional<String> asked = helper.isEmpty() ? Optional.empty() : ask("docker-credential-" + helper, key);
        return asked.or(() -> Optional.ofNullable(kept).filter(auth -> !auth.isEmpty()));
    }

    /** @return empty where the helper is not there, or knows nothing of the registry */
    private Optional<String> ask(String helper, String key) throws IOException {
        Optional<String> found = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, helper)).filter(Files::isExecutable).findFirst().map(Path::toString);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Process process = new ProcessBuilder(found.get(), "get").redirectError(Redirect.DISCARD).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(key.getBytes(UTF_8));
        } catch (IOException e) {
            // It has ended without reading; what it says is read all the same.
        }
        String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                return Optional.empty();
            }
            JsonObject login = new JsonObject(answer);
            String user = login.getString("Username");
            String secret = login.getString("Secret");
            if (user == null || secret == null) {
                throw new DecodeException(answer);
            }
            if (user.isEmpty() && secret.isEmpty()) {
                // So docker-credential-pass says that it has none.
                return Optional.empty();
            }
            if (TOKEN.equals(user)) {
                throw new IOException(helper + " has a token for " + key + " and no password; " + advice());
            }
            return Optional.of(basic(user, secret));
        } catch (DecodeException | ClassCastException e) {
            throw new IOException(helper + " did not answer as a credential helper does", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(helper);
        }
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
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
