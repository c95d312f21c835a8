package org.bakedpage;

import java.nio.ByteBuffer;

/**
 * What the system did not take of an {@link Output}.
 *
 * @param content behind the bytes; null for none
 * @param from where in the content
 */
record Unsent(byte[] bytes, ByteBuffer content, int from) {

    /** In bytes, what is left of both. */
    long left() {
        return bytes.length + (content == null ? 0 : content.capacity() - from);
    }
}
