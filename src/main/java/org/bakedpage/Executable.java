package org.bakedpage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A build step: joins a baked site to an executable, in place of the one that it has, or takes it out. The site becomes a
 * read-only segment, for which one program header that nobody needs is given up, and a section, or {@code strip} would drop it.
 *
 * <pre>
 *   what is loaded | record: magic, lengths, version, the program headers before | site | NUL | the rest | section headers
 * </pre>
 */
public final class Executable {

    /** At the start of the record, and with it of the segment. */
    static final long MAGIC = 0x0001_4E49_4F4A_2E89L;
    static final int RECORD_LENGTH = 8;
    /** Where a packed program looks, which is told of the program headers that it had before: within 39 bits, as AArch64 has. */
    static final long ADDRESS_IF_PACKED = 1L << 38;
    static final int VERSION_LENGTH = 12;
    static final int SITE_LENGTH = 16;
    private static final int TEXT = 24;
    /** By a NUL the start sees that all before it is there, see Segment. */
    static final int END = 1;
    private static final int PAGE = 4096;
    private static final int MAX_PAGE = 64 << 10;
    private static final byte[] SECTION = ".site\0".getBytes(US_ASCII);
    private static final String USAGE = "usage: join EXECUTABLE VERSION SITE | take-out EXECUTABLE | version EXECUTABLE";

    private final Path path;
    /** Up to the segment, or to where it would be. */
    private final ByteBuffer loaded;
    /** From its end on. */
    private ByteBuffer rest;
    /** Of all; their offsets are those of a file without the segment. */
    private ByteBuffer sections;
    /** Null where there is none. */
    private ByteBuffer record;
    /** Where it begins in the file. */
    private long segment;

    private Executable(Path path) throws IOException {
        this.path = path;
        try (FileChannel file = FileChannel.open(path)) {
            ByteBuffer headers = headers(file);
            int segment = findSegment(headers, file);
            long from = segment < 0 ? endOfLoads(headers) : headers.getLong(segment + ElfHeader.P_OFFSET);
            long length = segment < 0 ? 0 : headers.getLong(segment + ElfHeader.P_FILESZ);
            loaded = read(file, 0, from);
            rest = read(file, from + length, file.size() - from - length);
            sections = read(file, loaded.getLong(ElfHeader.E_SHOFF), loaded.getShort(ElfHeader.E_SHNUM) * ElfHeader.SHENTSIZE);
            if (segment >= 0) {
                this.segment = from;
                record = record(file, from, length, count(headers) * ElfHeader.PHENTSIZE);
                removeSegment(from, length);
            }
        }
    }

    /** @param arguments see USAGE; the executable is replaced when all is written */
    public static void main(String... arguments) {
        try {
            if (arguments.length == 4 && arguments[0].equals("join")) {
                join(Path.of(arguments[1]), arguments[2], Path.of(arguments[3]));
            } else if (arguments.length == 2 && arguments[0].equals("take-out")) {
                new Executable(Path.of(arguments[1])).takeOut();
            } else if (arguments.length == 2 && arguments[0].equals("version")) {
                System.out.println(new Executable(Path.of(arguments[1])).version());
            } else {
                throw new IllegalArgumentException(USAGE);
            }
        } catch (IllegalArgumentException e) {
            fail(e.getMessage());
        } catch (NoSuchFileException e) {
            fail("there is no file " + e.getMessage());
        } catch (IOException | IndexOutOfBoundsException e) {
            fail(arguments[1] + ": " + e);
        }
    }

    private static void fail(String message) {
        System.err.println("web-server: " + message);
        System.exit(1);
    }

    /** The last of what is loaded of a program, which is what its own sections, or UPX, have put there. */
    public static byte[] end(Path executable, int bytes) throws IOException {
        ByteBuffer loaded = new Executable(executable).loaded;
        byte[] end = new byte[Math.min(bytes, loaded.capacity())];
        loaded.get(loaded.capacity() - end.length, end);
        return end;
    }

    /** The site that is joined to it, as a file of its own. */
    static void copySite(Path executable, Path copy) throws IOException {
        Executable joined = new Executable(executable);
        try (FileChannel in = FileChannel.open(executable); FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            long from = joined.segment + joined.requireRecord().getInt(RECORD_LENGTH);
            joined.copy(in, from, joined.record.getLong(SITE_LENGTH), out);
        }
    }

    private void copy(FileChannel in, long from, long count, FileChannel out) throws IOException {
        requireWithin(in, from, count);
        for (long copied = 0, more = 1; copied < count; copied += more) {
            more = in.transferTo(from + copied, count - copied, out);
            if (more == 0) {
                // It has become shorter meanwhile.
                throw notWhole();
            }
        }
    }

    private void requireWithin(FileChannel file, long from, long count) throws IOException {
        if (from < 0 || count < 0 || from > file.size() - count) {
            throw notWhole();
        }
    }

    private IllegalArgumentException notWhole() {
        return new IllegalArgumentException(path + " is not whole");
    }

    private ByteBuffer headers(FileChannel file) throws IOException {
        ByteBuffer head = file.size() < ElfHeader.EHSIZE ? ByteBuffer.allocate(ElfHeader.EHSIZE) : read(file, 0, ElfHeader.EHSIZE);
        if (head.getInt(0) != ElfHeader.E_IDENT || head.get(ElfHeader.EI_CLASS) != ElfHeader.ELFCLASS64
                || head.get(ElfHeader.EI_DATA) != ElfHeader.ELFDATA2LSB || head.getLong(ElfHeader.E_PHOFF) != ElfHeader.EHSIZE) {
            throw new IllegalArgumentException(path + " is not a 64-bit little-endian ELF executable");
        }
        return read(file, 0, header(head.getShort(ElfHeader.E_PHNUM)));
    }

    private ByteBuffer read(FileChannel file, long from, long count) throws IOException {
        requireWithin(file, from, count);
        if (count > Integer.MAX_VALUE) {
            throw notWhole();
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
            continue;
        }
        return bytes.flip();
    }

    /** @param length of the segment that begins with it */
    private ByteBuffer record(FileChannel file, long from, long length, int headers) throws IOException {
        ByteBuffer record = read(file, from, read(file, from, TEXT).getInt(RECORD_LENGTH));
        int version = record.capacity() < TEXT ? -1 : record.getInt(VERSION_LENGTH);
        long site = version < 0 ? -1 : record.getLong(SITE_LENGTH);
        if (version < 0 || version > record.capacity() - TEXT - headers || site < 0 || site != length - END - record.capacity()) {
            throw notWhole();
        }
        return record;
    }

    private static int header(int number) {
        return ElfHeader.EHSIZE + number * ElfHeader.PHENTSIZE;
    }

    private static int count(ByteBuffer headers) {
        return headers.getShort(ElfHeader.E_PHNUM);
    }

    /** @return the last program header of this type; -1 where there is none */
    private static int last(ByteBuffer headers, int type) {
        int number = count(headers) - 1;
        while (number >= 0 && headers.getInt(header(number)) != type) {
            number--;
        }
        return number;
    }

    /** Behind all that is loaded the program's own segments have ended. */
    private int findSegment(ByteBuffer headers, FileChannel file) throws IOException {
        int last = last(headers, ElfHeader.PT_LOAD);
        if (last < 0) {
            throw new IllegalArgumentException(path + " is not an executable: it loads nothing");
        }
        long length = headers.getLong(header(last) + ElfHeader.P_FILESZ);
        boolean found = length > TEXT && read(file, headers.getLong(header(last) + ElfHeader.P_OFFSET), TEXT).getLong(0) == MAGIC;
        return found ? header(last) : -1;
    }

    private static long endOfLoads(ByteBuffer headers) {
        long end = 0;
        for (int i = 0; i < count(headers); i++) {
            if (headers.getInt(header(i)) == ElfHeader.PT_LOAD) {
                end = Math.max(end, headers.getLong(header(i) + ElfHeader.P_OFFSET) + headers.getLong(header(i) + ElfHeader.P_FILESZ));
            }
        }
        return end;
    }

    private void removeSegment(long from, long length) {
        loaded.put(ElfHeader.EHSIZE, record, TEXT + record.getInt(VERSION_LENGTH), count(loaded) * ElfHeader.PHENTSIZE);
        shift(from + 1, -length);
        int section = 0;
        while (section < sections.capacity() && (sections.getLong(section + ElfHeader.SH_OFFSET) != from
                || sections.getLong(section + ElfHeader.SH_SIZE) != length)) {
            section += ElfHeader.SHENTSIZE;
        }
        if (section < sections.capacity()) {
            removeSection(section);
        }
    }

    private void removeSection(int removed) {
        int number = removed / ElfHeader.SHENTSIZE;
        ByteBuffer fewer = allocate(sections.capacity() - ElfHeader.SHENTSIZE).put(0, sections, 0, removed)
                .put(removed, sections, removed + ElfHeader.SHENTSIZE, sections.capacity() - removed - ElfHeader.SHENTSIZE);
        for (int section = 0; section < fewer.capacity(); section += ElfHeader.SHENTSIZE) {
            int link = fewer.getInt(section + ElfHeader.SH_LINK);
            fewer.putInt(section + ElfHeader.SH_LINK, link > number ? link - 1 : link);
        }
        sections = fewer;
        short names = loaded.getShort(ElfHeader.E_SHSTRNDX);
        loaded.putShort(ElfHeader.E_SHSTRNDX, (short) (names > number ? names - 1 : names));
    }

    private static ByteBuffer allocate(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What lies there or behind it in the file moves by so many bytes. */
    private void shift(long from, long bytes) {
        for (int section = 0; section < sections.capacity(); section += ElfHeader.SHENTSIZE) {
            long offset = sections.getLong(section + ElfHeader.SH_OFFSET);
            if (offset >= from) {
                sections.putLong(section + ElfHeader.SH_OFFSET, offset + bytes);
            }
        }
        if (sections.capacity() > 0) {
            loaded.putLong(ElfHeader.E_SHOFF, loaded.getLong(ElfHeader.E_SHOFF) + bytes);
        }
    }

    private ByteBuffer requireRecord() {
        if (record == null) {
            throw new IllegalArgumentException(path + " has no site: this project's build has not made it, or has packed it");
        }
        return record;
    }

    /** What the build noted of it. */
    String version() {
        byte[] version = new byte[requireRecord().getInt(VERSION_LENGTH)];
        record.get(TEXT, version);
        return new String(version, UTF_8);
    }

    /** Where there is one. */
    void takeOut() throws IOException {
        if (record != null) {
            writeSections(0);
            write(0, null, null);
        }
    }

    /** @param version what a build has to know of it to join another site */
    static void join(Path executable, String version, Path site) throws IOException {
        new Executable(executable).join(version, site);
    }

    private void join(String version, Path site) throws IOException {
        byte[] text = version.getBytes(UTF_8);
        int headers = count(loaded) * ElfHeader.PHENTSIZE;
        int length = (TEXT + text.length + headers + 15) / 16 * 16;
        ByteBuffer added = allocate(length).putLong(MAGIC).putInt(length).putInt(text.length).putLong(Files.size(site)).put(text)
                .put(loaded.slice(ElfHeader.EHSIZE, headers)).clear();
        long unit = sections.capacity() == 0 ? MAX_PAGE : PAGE;
        long offset = (loaded.capacity() + unit - 1) / unit * unit;
        long bytes = length + Files.size(site) + END;
        long address = addSegment(offset, bytes);
        shift(loaded.capacity(), offset - loaded.capacity() + bytes);
        if (sections.capacity() > 0) {
            addSection(offset, bytes, address);
        }
        writeSections(offset + bytes);
        write(offset, added, site);
    }

    /** Program headers are in the order of their addresses: the new one is behind the last segment that is loaded. */
    private long addSegment(long offset, long length) {
        long end = 0;
        long alignment = PAGE;
        for (int header = ElfHeader.EHSIZE; header < header(count(loaded)); header += ElfHeader.PHENTSIZE) {
            if (loaded.getInt(header) == ElfHeader.PT_LOAD) {
                end = Math.max(end, loaded.getLong(header + ElfHeader.P_VADDR) + loaded.getLong(header + ElfHeader.P_MEMSZ));
                alignment = Math.max(alignment, loaded.getLong(header + ElfHeader.P_ALIGN));
            }
        }
        long first = sections.capacity() == 0 ? ADDRESS_IF_PACKED : end;
        long address = (first + alignment - 1) / alignment * alignment + offset % alignment;
        int spare = spare();
        int last = last(loaded, ElfHeader.PT_LOAD);
        ByteBuffer before = allocate(header(count(loaded))).put(0, loaded, 0, header(count(loaded)));
        int place = spare > last ? last + 1 : last;
        // What stands between the two places moves by one.
        int from = Math.min(spare, place);
        int moved = Math.abs(spare - place);
        loaded.put(header(from + (spare > last ? 1 : 0)), before, header(from + (spare > last ? 0 : 1)), moved * ElfHeader.PHENTSIZE);
        loaded.position(header(place)).putInt(ElfHeader.PT_LOAD).putInt(ElfHeader.PF_R).putLong(offset).putLong(address)
                .putLong(address).putLong(length).putLong(length).putLong(alignment);
        return address;
    }

    /**
     * The build id's; else, where no dynamic loader reads it, the one of what is read-only after relocation; else the one that
     * says that the stack is not executable, which UPX leaves, and which newer kernels take for said.
     */
    private int spare() {
        int note = last(loaded, ElfHeader.PT_NOTE);
        int relocated = last(loaded, ElfHeader.PT_INTERP) < 0 ? last(loaded, ElfHeader.PT_GNU_RELRO) : -1;
        int spare = note >= 0 ? note : relocated >= 0 ? relocated : last(loaded, ElfHeader.PT_GNU_STACK);
        if (spare < 0) {
            throw new IllegalArgumentException(path + " has no program header to spare");
        }
        return spare;
    }

    private void addSection(long offset, long length, long address) {
        ByteBuffer more = allocate(sections.capacity() + ElfHeader.SHENTSIZE).put(0, sections, 0, sections.capacity());
        int section = sections.capacity();
        more.putInt(section + ElfHeader.SH_NAME, nameOf(loaded.getShort(ElfHeader.E_SHSTRNDX) * ElfHeader.SHENTSIZE, offset + length, more))
                .putInt(section + ElfHeader.SH_TYPE, ElfHeader.SHT_PROGBITS).putLong(section + ElfHeader.SH_FLAGS, ElfHeader.SHF_ALLOC)
                .putLong(section + ElfHeader.SH_ADDR, address).putLong(section + ElfHeader.SH_OFFSET, offset)
                .putLong(section + ElfHeader.SH_SIZE, length).putLong(section + ElfHeader.SH_ADDRALIGN, 16);
        sections = more;
    }

    /** Where the names have this one, too; they are written anew where they have not. */
    private int nameOf(int names, long restOffset, ByteBuffer sections) {
        byte[] known = new byte[(int) sections.getLong(names + ElfHeader.SH_SIZE)];
        rest.get((int) (sections.getLong(names + ElfHeader.SH_OFFSET) - restOffset), known);
        int found = new String(known, US_ASCII).indexOf(new String(SECTION, US_ASCII));
        if (found >= 0) {
            return found;
        }
        sections.putLong(names + ElfHeader.SH_OFFSET, restOffset + rest.capacity())
                .putLong(names + ElfHeader.SH_SIZE, known.length + SECTION.length);
        rest = append(append(rest, ByteBuffer.wrap(known)), ByteBuffer.wrap(SECTION));
        return known.length;
    }

    private static ByteBuffer append(ByteBuffer first, ByteBuffer second) {
        return allocate(first.capacity() + second.capacity()).put(first.duplicate().clear()).put(second).clear();
    }

    /** @param restOffset where the rest begins in the file; 0 for directly behind what is loaded */
    private void writeSections(long restOffset) {
        if (sections.capacity() == 0) {
            return;
        }
        long start = restOffset == 0 ? loaded.capacity() : restOffset;
        long table = loaded.getLong(ElfHeader.E_SHOFF) - start;
        // Nearly always they are the last of all, and are replaced.
        int kept = table + loaded.getShort(ElfHeader.E_SHNUM) * ElfHeader.SHENTSIZE == rest.capacity() ? (int) table : rest.capacity();
        int padding = (int) (-(start + kept) & 7);
        rest = append(append(rest.slice(0, kept), ByteBuffer.allocate(padding)), sections.duplicate().clear());
        loaded.putLong(ElfHeader.E_SHOFF, start + kept + padding)
                .putShort(ElfHeader.E_SHNUM, (short) (sections.capacity() / ElfHeader.SHENTSIZE));
    }

    private void write(long offset, ByteBuffer record, Path site) throws IOException {
        Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        try (FileChannel out = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(out, loaded);
            if (site != null) {
                out.position(offset);
                write(out, record);
                try (FileChannel in = FileChannel.open(site)) {
                    copy(in, 0, in.size(), out);
                }
                write(out, ByteBuffer.allocate(END));
            }
            write(out, rest);
        }
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        for (ByteBuffer left = bytes.duplicate().clear(); left.hasRemaining();) {
            out.write(left);
        }
    }
}
