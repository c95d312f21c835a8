package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code site.previous} may name, and what is said of what it may not; PulledProgramTest has images of a registry. */
class PreviousReleaseTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String NOTHING_ELSE = " is no folder, no executable, and no image of a registry: ";

    @TempDir
    private Path project;

    private Path target;

    @BeforeEach
    void make_a_target_folder() throws IOException {
        target = Files.createDirectory(project.resolve("target"));
    }

    @Test
    void a_folder_is_listed() throws IOException {
        Files.writeString(Files.createDirectory(project.resolve("dist")).resolve("a.txt"), "a");
        SiteBuilder.Previous previous = of("dist");
        assertNull(previous.site());
        assertEquals("[/a.txt]", previous.folder().files().toString());
    }

    @Test
    void the_site_of_an_executable_is_read() throws IOException {
        join("web-server");
        SiteBuilder.Previous previous = of("web-server");
        assertNull(previous.folder());
        assertEquals("/a.txt", previous.site().path(0));
        assertEquals(List.of("previous-site.bin"), List.of(target.toFile().list()));
    }

    /** Each of the record, which is behind the headers; a length of 10 GB more, one that is negative, and others. */
    @ParameterizedTest
    @CsvSource({ "SITE, 10000000000", "SITE, -1", "SITE, 1", "SITE, -9223372036854775000", "RECORD, 16", "RECORD, -80",
        "RECORD, 2000000000", "VERSION, 1000", "VERSION, -4" })
    void an_executable_whose_record_is_damaged_ends_the_build_by_one_line(String field, long difference) throws IOException {
        Path executable = join("web-server");
        int segment = 64 << 10;
        try (FileChannel file = FileChannel.open(executable, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            int at = segment + switch (field) {
                case "SITE" -> Executable.SITE_LENGTH;
                case "VERSION" -> Executable.VERSION_LENGTH;
                default -> Executable.RECORD_LENGTH;
            };
            ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            file.read(bytes, at);
            if (field.equals("SITE")) {
                bytes.putLong(0, bytes.getLong(0) + difference);
            } else {
                bytes.putInt(0, bytes.getInt(0) + (int) difference);
            }
            file.write(bytes.clear(), at);
        }
        assertEquals(executable + " is not whole", error("web-server"));
    }

    @ParameterizedTest
    @CsvSource({ "0", "63", "64", "5000", "65536", "65600", "65800" })
    void an_executable_that_was_cut_off_ends_the_build_by_one_line(int length) throws IOException {
        Path executable = join("web-server");
        try (FileChannel file = FileChannel.open(executable, StandardOpenOption.WRITE)) {
            file.truncate(length);
        }
        String error = error("web-server");
        assertTrue(error.startsWith(executable + " is not "), error);
    }

    @Test
    void what_is_nothing_is_told_with_what_to_do() {
        String error = error("./nothing");
        assertTrue(error.startsWith("site.previous=./nothing" + NOTHING_ELSE + "no such file; an image of this machine"), error);
    }

    @Test
    void an_image_that_cannot_be_pulled_is_told_with_the_reason() throws IOException {
        String image;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            image = "127.0.0.1:" + closed.getLocalPort() + "/group/page:1.0";
        }
        String error = error(image);
        assertTrue(error.startsWith("site.previous=" + image + NOTHING_ELSE + "GET http://127.0.0.1:"), error);
        assertEquals(List.of("previous-site.bin"), List.of(target.toFile().list()));
    }

    private SiteBuilder.Previous of(String previous) throws IOException {
        return PreviousRelease.of(previous, project, project.resolve("classes"), target);
    }

    private String error(String previous) {
        String error = assertTimeoutPreemptively(LIMIT,
                () -> assertThrows(IllegalArgumentException.class, () -> of(previous))).getMessage();
        assertArrayEquals(new String[] { error }, error.lines().toArray());
        return error;
    }

    /** A site of one file, behind what has the headers of an executable: a segment, and one to spare. */
    private Path join(String name) throws IOException {
        Path site = project.resolve("site");
        try (FileChannel out = FileChannel.open(site, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            SiteWriter writer = new SiteWriter(out);
            List<Representation> content = List.of(Representation.of(Coding.IDENTITY, "a".getBytes(UTF_8)));
            writer.add("/a.txt", new Page("text/plain", "no-cache", content));
            writer.finish(SiteWriter.Settings.of(null, Instant.EPOCH));
        }
        int loaded = 4096 + 1;
        byte[] elf = ByteBuffer.allocate(loaded).order(ByteOrder.LITTLE_ENDIAN).putInt(0, ElfHeader.E_IDENT)
                .put(ElfHeader.EI_CLASS, ElfHeader.ELFCLASS64).put(ElfHeader.EI_DATA, ElfHeader.ELFDATA2LSB)
                .putLong(ElfHeader.E_PHOFF, ElfHeader.EHSIZE).putShort(ElfHeader.E_PHNUM, (short) 2)
                .putInt(64, ElfHeader.PT_LOAD).putLong(64 + ElfHeader.P_FILESZ, loaded).putLong(64 + ElfHeader.P_MEMSZ, loaded)
                .putInt(64 + 56, ElfHeader.PT_NOTE).array();
        Path executable = Files.write(project.resolve(name), elf);
        Executable.join(executable, "1.0", site);
        return executable;
    }
}
