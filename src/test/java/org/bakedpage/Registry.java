package org.bakedpage;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;

/** The registry of the distribution project, on the loopback, with its storage in a temporary folder. */
final class Registry implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final String MANIFEST_TYPES = "application/vnd.docker.distribution.manifest.v2+json,"
            + "application/vnd.oci.image.manifest.v1+json";

    private final Folder folder = new Folder("registry");
    private final String host = "127.0.0.1:" + FreePort.find();
    private final Program program;

    /** Starts it; where it is not installed, the test is skipped. */
    Registry() {
        String settings = """
                version: 0.1
                log: {level: warn, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: %s/storage}}
                http: {addr: %s}
                """.formatted(folder.path(), host);
        program = start(new Command("docker-registry", "serve", folder.write("config.yml", settings).toString()));
        new Browser().read(URI.create("http://" + host + "/v2/"), START_LIMIT);
    }

    /** The name to push to and to pull from. */
    String host() {
        return host;
    }

    JsonObject manifest(String image, String tag) {
        return new JsonObject(ask(image, tag).body());
    }

    String digest(String image, String tag) {
        return ask(image, tag).headers().firstValue("Docker-Content-Digest").orElseThrow();
    }

    /** See the "pulling an image manifest" section of the distribution specification. */
    private HttpResponse<String> ask(String image, String tag) {
        URI address = URI.create("http://" + host + "/v2/" + image + "/manifests/" + tag);
        try {
            return HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(address).header("Accept", MANIFEST_TYPES).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Program start(Command command) {
        try {
            return command.start();
        } catch (UncheckedIOException e) {
            folder.close();
            return Assumptions.abort("SKIPPED: no registry to push to; install docker-registry");
        }
    }

    @Override
    public void close() {
        program.close();
        folder.close();
    }
}
