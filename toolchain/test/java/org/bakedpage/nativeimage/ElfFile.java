package org.bakedpage.nativeimage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The program headers of a 64-bit little-endian executable (System V ABI, "Program Header"). */
final class ElfFile {

    private static final int EM_AARCH64 = 183;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;

    private final int machine;
    private final Set<Integer> segments = new HashSet<>();

    ElfFile(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt(0) != 0x464c457f || bytes.get(4) != 2) {
            throw new AssertionError(file + " is no 64-bit ELF file");
        }
        machine = bytes.getShort(0x12);
        long headers = bytes.getLong(0x20);
        int size = Short.toUnsignedInt(bytes.getShort(0x36));
        int count = Short.toUnsignedInt(bytes.getShort(0x38));
        for (int i = 0; i < count; i++) {
            segments.add(bytes.getInt((int) headers + i * size));
        }
    }

    /** Neither a loader nor anything for one to do. */
    boolean isStatic() {
        return !segments.contains(PT_INTERP) && !segments.contains(PT_DYNAMIC);
    }

    boolean isForAArch64() {
        return machine == EM_AARCH64;
    }

    boolean hasInterpreter() {
        return segments.contains(PT_INTERP);
    }
}
