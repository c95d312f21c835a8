package org.bakedpage.build;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a content is and how it is found, see "Content Descriptors" in the OCI image specification.
 *
 * @param size in bytes
 */
record Descriptor(String mediaType, String digest, long size) {

    static Descriptor of(String mediaType, byte[] content) {
        try {
            return new Descriptor(mediaType, digest(new ByteArrayInputStream(content)), content.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Descriptor of(String mediaType, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new Descriptor(mediaType, digest(in), Files.size(file));
        }
    }

    /** @throws IOException in one line, if a registry gave something else */
    static Descriptor of(JsonObject json) throws IOException {
        return new Descriptor(Document.find(json, "mediaType", String.class).orElse("application/octet-stream"),
                Document.require(json, "digest", String.class), Document.require(json, "size", Number.class).longValue());
    }

    JsonObject toJson() {
        return new JsonObject().put("mediaType", mediaType).put("digest", digest).put("size", size);
    }

    private static String digest(InputStream content) throws IOException {
        try {
            DigestInputStream in = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"));
            in.transferTo(OutputStream.nullOutputStream());
            return "sha256:" + HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
