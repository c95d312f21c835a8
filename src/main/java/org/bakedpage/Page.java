package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.MimeMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/**
 * What is sent for one path: the bytes and the fields that describe them, all of them known before the first request.
 * Immutable, and therefore free to be used by every event loop at once.
 */
final class Page {

    /** 18 bytes of the hash are 24 characters of base64 without padding. */
    private static final int ETAG_BYTES = 18;

    /** Media types that are text without saying so: they get a charset too, RFC 9110 section 8.3.2. */
    private static final Set<String> TEXT = Set.of("application/javascript", "application/json", "application/xml",
            "application/xhtml+xml", "application/manifest+json", "image/svg+xml");

    private final byte[] content;
    private final String contentLength;
    private final String contentType;
    private final String etag;

    private Page(byte[] content, String contentType) {
        this.content = content;
        this.contentLength = Integer.toString(content.length);
        this.contentType = contentType;
        this.etag = etagOf(content);
    }

    static Page of(Path file) {
        try {
            return new Page(Files.readAllBytes(file), contentTypeOf(file.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the page " + file, e);
        }
    }

    static Page ofText(String text) {
        return new Page(text.getBytes(UTF_8), contentTypeOf(".txt"));
    }

    /** The bytes with indices of their own, not copied. */
    Buffer content() {
        return Buffer.buffer(Unpooled.wrappedBuffer(content));
    }

    /** In bytes, RFC 9110 section 8.6. */
    String contentLength() {
        return contentLength;
    }

    /** RFC 9110 section 8.3. */
    String contentType() {
        return contentType;
    }

    /** A strong validator, RFC 9110 section 8.8.3: equal for equal bytes, on every replica and in every rebuild. */
    String etag() {
        return etag;
    }

    private static String contentTypeOf(String name) {
        String type = MimeMapping.getMimeTypeForFilename(name);
        if (type == null) {
            return "application/octet-stream";
        }
        return type.startsWith("text/") || TEXT.contains(type) ? type + ";charset=utf-8" : type;
    }

    private static String etagOf(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, ETAG_BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
