import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/**
 * Puts {@code web-server.cdx.json} beside an image in its registry, as an artifact whose subject is the image: run by
 * Maven as {@code java Attach.java TARGET_FOLDER [IMAGE]}; without an image it is the one that Quarkus has just pushed.
 *
 * <p>Where the registry keeps no list of referrers itself, the list is the tag that the OCI distribution specification
 * gives for it, see "Pushing Manifests with Subject" and "Referrers Tag Schema" in its version 1.1.
 */
final class Attach {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String ANY_IMAGE = MANIFEST + "," + INDEX + ",application/vnd.docker.distribution.manifest.v2+json"
            + ",application/vnd.docker.distribution.manifest.list.v2+json";
    private static final String CYCLONEDX = "application/vnd.cyclonedx+json";
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";
    private static final String FILE = "web-server.cdx.json";

    private final RegistryRepository repository;

    private Attach(RegistryRepository repository) {
        this.repository = repository;
    }

    public static void main(String... arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        String image = arguments.length > 1 && !arguments[1].isEmpty() ? arguments[1] : pushed(target);
        ImageName name = ImageName.of(image);
        try {
            Attach attach = new Attach(new RegistryRepository(name));
            String digest = attach.attach(name.reference(), Files.readAllBytes(target.resolve(FILE)));
            System.out.println(FILE + " is attached to " + image + " as " + name.repository() + "@" + digest);
        } catch (IOException e) {
            System.err.println(FILE + " cannot be attached to " + image + ": " + e.getMessage());
            System.exit(1);
        }
    }

    private static String pushed(Path target) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(target.resolve("quarkus-artifact.properties"))) {
            properties.load(in);
        }
        String image = properties.getProperty("metadata.container-image");
        if (image == null) {
            throw new IOException("no image was pushed; name one with -Dimage=REGISTRY/NAME:TAG");
        }
        return image;
    }

    /** Each step may be done again: what is there already is named by its digest and stays. */
    private String attach(String reference, byte[] sbom) throws IOException {
        HttpResponse<byte[]> image = repository.send("GET", "manifests/" + reference, ANY_IMAGE, null, 200);
        JsonObject subject = descriptor(image.headers().firstValue("Content-Type").orElse(MANIFEST), image.body());
        byte[] empty = "{}".getBytes(UTF_8);
        repository.pushBlob(digest(empty), empty);
        repository.pushBlob(digest(sbom), sbom);
        JsonObject layer = descriptor(CYCLONEDX, sbom)
                .put("annotations", new JsonObject().put("org.opencontainers.image.title", FILE));
        byte[] manifest = new JsonObject().put("schemaVersion", 2).put("mediaType", MANIFEST).put("artifactType", CYCLONEDX)
                .put("config", descriptor(EMPTY, empty)).put("layers", new JsonArray(List.of(layer)))
                .put("subject", subject).encode().getBytes(UTF_8);
        String digest = digest(manifest);
        HttpResponse<byte[]> answer = repository.send("PUT", "manifests/" + digest, MANIFEST, manifest, 201);
        if (answer.headers().firstValue("OCI-Subject").isEmpty()) {
            addToTag(subject.getString("digest"), descriptor(MANIFEST, manifest).put("artifactType", CYCLONEDX));
        }
        return digest;
    }

    /** What other tools have listed there, such as signatures, stays. */
    private void addToTag(String subject, JsonObject referrer) throws IOException {
        String tag = "manifests/" + subject.replace(':', '-');
        HttpResponse<byte[]> present = repository.send("GET", tag, INDEX, null, 200, 404);
        JsonObject index = present.statusCode() == 200 ? new JsonObject(new String(present.body(), UTF_8))
                : new JsonObject().put("schemaVersion", 2).put("mediaType", INDEX).put("manifests", new JsonArray());
        JsonArray referrers = index.getJsonArray("manifests");
        if (referrers.stream().noneMatch(r -> ((JsonObject) r).getString("digest").equals(referrer.getString("digest")))) {
            referrers.add(referrer);
            repository.send("PUT", tag, INDEX, index.encode().getBytes(UTF_8), 201);
        }
    }

    private static JsonObject descriptor(String mediaType, byte[] content) {
        return new JsonObject().put("mediaType", mediaType).put("digest", digest(content)).put("size", content.length);
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
