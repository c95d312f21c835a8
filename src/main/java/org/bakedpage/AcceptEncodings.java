package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * What Accept-Encoding says, by its bytes: there are as many of them as there are kinds of browsers. Used by one event loop.
 * SECURITY: each value has one slot, which a newcomer takes over; a client can make nothing grow.
 */
final class AcceptEncodings {

    private static final int SLOTS = 64;
    private static final int MAX_LENGTH = 128;

    private final byte[][] values = new byte[SLOTS][];
    private final AcceptEncoding[] parsed = new AcceptEncoding[SLOTS];

    AcceptEncoding of(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 16 ^ hash >>> 8) & SLOTS - 1;
        if (values[slot] != null && Arrays.equals(values[slot], 0, values[slot].length, bytes, from, to)) {
            return parsed[slot];
        }
        AcceptEncoding encoding = AcceptEncoding.of(new String(bytes, from, to - from, ISO_8859_1));
        if (to - from <= MAX_LENGTH) {
            values[slot] = Arrays.copyOfRange(bytes, from, to);
            parsed[slot] = encoding;
        }
        return encoding;
    }
}
