import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who pushes: QUARKUS_CONTAINER_IMAGE_USERNAME and _PASSWORD, as for the image, or what {@code docker login} or
 * {@code podman login} has kept in a file, see containers-auth.json(5). Helpers that ask a key ring are not called.
 */
final class Credentials {

    private static final String DOCKER_HUB = "https://index.docker.io/v1/";

    private Credentials() {
    }

    /** As the Basic scheme wants them; empty where there are none. */
    static Optional<String> of(String host) throws IOException {
        String name = System.getenv("QUARKUS_CONTAINER_IMAGE_USERNAME");
        String password = System.getenv("QUARKUS_CONTAINER_IMAGE_PASSWORD");
        if (name != null && password != null) {
            return Optional.of(Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8)));
        }
        for (Path file : files()) {
            if (Files.isReadable(file)) {
                JsonObject known = new JsonObject(Files.readString(file)).getJsonObject("auths", new JsonObject());
                String key = host.equals("registry-1.docker.io") ? DOCKER_HUB : host;
                String kept = known.getJsonObject(key, new JsonObject()).getString("auth");
                if (kept != null) {
                    return Optional.of(kept);
                }
            }
        }
        return Optional.empty();
    }

    private static List<Path> files() {
        return Stream.of(in("REGISTRY_AUTH_FILE", ""), in("DOCKER_CONFIG", "config.json"), in("HOME", ".docker/config.json"),
                in("XDG_RUNTIME_DIR", "containers/auth.json")).filter(Objects::nonNull).toList();
    }

    private static Path in(String variable, String name) {
        String folder = System.getenv(variable);
        return folder == null ? null : Path.of(folder, name);
    }
}
