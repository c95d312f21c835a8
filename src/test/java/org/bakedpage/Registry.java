package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The registry of the distribution project, on the loopback, with its storage in a temporary folder. */
final class Registry implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final String MANIFEST_TYPES = "application/vnd.docker.distribution.manifest.v2+json,"
            + "application/vnd.oci.image.manifest.v1+json,application/vnd.oci.image.index.v1+json";

    private final Folder folder = new Folder("registry");
    private final String host = "127.0.0.1:" + Server.freePort();
    private final Program program;

    static boolean isInstalled() {
        return new Command("docker-registry", "--version").succeeds();
    }

    Registry() throws IOException {
        String settings = """
                version: 0.1
                log: {level: warn, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: %s/storage}}
                http: {addr: %s}
                """.formatted(folder.path(), host);
        program = new Command("docker-registry", "serve", folder.write("config.yml", settings).toString()).start();
        try {
            new Browser().read(URI.create("http://" + host + "/v2/"), START_LIMIT);
        } catch (AssertionError e) {
            String said = program.err();
            close();
            throw new AssertionError(said, e);
        }
    }

    /** The name to push to and to pull from. */
    String host() {
        return host;
    }

    /** The content at a path below the image's, such as {@code manifests/TAG} or {@code blobs/DIGEST}. */
    byte[] read(String image, String path) throws IOException {
        URI address = URI.create("http://" + host + "/v2/" + image + "/" + path);
        HttpRequest request = HttpRequest.newBuilder(address).header("Accept", MANIFEST_TYPES).build();
        try {
            HttpResponse<byte[]> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IOException(address + " answers " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The manifest or index of a tag or digest. */
    JsonObject manifest(String image, String reference) throws IOException {
        return new JsonObject(new String(read(image, "manifests/" + reference), UTF_8));
    }

    /** See "Checking if content exists in the registry" in the OCI distribution specification. */
    String digest(String image, String tag) {
        URI address = URI.create("http://" + host + "/v2/" + image + "/manifests/" + tag);
        try {
            HttpRequest request = HttpRequest.newBuilder(address).header("Accept", MANIFEST_TYPES)
                    .method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding())
                    .headers().firstValue("Docker-Content-Digest").orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        program.close();
        folder.close();
    }
}
