package org.bakedpage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;

/**
 * What the headers of a 64-bit little-endian executable say (System V ABI, chapters 4 and 5).
 *
 * @param machine e_machine
 * @param segments the p_type of each program header
 */
record Elf(int machine, Set<Integer> segments) {

    private static final int PT_INTERP = 3;
    private static final int E_MACHINE = 18;
    private static final int EM_AARCH64 = 183;

    static Elf of(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r"); FileChannel channel = in.getChannel()) {
            ByteBuffer head = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(head);
            if (head.getInt(0) != 0x464C457F) {
                throw new IOException(file + " is not an ELF file");
            }
            Set<Integer> segments = new HashSet<>();
            int start = (int) head.getLong(32);
            int size = head.getShort(54);
            for (int i = 0; i < head.getShort(56); i++) {
                segments.add(head.getInt(start + i * size));
            }
            return new Elf(head.getShort(E_MACHINE), segments);
        }
    }

    /** Another executable for AArch64 is not at hand where it is asked for: a copy that is the same but for what its header says. */
    static Path ofArm64(Path executable, Path copy) throws IOException {
        Files.copy(executable, copy, StandardCopyOption.COPY_ATTRIBUTES);
        try (RandomAccessFile file = new RandomAccessFile(copy.toFile(), "rw")) {
            file.seek(E_MACHINE);
            file.write(EM_AARCH64);
        }
        return copy;
    }

    /** Whether the kernel starts it by itself, without a dynamic loader. */
    boolean isStatic() {
        return !segments.contains(PT_INTERP);
    }
}
