package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A site is read as it was written. */
class SiteTest {

    private static final Instant TIME = Instant.ofEpochSecond(784_111_777);

    @TempDir
    Path folder;

    @Test
    void an_empty_site_has_nothing() {
        Site site = SiteWriter.site(Map.of(), null, TIME);
        assertNull(site.page("/"));
        assertNull(site.page(""));
        assertNull(site.notFound("/x"));
        assertNull(site.fallback());
        assertEquals(0, site.size());
    }

    @Test
    void a_page_is_what_it_was() {
        List<Representation> representations = new ArrayList<>();
        for (Coding coding : Coding.values()) {
            representations.add(Representation.of(coding, ("in " + coding).getBytes(UTF_8)));
        }
        Page written = new Page("text/x-\u00e9", "max-age=3", representations);
        Site site = SiteWriter.site(Map.of("/d/index.html", written, "/404.html", page("none"), "/e", page("")), "/e", TIME);
        Page read = site.page("/d/");
        assertEquals(read, site.page("/d/index.html"));
        assertEquals("max-age=3", read.cacheControl().toString());
        assertEquals(4, read.representations().size());
        for (int i = 0; i < 4; i++) {
            Representation expected = written.representations().get(i);
            Representation actual = read.representations().get(i);
            assertEquals(expected.coding(), actual.coding());
            assertEquals(expected.etag(), actual.etag());
            assertEquals(expected.content(), actual.content());
        }
        assertEquals("none", site.notFound("/x").identity().content(null).toString());
        assertEquals("", site.fallback().identity().content(null).toString());
        assertEquals(784_111_777, site.lastModified(read));
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", site.lastModifiedField().toString());
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 4, 5, 7, 8, 9, 5_000 })
    void each_path_has_its_page_and_no_other_path_has_one(int count) {
        Map<String, Page> pages = new HashMap<>();
        NastyInput.random(20 * count, "/", "a", "b", ".html", "indices", "\u00e9", "\u20ac", "-").distinct().limit(count)
                .forEach(path -> pages.put(path, page("at " + path)));
        Site site = SiteWriter.site(new TreeMap<>(pages), null, TIME);
        assertEquals(pages.size(), site.size());
        pages.keySet().forEach(path -> {
            assertEquals("at " + path, site.page(path).identity().content(null).toString());
            assertEquals(pages.containsKey(path + "/"), site.page(path + "/") != null);
            assertNull(site.page(path + "\0"));
        });
    }

    @Test
    void paths_of_one_hash_are_told_apart() {
        Site site = SiteWriter.site(Map.of("/AaAa", page("1"), "/AaBB", page("2"), "/BBAa", page("3")), null, TIME);
        assertEquals("2", site.page("/AaBB").identity().content(null).toString());
        assertNull(site.page("/BBBB"));
    }

    @Test
    void a_fallback_is_a_page() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> SiteWriter.site(Map.of(), "/a.html", TIME));
        assertEquals("there is no page at /a.html", e.getMessage());
    }

    @Test
    void a_mapped_file_is_the_same_site() throws IOException {
        Site site = new Site(SiteMemory.of(file(Map.of("/a", page("abc")))));
        assertEquals("abc", site.page("/a").identity().content(null).toString());
    }

    /** As one of many gibibytes is, of which one mapping takes two. */
    @Test
    void a_file_is_mapped_in_windows_and_each_slice_lies_in_one() throws IOException {
        byte[] bytes = new byte[1_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        SiteMemory memory = SiteMemory.of(Files.write(folder.resolve("site"), bytes), 64);
        assertEquals(1_000, memory.length());
        for (int from = 0; from <= 1_000 - 64; from++) {
            assertEquals(ByteBuffer.wrap(bytes, from, 64), memory.slice(from, 64));
        }
        assertEquals(ByteBuffer.wrap(bytes, 999, 1), memory.slice(999, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.slice(999, 2));
    }

    @ParameterizedTest
    @CsvSource({ "1000, 1", "999, 2", "-1, 1", "0, -1", "4611686018427387904, 1", "-4611686018427387904, 1", "4294967296, 1" })
    void a_slice_outside_of_a_site_is_none(long from, int count) throws IOException {
        byte[] bytes = new byte[1_000];
        for (SiteMemory memory : List.of(SiteMemory.of(Files.write(folder.resolve("site"), bytes), 64), SiteMemory.of(ByteBuffer.wrap(bytes)))) {
            assertThrows(IndexOutOfBoundsException.class, () -> memory.slice(from, count));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,     0,  0, its last 96 bytes are not its trailer",
        "63,    0,  0, its last 96 bytes are not its trailer",
        "-1,    0,  0, its last 96 bytes are not its trailer",
        "-64,   0,  0, its last 96 bytes are not its trailer",
        "10000, -4, 1, its checksum is not that of its index",
        "10000, -40, 1, its checksum is not that of its index",
        "10000, -100, 1, its checksum is not that of its index",
        "10000, -96, 1, its last 96 bytes are not its trailer",
    })
    void a_damaged_site_is_refused(int length, int at, int change, String reason) throws IOException {
        byte[] bytes = Files.readAllBytes(file(Map.of("/a", page("abc"))));
        if (change != 0) {
            bytes[bytes.length + at] += change;
        }
        int kept = length < 0 ? bytes.length + length : Math.min(length, bytes.length);
        ByteBuffer damaged = ByteBuffer.allocateDirect(kept).put(bytes, 0, kept).flip();
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new Site(SiteMemory.of(damaged)));
        assertEquals("the site is damaged, or another version's: " + reason, e.getMessage());
    }

    @Test
    void what_a_site_lacks_at_its_start_is_told() throws IOException {
        byte[] bytes = Files.readAllBytes(file(Map.of("/a", page("abc"))));
        ByteBuffer damaged = ByteBuffer.allocateDirect(bytes.length - 1).put(bytes, 1, bytes.length - 1).flip();
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new Site(SiteMemory.of(damaged)));
        assertTrue(e.getMessage().endsWith((bytes.length - 1) + " bytes of " + bytes.length), e.getMessage());
    }

    @Test
    void more_pages_than_are_kept_are_all_found() {
        Map<String, Page> pages = new HashMap<>();
        for (int i = 0; i < 3 * KeptPages.SLOTS; i++) {
            pages.put("/" + i, page(Integer.toString(i)));
        }
        Site site = SiteWriter.site(pages, null, TIME);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 3 * KeptPages.SLOTS; i++) {
                assertNotNull(site.page("/" + i), "/" + i);
                assertEquals(Integer.toString(i), site.page("/" + i).identity().content(null).toString());
            }
        }
    }

    /** Two of one slot. */
    @Test
    void a_page_that_is_asked_for_now_and_then_takes_no_other_place() {
        Map<String, Page> pages = new HashMap<>();
        for (int i = 0; i <= KeptPages.SLOTS; i++) {
            pages.put("/" + i, page(Integer.toString(i)));
        }
        Site site = SiteWriter.site(pages, null, TIME);
        Page kept = site.page(0);
        for (int i = 1; i < KeptPages.REPLACED; i++) {
            assertNotSame(site.page(KeptPages.SLOTS), site.page(0));
            assertSame(kept, site.page(0));
        }
        Page often = site.page(KeptPages.SLOTS);
        assertSame(often, site.page(KeptPages.SLOTS));
        assertNotSame(kept, site.page(0));
    }

    private Path file(Map<String, Page> pages) throws IOException {
        Path file = folder.resolve("site");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            SiteWriter writer = new SiteWriter(out);
            for (Map.Entry<String, Page> page : pages.entrySet()) {
                writer.add(page.getKey(), page.getValue());
            }
            writer.finish(SiteWriter.Settings.of(null, TIME));
        }
        return file;
    }

    private static Page page(String content) {
        return new Page("text/plain", "no-cache", List.of(Representation.of(Coding.IDENTITY, content.getBytes(UTF_8))));
    }

    /** On a machine whose clock is behind that of the build. */
    @Test
    void last_modified_is_never_later_than_date() {
        Instant future = Instant.now().plusSeconds(3_600);
        Site site = SiteWriter.site(Map.of("/a", page("a")), null, future);
        long lastModified = site.lastModified(site.page("/a"));
        assertTrue(lastModified <= Instant.now().getEpochSecond());
        assertEquals(HttpDate.format(lastModified), site.lastModifiedField().toString());
    }
}
