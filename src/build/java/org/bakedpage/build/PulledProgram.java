package org.bakedpage.build;

import com.github.luben.zstd.ZstdInputStream;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The program of an image in a registry: the file that its entry point names. */
public final class PulledProgram {

    private PulledProgram() {
    }

    /**
     * @param image as {@code registry.example.org/group/name:tag}; of several architectures the first is as good as any: one site is
     *        in all of them
     * @param classes as {@link BuildConfig} takes them, for the login
     * @param program where the file is written
     * @throws IOException in one line, if the registry does not give it
     */
    public static void copy(String image, Path classes, Path program) throws IOException {
        copy(image, BuildConfig.of(classes), program);
    }

    static void copy(String image, BuildConfig settings, Path program) throws IOException {
        ImageName name = ImageName.of(image);
        RegistryRepository repository = RegistryRepository.of(name, settings, RegistryLogin.Access.PULL);
        JsonObject manifest = repository.manifest(name.reference()).json();
        if (manifest.getValue("manifests") != null) {
            manifest = repository.manifest(first(Document.requireObjects(manifest, "manifests"))).json();
        }
        Descriptor config = Descriptor.of(Document.require(manifest, "config", JsonObject.class));
        String file = Image.entryPoint(repository.blob(config).json());
        List<JsonObject> layers = Document.requireObjects(manifest, "layers");
        Path layer = program.resolveSibling(program.getFileName() + ".layer");
        try {
            for (int i = layers.size() - 1; i >= 0; i--) {
                repository.download(Descriptor.of(layers.get(i)), layer);
                try (InputStream archive = uncompressed(layer)) {
                    if (Archive.extract(archive, file, program)) {
                        return;
                    }
                }
            }
        } finally {
            Files.deleteIfExists(layer);
        }
        throw new IOException("no layer has the file " + file);
    }

    /** Beside the images an index may have what has been attested of them. */
    private static String first(List<JsonObject> manifests) throws IOException {
        for (JsonObject manifest : manifests) {
            String system = Document.find(manifest, "platform", JsonObject.class)
                    .flatMap(platform -> Document.find(platform, "os", String.class)).orElse("linux");
            if (system.equals("linux")) {
                return Document.require(manifest, "digest", String.class);
            }
        }
        throw new IOException("it has no image for Linux");
    }

    /** Told by its first bytes, RFC 1952 and RFC 8878: what a registry calls it, builders disagree on. */
    private static InputStream uncompressed(Path layer) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(layer));
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return switch (magic) {
            case 0x1f8b -> new GZIPInputStream(in);
            case 0x28b5 -> new ZstdInputStream(in);
            default -> in;
        };
    }
}
