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
    private final byte[] content;
    private final AsciiString etag;
    private final AsciiString contentLength;

    /** Outside the heap, so that the system can write it without a copy; made when it is first sent. */
    private ByteBuffer direct;

    Representation(Coding coding, byte[] content) {
        this.coding = coding;
        this.content = content;
        this.etag = AsciiString.cached(etagOf(content));
        this.contentLength = AsciiString.cached(Integer.toString(content.length));
    }

    Coding coding() {
        return coding;
    }

    byte[] content() {
        return content;
    }

    /** In bytes. */
    int length() {
        return content.length;
    }

    /** As RFC 9110 section 8.6 wants it. */
    CharSequence contentLength() {
        return contentLength;
    }

    /** A strong validator, RFC 9110 section 8.8.3: equal for equal bytes, on every replica and in every rebuild. */
    AsciiString etag() {
        return etag;
    }

    /** To be read at absolute indices only. */
    ByteBuffer direct() {
        if (direct == null) {
            // Two event loops may both come here: each gets a right one, and one of the two is kept.
            direct = DirectMemory.of(content);
        }
        return direct;
    }

    /** @param range null for all of it */
    Buffer content(ByteRange range) {
        ByteBuffer part = range == null ? direct().duplicate() : direct().slice((int) range.first(), range.length());
        return Buffer.buffer(Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(part)));
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
