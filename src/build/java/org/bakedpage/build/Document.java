package org.bakedpage.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** A JSON document of a registry, as the bytes that its digest is of. */
record Document(String mediaType, byte[] content) {

    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    static final String DOCKER_INDEX = "application/vnd.docker.distribution.manifest.list.v2+json";

    Document(String mediaType, JsonObject json) {
        this(mediaType, json.encode().getBytes(UTF_8));
    }

    /** A new one for what refers to others, with its type and version. */
    static JsonObject start(String mediaType) {
        return new JsonObject().put("schemaVersion", 2).put("mediaType", mediaType);
    }

    Descriptor descriptor() {
        return Descriptor.of(mediaType, content);
    }

    JsonObject json() throws IOException {
        try {
            return new JsonObject(new String(content, UTF_8));
        } catch (DecodeException e) {
            throw new IOException("the registry's " + mediaType + " is no JSON", e);
        }
    }
}
