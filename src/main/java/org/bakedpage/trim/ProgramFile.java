package org.bakedpage.trim;

import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.nativeimage.c.type.CTypeConversion;
import org.graalvm.word.Pointer;
import org.graalvm.word.SignedWord;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * The file of this program, of which the system sends large contents from where its cache has them, sendfile(2): else it would
 * copy them. Nothing is cut: this is for speed.
 */
public final class ProgramFile {

    /** Of 64 KiB a copy is as fast; of 128 KiB it takes half as much time again, of 1 MiB twice as much (2026-11-30, wrk -c16, loopback). */
    static final int MIN_BYTES = 128 << 10;
    /** SECURITY: other clients wait for as long as it takes. */
    private static final int MAX_BYTES = 1 << 20;
    /** Of Linux on every architecture. */
    private static final int O_CLOEXEC = 0x80000;
    private static final int NONE = -1;
    /** Of another file than that which is mapped: a translator of programs may answer so. */
    private static final int UNUSABLE = -2;

    private static long start;
    private static long end;
    private static long offset;
    /** Opened when it is first needed, and for as long as the process runs. */
    private static volatile int descriptor = NONE;

    private ProgramFile() {
    }

    /**
     * Said before anything is sent.
     *
     * @param address where a part of the file is mapped, 8 bytes at least
     * @param length of that part, in bytes
     * @param from where in the file the part begins
     */
    public static void mapped(long address, long length, long from) {
        start = address;
        end = address + length;
        offset = from;
    }

    /**
     * @param socket one that does not block: this call has no flag for it
     * @param count of bytes; not all need be sent
     * @return how many were sent; 0 or less where the sender has to try it otherwise
     */
    static SignedWord send(int socket, Pointer content, int count) {
        long address = content.rawValue();
        if (address < start || address >= end || !isOpen()) {
            return WordFactory.signed(NONE);
        }
        Pointer at = StackValue.get(Long.BYTES);
        at.writeLong(0, offset + address - start);
        return sendfile(socket, descriptor, at, WordFactory.unsigned(Math.min(count, MAX_BYTES)));
    }

    private static boolean isOpen() {
        return descriptor >= 0 || descriptor == NONE && open() >= 0;
    }

    /** Fails where /proc is missing or there are too many open files, and is tried again with the next content. */
    private static synchronized int open() {
        if (descriptor == NONE) {
            try (CTypeConversion.CCharPointerHolder path = CTypeConversion.toCString("/proc/self/exe")) {
                int opened = open(path.get(), O_CLOEXEC);
                if (opened < 0 || isMapped(opened)) {
                    descriptor = opened;
                } else {
                    close(opened);
                    descriptor = UNUSABLE;
                }
            }
        }
        return descriptor;
    }

    private static boolean isMapped(int opened) {
        Pointer first = StackValue.get(Long.BYTES);
        return pread(opened, first, WordFactory.unsigned(Long.BYTES), offset).rawValue() == Long.BYTES
                && first.readLong(0) == WordFactory.<Pointer>pointer(start).readLong(0);
    }

    @CFunction(transition = CFunction.Transition.NO_TRANSITION)
    private static native int close(int opened);

    @CFunction(transition = CFunction.Transition.NO_TRANSITION)
    private static native SignedWord pread(int from, Pointer to, UnsignedWord count, long offset);

    @CFunction(transition = CFunction.Transition.NO_TRANSITION)
    private static native int open(CCharPointer path, int flags);

    @CFunction(transition = CFunction.Transition.NO_TRANSITION)
    private static native SignedWord sendfile(int to, int from, Pointer offset, UnsignedWord count);
}
