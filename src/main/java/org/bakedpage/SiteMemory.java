package org.bakedpage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The bytes of a baked site, which stay as they are for as long as the process runs. */
interface SiteMemory {

    /** Also the greatest length of one content. */
    int WINDOW = 1 << 30;

    /** In bytes. */
    long length();

    /**
     * Outside the heap, so that the system can send it without a copy; in little-endian order; to be read at absolute indices
     * only.
     *
     * @throws IndexOutOfBoundsException if it is not a part of it
     */
    ByteBuffer slice(long from, int length);

    /** Mapped, not read: the system holds what is used of it. */
    static SiteMemory of(Path file) throws IOException {
        return of(file, WINDOW);
    }

    /** @param window the greatest length of a slice */
    static SiteMemory of(Path file, int window) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long length = channel.size();
            // One mapping has at most 2 GiB. These overlap, so that each slice lies in one of them.
            List<ByteBuffer> windows = new ArrayList<>();
            for (long start = 0; start == 0 || start < length; start += window) {
                windows.add(channel.map(MapMode.READ_ONLY, start, Math.min(length - start, 2L * window - 1)));
            }
            return new SiteMemory() {
                @Override
                public long length() {
                    return length;
                }

                @Override
                public ByteBuffer slice(long from, int count) {
                    Objects.checkFromIndexSize(from, count, length);
                    return windows.get((int) (from / window)).slice((int) (from % window), count).order(ByteOrder.LITTLE_ENDIAN);
                }
            };
        }
    }

    static SiteMemory of(ByteBuffer whole) {
        return new SiteMemory() {
            @Override
            public long length() {
                return whole.capacity();
            }

            @Override
            public ByteBuffer slice(long from, int count) {
                return whole.slice((int) Objects.checkFromIndexSize(from, count, length()), count).order(ByteOrder.LITTLE_ENDIAN);
            }
        };
    }
}
