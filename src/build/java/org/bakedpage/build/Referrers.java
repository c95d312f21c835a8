package org.bakedpage.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a registry keeps beside an image, as artifacts whose subject is the image.
 *
 * <p>Where the registry keeps no list of referrers itself, the list is the tag that the OCI distribution specification
 * gives for it, see "Pushing Manifests with Subject" and "Referrers Tag Schema" in its version 1.1.
 */
final class Referrers {

    private static final String CYCLONEDX = "application/vnd.cyclonedx+json";
    private static final Document EMPTY = new Document("application/vnd.oci.empty.v1+json", "{}".getBytes(UTF_8));

    private final RegistryRepository repository;

    Referrers(RegistryRepository repository) {
        this.repository = repository;
    }

    /**
     * Each step may be done again: what is there already is named by its digest and stays.
     *
     * @param subject the manifest or index that it is about
     * @return the digest of the artifact
     */
    String attachSbom(Descriptor subject, String fileName, byte[] content) throws IOException {
        Document sbom = new Document(CYCLONEDX, content);
        repository.upload(EMPTY);
        repository.upload(sbom);
        JsonObject layer = sbom.descriptor().toJson()
                .put("annotations", new JsonObject().put("org.opencontainers.image.title", fileName));
        Document artifact = new Document(Document.MANIFEST, Document.start(Document.MANIFEST).put("artifactType", CYCLONEDX)
                .put("config", EMPTY.descriptor().toJson()).put("layers", new JsonArray(List.of(layer)))
                .put("subject", subject.toJson()));
        Descriptor descriptor = artifact.descriptor();
        if (!repository.put(descriptor.digest(), artifact)) {
            addToTag(subject.digest().replace(':', '-'), descriptor.toJson().put("artifactType", CYCLONEDX));
        }
        return descriptor.digest();
    }

    /** What other tools have listed there, such as signatures, stays. */
    private void addToTag(String tag, JsonObject referrer) throws IOException {
        Optional<Document> listed = repository.index(tag);
        JsonObject index = listed.isPresent() ? listed.get().json()
                : Document.start(Document.INDEX).put("manifests", new JsonArray());
        List<JsonObject> referrers = Document.requireObjects(index, "manifests");
        if (referrers.stream().noneMatch(present -> referrer.getString("digest").equals(present.getString("digest")))) {
            index.getJsonArray("manifests").add(referrer);
            repository.put(tag, new Document(Document.INDEX, index));
        }
    }
}
