package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayerCodingTest {

    private static final int MAX_WINDOW_BYTES = 8 << 20;

    @TempDir
    private Path folder;

    /** In Turkish the small letter of I has no dot. */
    @Test
    void a_media_type_is_the_same_in_every_language() {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale("tr", "TR"));
        try {
            assertEquals("application/vnd.oci.image.layer.v1.tar+gzip", LayerCoding.GZIP.mediaType());
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @EnumSource(LayerCoding.class)
    void the_same_bytes_come_out_and_are_the_same_each_time(LayerCoding coding) throws IOException {
        Path archive = Files.write(folder.resolve("archive"), content(300_000));
        Path compressed = folder.resolve("compressed");
        Descriptor first = coding.compress(archive, compressed);
        assertEquals(first, coding.compress(archive, folder.resolve("again")));
        assertEquals(first, Descriptor.of(coding.mediaType(), compressed));
        try (InputStream in = coding == LayerCoding.GZIP ? new GZIPInputStream(Files.newInputStream(compressed))
                : new ZstdInputStream(Files.newInputStream(compressed))) {
            assertArrayEquals(Files.readAllBytes(archive), in.readAllBytes());
        }
    }

    /** RFC 8878 section 3.1.1.1.2, of a frame that does not tell how long its content is. */
    @Test
    void a_client_needs_no_more_than_8_MiB_to_decode_zstd() throws IOException {
        Path archive = Files.write(folder.resolve("archive"), content(300_000));
        LayerCoding.ZSTD.compress(archive, folder.resolve("compressed"));
        byte[] frame = Files.readAllBytes(folder.resolve("compressed"));
        assertEquals(0, frame[4] & 0x20, "a single segment");
        long base = 1L << 10 + ((frame[5] & 0xff) >> 3);
        assertTrue(base + base / 8 * (frame[5] & 7) <= MAX_WINDOW_BYTES, () -> "window descriptor " + frame[5]);
    }

    @Test
    void another_coding_is_refused() {
        Exception error = assertThrows(IOException.class, () -> LayerCoding.of(Optional.of("brotli")));
        assertEquals("web-server.layer=brotli is neither gzip nor zstd", error.getMessage());
    }

    /** The same each time, and half of it noise. */
    private static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        Random random = new Random(1);
        for (int i = 0; i < bytes; i += 2) {
            content[i] = (byte) random.nextInt();
        }
        return content;
    }
}
