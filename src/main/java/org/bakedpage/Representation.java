package org.bakedpage;

import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A page's content in one content coding, RFC 9110 section 8.4. Immutable, shared by every event loop. */
final class Representation {

    /** 18 bytes of the hash are 24 characters of base64 without padding. */
    private static final int ETAG_BYTES = 18;

    private final Coding coding;
    private final ByteBuffer content;
    private final AsciiString etag;
    private final AsciiString contentLength;

    /** @param content outside the heap, so that the system can send it without a copy; stays as it is */
    Representation(Coding coding, ByteBuffer content, AsciiString etag) {
        this.coding = coding;
        this.content = content;
        this.etag = etag;
        this.contentLength = AsciiString.cached(Integer.toString(content.capacity()));
    }

    static Representation of(Coding coding, byte[] content) {
        return new Representation(coding, ByteBuffer.allocateDirect(content.length).put(content).flip(), etag(content));
    }

    Coding coding() {
        return coding;
    }

    /** To be read at absolute indices only. */
    ByteBuffer content() {
        return content;
    }

    /** In bytes. */
    int length() {
        return content.capacity();
    }

    /** As RFC 9110 section 8.6 wants it. */
    CharSequence contentLength() {
        return contentLength;
    }

    /** A strong validator, RFC 9110 section 8.8.3: equal for equal bytes, on every replica and in every rebuild. */
    AsciiString etag() {
        return etag;
    }

    /** @param range null for all of it */
    @SuppressWarnings("deprecation")
    Buffer content(ByteRange range) {
        ByteBuffer part = range == null ? content.duplicate() : content.slice((int) range.first(), range.length());
        return Buffer.buffer(Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(part)));
    }

    static AsciiString etag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return AsciiString.cached('"' + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, ETAG_BYTES)) + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
