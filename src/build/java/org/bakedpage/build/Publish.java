package org.bakedpage.build;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Finishes what Jib has pushed: compresses its layer by zstd if that is wanted, puts an index over it and the same for other
 * architectures, and {@code web-server.cdx.json} beside each. The tags are moved last, so that until then they name a whole
 * image. An image that was pushed in another way is left as it is but for the list beside it.
 */
public final class Publish {

    static final String SBOM = "web-server.cdx.json";

    private final BuildConfig config;
    private final Path target;
    private final ImageName name;
    private final Consumer<String> console;
    private final RegistryRepository repository;

    Publish(BuildConfig config, Path target, ImageName name, Consumer<String> console) {
        this.config = config;
        this.target = target;
        this.name = name;
        this.console = console;
        repository = RegistryRepository.of(name, config, RegistryLogin.Access.PUSH);
    }

    /**
     * @param arguments the target folder; the folders in it that have an executable and the list of what is in it, the
     *     one that Jib has pushed first; the name of an image that was pushed in another way, or nothing
     */
    public static void main(String... arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        String image = arguments.length > 2 ? arguments[2] : null;
        String pushed = image == null ? pushed(target) : image;
        BuildConfig config = BuildConfig.of(target.resolve("classes"));
        Publish publish = new Publish(config, target, ImageName.of(pushed), System.out::println);
        try {
            if (image == null) {
                publish.finish(List.of(arguments[1].split(",")));
            } else {
                publish.attach();
            }
        } catch (NoSuchFileException e) {
            throw new BuildFailure(pushed + ": there is no " + e.getMessage() + "; build it first");
        } catch (IOException e) {
            throw new BuildFailure(pushed + ": " + BuildFailure.reason(e));
        }
    }

    private static String pushed(Path target) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(target.resolve("quarkus-artifact.properties"))) {
            properties.load(in);
        }
        String image = properties.getProperty("metadata.container-image");
        if (image == null) {
            throw new BuildFailure("no image was pushed; name one with -Dimage=REGISTRY/NAME:TAG");
        }
        return image;
    }

    void attach() throws IOException {
        attach(target, repository.manifest(name.reference()).descriptor());
    }

    /** @param folders as in main */
    void finish(List<String> folders) throws IOException {
        LayerCoding coding = LayerCoding.of(config.value(LayerCoding.KEY));
        Document pushed = repository.manifest(name.reference());
        if (coding == LayerCoding.GZIP && folders.size() == 1) {
            attach(target.resolve(folders.get(0)), pushed.descriptor());
            return;
        }
        Map<Architecture, Document> images = new LinkedHashMap<>();
        try (Image image = new Image(repository, pushed, target)) {
            for (String folder : folders) {
                Path executable = target.resolve(folder).resolve("web-server");
                Document manifest = image.push(executable, coding);
                attach(target.resolve(folder), manifest.descriptor());
                if (images.put(Architecture.of(executable), manifest) != null) {
                    throw new IOException("two executables are for one architecture; multiarch builds on x86-64");
                }
            }
        }
        tag(images.size() == 1 ? images.values().iterator().next() : index(images), pushed.descriptor().digest());
    }

    private static Document index(Map<Architecture, Document> images) {
        JsonArray manifests = new JsonArray();
        images.forEach((architecture, manifest) -> manifests.add(
                manifest.descriptor().toJson().put("platform", architecture.describe(new JsonObject()))));
        return new Document(Document.INDEX, Document.start(Document.INDEX).put("manifests", manifests));
    }

    private void attach(Path folder, Descriptor subject) throws IOException {
        String digest = new Referrers(repository).attachSbom(subject, SBOM, Files.readAllBytes(folder.resolve(SBOM)));
        console.accept(SBOM + " is attached to " + name.repository() + "@" + subject.digest() + " as " + digest);
    }

    /**
     * Jib has left the digest of what the tags named before in a file and in the manifest, from which it is deployed.
     *
     * @param jib that digest
     */
    private void tag(Document manifest, String jib) throws IOException {
        String digest = manifest.descriptor().digest();
        repository.put(name.reference(), manifest);
        for (String tag : config.values("quarkus.container-image.additional-tags")) {
            repository.put(tag, manifest);
        }
        Path file = target.resolve(config.value("quarkus.jib.image-digest-file").orElse("jib-image.digest"));
        Files.writeString(file, digest);
        Manifest.pin(Manifest.folder(config, target.getParent(), target), jib, digest);
        console.accept(name.repository() + ":" + name.reference() + " is " + digest);
    }
}
