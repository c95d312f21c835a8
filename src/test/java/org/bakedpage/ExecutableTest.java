package org.bakedpage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With an executable of two segments and two sections, at 0x400000, that nothing could run. SegmentIT runs what was joined. */
class ExecutableTest {

    private static final int LOADED = 0x1800;
    private static final byte[] NAMES = "\0.text\0.shstrtab\0".getBytes(US_ASCII);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1 4 6474e551,          0x1000, 1 1 6474e551",
        "4 1 6474e551,          0x1000, 1 1 6474e551",
        "1 1 6474e552 6474e551, 0x1000, 1 1 1 6474e551",
        "1 6474e551,            0x1000, 1 1",
        "3 1 6474e552 6474e551, 0x1000, 3 1 1 6474e552",
        "1 4 6474e551,         0x10000, 1 1 6474e551",
    })
    void a_spare_header_becomes_a_read_only_segment_behind_the_others(String types, String alignment, String expected) throws IOException {
        Path file = executable(types, Integer.decode(alignment), true);
        Executable.join(file, "1.0", site(5_000));
        ByteBuffer joined = read(file);
        List<String> found = IntStream.range(0, joined.getShort(ElfHeader.E_PHNUM))
                .mapToObj(i -> Integer.toHexString(joined.getInt(64 + i * 56))).toList();
        assertEquals(List.of(expected.split(" ")), found);
        int header = 64 + 56 * found.lastIndexOf("1");
        assertEquals(ElfHeader.PF_R, joined.getInt(header + 4));
        long offset = joined.getLong(header + 8);
        long address = joined.getLong(header + 16);
        assertEquals(Executable.MAGIC, joined.getLong((int) offset));
        assertEquals(offset % Integer.decode(alignment), address % Integer.decode(alignment));
        assertTrue(address >= 0x400000 + LOADED + 0x100, Long.toHexString(address));
        int siteStart = (int) offset + joined.getInt((int) offset + Executable.RECORD_LENGTH);
        assertEquals(5_000 + Executable.END, offset + joined.getLong(header + 32) - siteStart);
        assertEquals(0, joined.get(siteStart + 5_000));
        assertEquals('s', joined.get(siteStart));
    }

    @Test
    void what_is_taken_out_leaves_what_was_there() throws IOException {
        Path file = executable("1 4 6474e551", 0x1000, true);
        byte[] loaded = Arrays.copyOf(Files.readAllBytes(file), LOADED);
        Executable.join(file, "1.0", site(5_000));
        Executable.main("take-out", file.toString());
        ByteBuffer out = read(file);
        assertArrayEquals(Arrays.copyOfRange(loaded, 64, LOADED), Arrays.copyOfRange(out.array(), 64, LOADED));
        assertEquals(List.of(".text", ".shstrtab"), sections(out));
    }

    @Test
    void another_site_takes_the_place_of_the_first() throws IOException {
        Path file = executable("1 4 6474e551", 0x1000, true);
        Executable.join(file, "1.0", site(5_000));
        byte[] once = Files.readAllBytes(file);
        for (int length : new int[] { 100_000, 0, 5_000 }) {
            Executable.join(file, "1.0", site(length));
            assertEquals(List.of(".text", ".shstrtab", ".site"), sections(read(file)));
        }
        assertArrayEquals(once, Files.readAllBytes(file));
    }

    @Test
    void one_without_sections_gets_none() throws IOException {
        Path file = executable("1 6474e551", 0x1000, false);
        Executable.join(file, "2", site(10));
        Executable.join(file, "2", site(20));
        assertEquals(0, read(file).getShort(ElfHeader.E_SHNUM));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 4 6474e551 | 64      | is not whole
            1 4 6474e551 | 63      | is not a 64-bit little-endian ELF executable
            1 4 6474e551 | 1000    | is not whole
            1 1          | 9999999 | has no program header to spare
            4 6474e551   | 9999999 | is not an executable: it loads nothing
            """)
    void what_is_no_executable_is_refused(String types, int kept, String reason) throws IOException {
        Path file = executable(types, 0x1000, true);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, Math.min(kept, bytes.length)));
        Path site = site(1);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Executable.join(file, "1", site));
        assertEquals(file + " " + reason, e.getMessage());
    }

    @Test
    void the_site_of_a_joined_executable_is_the_file_that_was_joined() throws IOException {
        Path file = executable("1 4 6474e551", 0x1000, true);
        Path copy = Files.createFile(folder.resolve("copy"));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Executable.copySite(file, copy));
        assertTrue(e.getMessage().startsWith(file + " has no site"), e.getMessage());
        Executable.join(file, "1.0", site(100_000));
        Executable.copySite(file, copy);
        assertArrayEquals(Files.readAllBytes(site(100_000)), Files.readAllBytes(copy));
    }

    private Path site(int length) throws IOException {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 's');
        return Files.write(folder.resolve("site"), bytes);
    }

    private ByteBuffer read(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static List<String> sections(ByteBuffer elf) {
        int table = (int) elf.getLong(ElfHeader.E_SHOFF);
        int names = (int) elf.getLong(table + elf.getShort(ElfHeader.E_SHSTRNDX) * 64 + ElfHeader.SH_OFFSET);
        return IntStream.range(1, elf.getShort(ElfHeader.E_SHNUM)).mapToObj(i -> {
            String text = new String(elf.array(), names + elf.getInt(table + i * 64), 20, US_ASCII);
            return text.substring(0, text.indexOf('\0'));
        }).toList();
    }

    /** @param types of the program headers, in hexadecimal */
    private Path executable(String types, int alignment, boolean withSections) throws IOException {
        String[] headers = types.split(" ");
        ByteBuffer elf = ByteBuffer.allocate(LOADED + NAMES.length + 7 + 3 * 64).order(ByteOrder.LITTLE_ENDIAN);
        elf.putInt(0, ElfHeader.E_IDENT).put(4, (byte) 2).put(5, (byte) 1).putLong(ElfHeader.E_PHOFF, 64)
                .putShort(ElfHeader.E_PHNUM, (short) headers.length);
        int loads = 0;
        for (int i = 0; i < headers.length; i++) {
            int at = 64 + i * 56;
            elf.putInt(at, Integer.parseUnsignedInt(headers[i], 16));
            if (headers[i].equals("1")) {
                elf.putInt(at + 4, 5).putLong(at + 8, loads * 0x1000L).putLong(at + 16, 0x400000 + loads * 0x1000L)
                        .putLong(at + 32, loads == 0 && types.indexOf('1') != types.lastIndexOf(" 1") + 1 ? 0x1000 : LOADED - loads * 0x1000L)
                        .putLong(at + 40, LOADED + 0x100 - loads * 0x1000L).putLong(at + 48, alignment);
                loads++;
            }
        }
        int table = (LOADED + NAMES.length + 7) / 8 * 8;
        elf.put(LOADED, NAMES);
        if (withSections) {
            elf.putLong(ElfHeader.E_SHOFF, table).putShort(ElfHeader.E_SHNUM, (short) 3).putShort(ElfHeader.E_SHSTRNDX, (short) 2);
            elf.putInt(table + 64, 1).putLong(table + 64 + ElfHeader.SH_OFFSET, 0x1000).putLong(table + 64 + ElfHeader.SH_SIZE, 0x100);
            elf.putInt(table + 128, 7).putLong(table + 128 + ElfHeader.SH_OFFSET, LOADED)
                    .putLong(table + 128 + ElfHeader.SH_SIZE, NAMES.length);
        }
        return Files.write(folder.resolve("program"), Arrays.copyOf(elf.array(), table + 3 * 64));
    }
}
