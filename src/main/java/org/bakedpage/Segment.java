package org.bakedpage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bakedpage.trim.ProgramFile;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.type.CIntPointer;
import org.graalvm.nativeimage.c.type.CTypeConversion;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * The site as a read-only segment of the executable, which {@link Executable} has joined to it. The system has mapped it when
 * the program began: nothing is opened, pages of it are read when they are first used and dropped when memory is short.
 * Nothing but an executable may use this class.
 */
final class Segment implements SiteMemory {

    private static final String DAMAGED = "the site is damaged: the executable is not whole";
    private static final int EFAULT = 14;
    private static final String NONE = "this executable has no site: ./mvnw package -Pnative joins one";

    /** Of getauxval(3). */
    private static final long AT_PHDR = 3;
    private static final long AT_PHNUM = 5;

    private final long address;
    private final long length;

    private Segment(long address, long length) {
        this.address = address;
        this.length = length;
    }

    /** In the program headers, as the system has mapped them. */
    static Segment find() throws IOException {
        long headers = getauxval(AT_PHDR);
        long count = getauxval(AT_PHNUM);
        long bias = 0;
        for (int i = 0; i < count; i++) {
            Pointer header = WordFactory.pointer(headers + i * ElfHeader.PHENTSIZE);
            long address = header.readLong(ElfHeader.P_VADDR);
            if (header.readInt(ElfHeader.P_TYPE) == ElfHeader.PT_LOAD && header.readLong(ElfHeader.P_OFFSET) == 0) {
                bias = headers - ElfHeader.EHSIZE - address;
            }
            if (header.readInt(ElfHeader.P_TYPE) == ElfHeader.PT_LOAD && header.readInt(ElfHeader.P_FLAGS) == ElfHeader.PF_R) {
                Pointer start = WordFactory.pointer(bias + address);
                if (start.readLong(0) == Executable.MAGIC) {
                    long size = header.readLong(ElfHeader.P_FILESZ);
                    ProgramFile.mapped(start.rawValue(), size, header.readLong(ElfHeader.P_OFFSET));
                    return of(start, size);
                }
            }
        }
        Pointer packed = WordFactory.pointer(Executable.ADDRESS_IF_PACKED);
        if (mincore(packed, WordFactory.unsigned(1), StackValue.get(1)) == 0 && packed.readLong(0) == Executable.MAGIC) {
            return of(packed, Long.MAX_VALUE);
        }
        throw new IOException(NONE);
    }

    /** @param most how long both can be */
    private static Segment of(Pointer record, long most) throws IOException {
        int length = record.readInt(Executable.RECORD_LENGTH);
        long site = record.readLong(Executable.SITE_LENGTH);
        if (length <= 0 || site <= 0 || site > most - length - Executable.END
                || !isReadable(record.add(WordFactory.unsigned(length + site)))) {
            throw new IOException(DAMAGED);
        }
        return new Segment(record.rawValue() + length, site);
    }

    /**
     * To read what is mapped behind the end of a file would be the end of the process; a system call only fails.
     *
     * @param address of a NUL: the call takes it for a name, and would read on, maybe to where nothing is mapped
     */
    private static boolean isReadable(Pointer address) {
        return access(address, 0) == 0 || errno().read() != EFAULT;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public ByteBuffer slice(long from, int count) {
        if (from < 0 || count < 0 || from > length - count) {
            throw new IndexOutOfBoundsException(from + " + " + count + " of " + length);
        }
        return CTypeConversion.asByteBuffer(WordFactory.pointer(address + from), count).order(ByteOrder.LITTLE_ENDIAN);
    }

    @TargetClass(SiteResource.class)
    static final class InPlaceOfResource {

        @Substitute
        static SiteMemory memory() throws IOException {
            return find();
        }
    }

    @CFunction(transition = CFunction.Transition.NO_TRANSITION)
    private static native long getauxval(long type);

    @CFunction(transition = CFunction.Transition.NO_TRANSITION)
    private static native int access(Pointer path, int mode);

    @CFunction(value = "__errno_location", transition = CFunction.Transition.NO_TRANSITION)
    private static native CIntPointer errno();

    /** Fails where nothing is mapped. */
    @CFunction(transition = CFunction.Transition.NO_TRANSITION)
    private static native int mincore(Pointer start, UnsignedWord length, Pointer pages);
}
