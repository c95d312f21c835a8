package org.bakedpage;

import java.nio.ByteBuffer;

/**
 * What the system did not take of an {@link Output}.
 *
 * @param content behind the bytes, from its position on; null for none
 */
record Unsent(byte[] bytes, ByteBuffer content) {

    /** In bytes, what is left of both. */
    long left() {
        return bytes.length + (content == null ? 0 : content.remaining());
    }
}
