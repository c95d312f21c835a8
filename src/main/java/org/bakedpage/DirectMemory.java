package org.bakedpage;

import java.nio.ByteBuffer;
import org.graalvm.nativeimage.ImageInfo;
import org.graalvm.nativeimage.PinnedObject;
import org.graalvm.nativeimage.c.type.CTypeConversion;

/** The bytes of a page as memory that the system can read from: what lies in an image heap is that already. */
final class DirectMemory {

    private DirectMemory() {
    }

    /**
     * @param content in a native executable, an array that is part of its image heap; it is mapped from the executable
     *        and is never moved, so its address holds for as long as the process runs
     */
    static ByteBuffer of(byte[] content) {
        if (content.length == 0 || !ImageInfo.inImageRuntimeCode()) {
            return ByteBuffer.allocateDirect(content.length).put(content).flip();
        }
        try (PinnedObject pinned = PinnedObject.create(content)) {
            return CTypeConversion.asByteBuffer(pinned.addressOfArrayElement(0), content.length);
        }
    }
}
