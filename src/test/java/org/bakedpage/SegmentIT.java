package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The executable with other sites than its own. */
class SegmentIT {

    private static final Path EXECUTABLE = Path.of(System.getProperty("native.image.path"));
    private static final int PAGE = 4_096;
    private static final int PAGES = 3_000;
    private static final int LARGE_BYTES = 60 << 20;

    @TempDir
    Path folder;

    @Test
    void serves_what_is_joined_to_it() throws Exception {
        Path program = join(site(PAGES, LARGE_BYTES));
        try (Server server = Server.start(program.toString())) {
            for (int i = 0; i < PAGES; i += 7) {
                assertEquals("page " + i, server.get("/" + i).body());
            }
            assertEquals(404, server.get("/" + PAGES).statusCode());
            assertEquals(LARGE_BYTES, server.get("/large").body().length());
        }
    }

    /** The system sends it from the program's file where there is /proc, see trim.ProgramFile, else a copy; in pieces, or to who goes. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void a_large_content_is_whole_however_it_is_sent(boolean proc) throws Exception {
        byte[] content = new byte[5 << 20];
        new Random(1).nextBytes(content);
        String whole = new String(content, ISO_8859_1);
        Path program = join(site(1, content));
        List<String> command = proc ? List.of(program.toString()) : List.of("chroot", folder.toString(), "/program");
        try (Server server = Server.start(command, Map.of())) {
            long before = openings(server, program);
            try (Wire wire = new Wire(server.port(), PAGE)) {
                for (int from : new int[] { 0, 1, 4_095, 131_073, 3_000_000, content.length - 200_000, content.length - 1 }) {
                    String response = wire.exchange("GET /large HTTP/1.1\r\nHost: x\r\nRange: bytes=" + from + "-\r\n\r\n");
                    assertEquals("HTTP/1.1 206 ", response.substring(0, 13));
                    assertTrue(whole.substring(from).equals(response.substring(response.indexOf("\r\n\r\n") + 4)), () -> "from " + from);
                }
                for (int i = 0; i < 20; i++) {
                    try (Wire other = new Wire(server.port(), PAGE)) {
                        other.exchange("GET /0 HTTP/1.1\r\nHost: x\r\n\r\n");
                        other.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n").receiveSlowly(Duration.ZERO, 1_000 * i);
                        other.abort();
                    }
                }
                assertTrue(wire.exchange("GET /large HTTP/1.1\r\nHost: x\r\n\r\n").endsWith("\r\n\r\n" + whole));
            }
            assertEquals(before + (proc ? 1 : 0), openings(server, program));
            assertEquals("", server.log());
        }
    }

    /** Of its own file: GraalVM's runtime has one, of which it maps its heap. */
    private static long openings(Server server, Path program) throws IOException {
        String file = program.toRealPath().toString();
        return Server.descriptors(server.process().pid()).stream().filter(file::equals).count();
    }

    /** Behind the end of its last page nothing is mapped. */
    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2, 8, 40, 4_090, 4_095 })
    void starts_wherever_in_a_page_its_site_ends(int end) throws Exception {
        int bytes = PAGE + Math.floorMod(end - end(join(site(1, PAGE))), PAGE);
        Path program = join(site(1, bytes));
        assertEquals(end, end(program));
        try (Server server = Server.start(program.toString())) {
            assertEquals(bytes, server.get("/large").body().length());
        }
    }

    private static int end(Path program) throws IOException {
        ByteBuffer headers = ByteBuffer.wrap(Arrays.copyOf(Files.readAllBytes(program), PAGE)).order(ByteOrder.LITTLE_ENDIAN);
        long end = 0;
        for (int i = 0; i < headers.getShort(ElfHeader.E_PHNUM); i++) {
            int header = ElfHeader.EHSIZE + i * ElfHeader.PHENTSIZE;
            if (headers.getInt(header) == ElfHeader.PT_LOAD) {
                end = headers.getLong(header + ElfHeader.P_OFFSET) + headers.getLong(header + ElfHeader.P_FILESZ);
            }
        }
        return (int) (end % PAGE);
    }

    /** As an article's executable is treated by those who package it. */
    @ParameterizedTest
    @ValueSource(strings = { "strip", "objcopy --strip-debug", "objcopy --strip-unneeded" })
    void keeps_its_site_when_it_is_stripped(String command) throws Exception {
        Path program = join(site(3, 0));
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.add(program.toString());
        new Command(words).succeed();
        try (Server server = Server.start(program.toString())) {
            assertEquals("page 2", server.get("/2").body());
        }
        // And another one can be joined to it.
        Executable.join(program, "x", site(5, 0));
        try (Server server = Server.start(program.toString())) {
            assertEquals("page 4", server.get("/4").body());
        }
    }

    @Test
    void without_a_site_it_says_so() throws Exception {
        Path program = join(site(1, 0));
        Executable.main("take-out", program.toString());
        assertFails(program, "web-server: cannot start: this executable has no site: ./mvnw package -Pnative joins one");
    }

    @Test
    void a_damaged_site_is_told() throws Exception {
        Path site = site(100, 0);
        byte[] bytes = Files.readAllBytes(site);
        bytes[bytes.length - 500]++;
        Path program = join(Files.write(site, bytes));
        assertFails(program, "web-server: cannot start: the site is damaged, or another version's: its checksum is not that of its index");
    }

    /** A file that was not copied to its end; as the system maps it, there is nothing to be read behind that. */
    @Test
    void a_cut_executable_is_told() throws Exception {
        Path program = join(site(100, 1 << 20));
        try (FileChannel file = FileChannel.open(program, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - (1 << 19));
        }
        assertFails(program, "web-server: cannot start: the site is damaged: the executable is not whole");
    }

    @Test
    void what_is_no_site_is_told() throws Exception {
        Path program = join(Files.write(folder.resolve("site"), new byte[1_000]));
        assertFails(program, "web-server: cannot start: the site is damaged, or another version's: its last 96 bytes are not its trailer");
    }

    /** Neither start nor memory: the medians of the two, one after the other, as far as a busy machine can tell. */
    @Test
    void a_large_site_costs_what_a_small_one_does() throws Exception {
        Path small = Files.move(join(site(1, 0)), folder.resolve("small"));
        Path large = join(site(PAGES, LARGE_BYTES));
        List<List<Long>> millis = List.of(new ArrayList<>(), new ArrayList<>());
        List<List<Long>> kib = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < 30; i++) {
            try (Server server = Server.start((i % 2 == 0 ? small : large).toString())) {
                millis.get(i % 2).add(server.millisToFirstAnswer());
                kib.get(i % 2).add(server.privateKib());
            }
        }
        System.out.println("small and large site: start in ms " + millis + ", memory in KiB " + kib);
        assertTrue(median(kib.get(1)) <= median(kib.get(0)) * 1.1, kib::toString);
        assertTrue(median(millis.get(1)) <= median(millis.get(0)) * 1.5 + 2, millis::toString);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private Path join(Path site) throws IOException {
        Path program = Files.copy(EXECUTABLE, folder.resolve("program"), StandardCopyOption.REPLACE_EXISTING);
        Executable.join(program, "x", site);
        return program;
    }

    private Path site(int pages, int largeBytes) throws IOException {
        return site(pages, new byte[largeBytes]);
    }

    private Path site(int pages, byte[] large) throws IOException {
        Path file = folder.resolve("site");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            SiteWriter writer = new SiteWriter(out);
            for (int i = 0; i < pages; i++) {
                writer.add("/" + i, page(("page " + i).getBytes(UTF_8)));
            }
            writer.add("/large", page(large));
            writer.add("/index.html", page("index".getBytes(UTF_8)));
            writer.alias("/", "/index.html");
            writer.finish(SiteWriter.Settings.of(null, Instant.EPOCH));
        }
        return file;
    }

    private static Page page(byte[] content) {
        return new Page("text/plain", "no-cache", List.of(Representation.of(Coding.IDENTITY, content)));
    }

    private void assertFails(Path program, String line) throws Exception {
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(program.toString()).redirectError(err.toFile()).start();
        try {
            assertTrue(process.waitFor(10, SECONDS), "it should have ended");
            assertEquals(line + "\n", Files.readString(err));
            assertEquals(1, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }
}
