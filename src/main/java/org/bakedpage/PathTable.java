package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;

/** What there is at which path, found by the path's bytes: open addressing, at most half full. Immutable. */
final class PathTable<T> {

    private final byte[][] paths;
    private final Object[] values;

    PathTable(Map<String, T> values) {
        int size = Integer.highestOneBit(Math.max(1, values.size())) << 2;
        this.paths = new byte[size][];
        this.values = new Object[size];
        values.forEach(this::put);
    }

    private void put(String path, T value) {
        byte[] bytes = path.getBytes(UTF_8);
        int hash = 0;
        for (byte b : bytes) {
            hash = hash(hash, b);
        }
        int slot = slot(hash);
        while (paths[slot] != null) {
            slot = slot + 1 & paths.length - 1;
        }
        paths[slot] = bytes;
        values[slot] = value;
    }

    /** The hash of some bytes and one more; that of none is 0. */
    static int hash(int hash, byte b) {
        return 31 * hash + b;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 16) & paths.length - 1;
    }

    /** @return null where there is nothing */
    @SuppressWarnings("unchecked")
    T get(byte[] bytes, int from, int to, int hash) {
        int slot = slot(hash);
        while (paths[slot] != null) {
            if (Arrays.equals(paths[slot], 0, paths[slot].length, bytes, from, to)) {
                return (T) values[slot];
            }
            slot = slot + 1 & paths.length - 1;
        }
        return null;
    }
}
