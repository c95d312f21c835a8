package org.bakedpage.build;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Path;
import java.util.Optional;

/** A repository of a registry, by the OCI distribution specification 1.1. */
final class RegistryRepository {

    private static final String ANY_MANIFEST = String.join(",",
            Document.MANIFEST, Document.INDEX, Document.DOCKER_MANIFEST, Document.DOCKER_INDEX);

    private final RegistryHttp http;

    RegistryRepository(RegistryHttp http) {
        this.http = http;
    }

    static RegistryRepository of(ImageName name, BuildConfig config, RegistryLogin.Access access) {
        URI root = URI.create((config.isPlain(name) ? "http://" : "https://") + name.host() + "/v2/" + name.repository() + "/");
        RegistryLogin login = new RegistryLogin(name, access, config, System.getenv());
        return new RegistryRepository(new RegistryHttp(root, login, RegistryHttp.DEFAULT_LIMIT));
    }

    /** @param reference a tag or a digest */
    Document manifest(String reference) throws IOException {
        return document(http.send("manifests/" + reference, accept(ANY_MANIFEST), 0, BodyHandlers.ofByteArray(), 200));
    }

    /** Empty if there is none. */
    Optional<Document> index(String tag) throws IOException {
        HttpResponse<byte[]> response = http.send("manifests/" + tag, accept(Document.INDEX), 0,
                BodyHandlers.ofByteArray(), 200, 404);
        return response.statusCode() == 200 ? Optional.of(document(response)) : Optional.empty();
    }

    /**
     * Puts a manifest or an index in place of what its tag named before.
     *
     * @return whether the registry lists it as a referrer of its subject by itself
     */
    boolean put(String reference, Document manifest) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder().header("Content-Type", manifest.mediaType())
                .PUT(BodyPublishers.ofByteArray(manifest.content()));
        HttpResponse<byte[]> response = http.send("manifests/" + reference, request, 0, BodyHandlers.ofByteArray(), 201);
        return response.headers().firstValue("OCI-Subject").isPresent();
    }

    /** Of a blob that fits into memory. */
    Document blob(Descriptor blob) throws IOException {
        byte[] content = http.send("blobs/" + blob.digest(), HttpRequest.newBuilder(), blob.size(),
                BodyHandlers.ofByteArray(), 200).body();
        check(blob, Descriptor.of(blob.mediaType(), content));
        return new Document(blob.mediaType(), content);
    }

    void download(Descriptor blob, Path file) throws IOException {
        http.send("blobs/" + blob.digest(), HttpRequest.newBuilder(), blob.size(), response -> response.statusCode() == 200
                ? BodySubscribers.ofFile(file, CREATE, WRITE, TRUNCATE_EXISTING) : BodySubscribers.replacing(file), 200);
        check(blob, Descriptor.of(blob.mediaType(), file));
    }

    void upload(Document blob) throws IOException {
        upload(blob.descriptor(), BodyPublishers.ofByteArray(blob.content()));
    }

    /** What is there already is not sent once more. */
    void upload(Descriptor blob, BodyPublisher content) throws IOException {
        HttpRequest.Builder question = HttpRequest.newBuilder().method("HEAD", BodyPublishers.noBody());
        if (http.send("blobs/" + blob.digest(), question, 0, BodyHandlers.discarding(), 200, 404).statusCode() == 200) {
            return;
        }
        HttpResponse<byte[]> upload = http.send("blobs/uploads/", HttpRequest.newBuilder().POST(BodyPublishers.noBody()), 0,
                BodyHandlers.ofByteArray(), 202);
        String location = upload.headers().firstValue("Location").orElseThrow(() -> new IOException("no Location to upload to"));
        String query = (location.contains("?") ? "&" : "?") + "digest=" + blob.digest();
        http.send(location + query, HttpRequest.newBuilder().header("Content-Type", "application/octet-stream").PUT(content),
                blob.size(), BodyHandlers.ofByteArray(), 201);
    }

    private static HttpRequest.Builder accept(String mediaTypes) {
        return HttpRequest.newBuilder().header("Accept", mediaTypes);
    }

    private static Document document(HttpResponse<byte[]> response) {
        return new Document(response.headers().firstValue("Content-Type").orElse(Document.MANIFEST), response.body());
    }

    /** SECURITY: what is named by its digest is taken only if it has it. */
    private static void check(Descriptor wanted, Descriptor found) throws IOException {
        if (!found.equals(wanted)) {
            throw new IOException("the registry sent " + found.digest() + " of " + found.size() + " bytes for "
                    + wanted.digest() + " of " + wanted.size());
        }
    }
}
