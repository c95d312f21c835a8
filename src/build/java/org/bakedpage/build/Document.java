package org.bakedpage.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        return parse(content).orElseThrow(() -> new IOException("the registry's " + mediaType + " is no JSON"));
    }

    /** Empty for what is no JSON object. */
    static Optional<JsonObject> parse(byte[] content) {
        try {
            JsonObject json = new JsonObject(new String(content, UTF_8));
            // Of "null" it makes one without a map.
            return Optional.of(json).filter(parsed -> parsed.getMap() != null);
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    /** Empty where there is none of this name and type: others have written it. */
    static <T> Optional<T> find(JsonObject json, String name, Class<T> type) {
        return Optional.ofNullable(json.getValue(name)).filter(type::isInstance).map(type::cast);
    }

    static <T> T require(JsonObject json, String name, Class<T> type) throws IOException {
        return find(json, name, type)
                .orElseThrow(() -> new IOException("the registry's JSON has no " + name + " that can be read"));
    }

    static List<JsonObject> requireObjects(JsonObject json, String name) throws IOException {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : require(json, name, JsonArray.class)) {
            if (!(element instanceof JsonObject object)) {
                throw new IOException("the registry's JSON has in " + name + " what is no object");
            }
            objects.add(object);
        }
        return objects;
    }
}
