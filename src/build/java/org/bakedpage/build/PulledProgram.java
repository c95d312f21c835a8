package org.bakedpage.build;

import com.github.luben.zstd.ZstdInputStream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

    static void copy(String image, BuildConfig config, Path program) throws IOException {
        ImageName name = ImageName.of(image);
        RegistryRepository repository = RegistryRepository.of(name, config);
        Document manifest = repository.manifest(name.reference());
        JsonArray manifests = manifest.json().getJsonArray("manifests");
        if (manifests != null) {
            manifest = repository.manifest(first(manifests));
        }
        String file = Image.entryPoint(repository.blob(Descriptor.of(manifest.json().getJsonObject("config"))).json());
        JsonArray layers = manifest.json().getJsonArray("layers");
        Path layer = program.resolveSibling(program.getFileName() + ".layer");
        try {
            for (int i = layers.size() - 1; i >= 0; i--) {
                repository.download(Descriptor.of(layers.getJsonObject(i)), layer);
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
    private static String first(JsonArray manifests) throws IOException {
        for (int i = 0; i < manifests.size(); i++) {
            JsonObject manifest = manifests.getJsonObject(i);
            if (manifest.getJsonObject("platform", new JsonObject()).getString("os", "linux").equals("linux")) {
                return manifest.getString("digest");
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
