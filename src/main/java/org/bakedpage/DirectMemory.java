package org.bakedpage;

import io.quarkus.runtime.ImageMode;
import java.nio.ByteBuffer;
import org.graalvm.nativeimage.PinnedObject;
import org.graalvm.nativeimage.c.type.CTypeConversion;

/** The bytes of a page as memory that the system can read from: what lies in an image heap is that already. */
final class DirectMemory {

    private DirectMemory() {
    }

    static ByteBuffer of(byte[] content) {
        if (content.length == 0 || ImageMode.current() != ImageMode.NATIVE_RUN) {
            return ByteBuffer.allocateDirect(content.length).put(content).flip();
        }
        return Image.bytes(content);
    }

    /** Apart, for a JVM has none of these classes. */
    private static final class Image {

        /** The image heap is mapped from the executable and never moves: an address holds for as long as the process runs. */
        static ByteBuffer bytes(byte[] content) {
            try (PinnedObject pinned = PinnedObject.create(content)) {
                return CTypeConversion.asByteBuffer(pinned.addressOfArrayElement(0), content.length);
            }
        }
    }
}
