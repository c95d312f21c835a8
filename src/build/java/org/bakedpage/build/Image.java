package org.bakedpage.build;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** An image of one layer that Jib has pushed, from which others like it are made. */
final class Image implements AutoCloseable {

    private static final String TAR = "application/vnd.oci.image.layer.v1.tar";

    private final RegistryRepository repository;
    private final Document config;
    private final Path pushed;
    private final Path archive;
    private final Path changed;
    private final Path compressed;

    /**
     * @param manifest of the image, in Docker's form or OCI's
     * @param folder for its layer and for those made of it
     */
    Image(RegistryRepository repository, Document manifest, Path folder) throws IOException {
        List<JsonObject> layers = manifest.json().getValue("layers") == null ? List.of()
                : Document.requireObjects(manifest.json(), "layers");
        if (layers.size() != 1) {
            throw new IOException("it is not one image of one layer; leave quarkus.jib.base-native-image at scratch, "
                    + "quarkus.jib.platforms at one and src/main/jib empty, or push it by gzip and without multiarch");
        }
        this.repository = repository;
        pushed = folder.resolve("pushed.tar.gz");
        archive = folder.resolve("pushed.tar");
        changed = folder.resolve("changed.tar");
        compressed = folder.resolve("changed.tar.compressed");
        Descriptor configuration = Descriptor.of(Document.require(manifest.json(), "config", JsonObject.class));
        config = repository.blob(new Descriptor(Document.CONFIG, configuration.digest(), configuration.size()));
        unpack(Descriptor.of(layers.get(0)));
    }

    private void unpack(Descriptor layer) throws IOException {
        repository.download(layer, pushed);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(pushed))) {
            Files.copy(in, archive, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Pushes the same image in OCI's form, without a tag, with an executable and for what that is made for. With the one
     * that it had before, its configuration and the digest of its uncompressed layer stay.
     */
    Document push(Path executable, LayerCoding coding) throws IOException {
        Archive.copy(archive, entryPoint(config.json()), executable, changed);
        Descriptor layer = coding.compress(changed, compressed);
        repository.upload(layer, BodyPublishers.ofFile(compressed));
        JsonObject json = Architecture.of(executable).describe(config.json());
        Document.require(json, "rootfs", JsonObject.class)
                .put("diff_ids", new JsonArray().add(Descriptor.of(TAR, changed).digest()));
        Document configuration = json.equals(config.json()) ? config : new Document(Document.CONFIG, json);
        repository.upload(configuration);
        Document manifest = new Document(Document.MANIFEST, Document.start(Document.MANIFEST)
                .put("config", configuration.descriptor().toJson()).put("layers", new JsonArray().add(layer.toJson())));
        repository.put(manifest.descriptor().digest(), manifest);
        return manifest;
    }

    /**
     * As it is called in the layer.
     *
     * @param config of the image
     */
    static String entryPoint(JsonObject config) throws IOException {
        JsonObject run = Document.find(config, "config", JsonObject.class).orElseGet(JsonObject::new);
        String first = first(run, "Entrypoint").or(() -> first(run, "Cmd"))
                .orElseThrow(() -> new IOException("it has no entry point"));
        String folder = Document.find(run, "WorkingDir", String.class).orElse("");
        try {
            return Path.of("/", first.startsWith("/") ? "" : folder, first).normalize().toString().substring(1);
        } catch (InvalidPathException e) {
            throw new IOException("its entry point is no path", e);
        }
    }

    private static Optional<String> first(JsonObject run, String command) {
        return Document.find(run, command, JsonArray.class).filter(words -> !words.isEmpty()).map(words -> words.getValue(0))
                .filter(String.class::isInstance).map(String.class::cast);
    }

    @Override
    public void close() throws IOException {
        for (Path file : List.of(pushed, archive, changed, compressed)) {
            Files.deleteIfExists(file);
        }
    }
}
