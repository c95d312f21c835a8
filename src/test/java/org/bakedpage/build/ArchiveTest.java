package org.bakedpage.build;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

    @TempDir
    private Path folder;

    @Test
    void with_the_same_content_it_is_the_same_archive() throws IOException {
        byte[] archive = SampleImage.archive("content".getBytes(US_ASCII));
        assertArrayEquals(archive, copy(archive, SampleImage.EXECUTABLE, "content".getBytes(US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 511, 512, 513, 1_000_000 })
    void a_content_of_any_length_takes_the_place_of_another(int bytes) throws IOException {
        byte[] copy = copy(SampleImage.archive(new byte[700]), SampleImage.EXECUTABLE, new byte[bytes]);
        Map<String, byte[]> files = SampleImage.files(copy);
        assertEquals(List.of("work/", SampleImage.EXECUTABLE), List.copyOf(files.keySet()));
        assertArrayEquals(new byte[bytes], files.get(SampleImage.EXECUTABLE));
        assertEquals(0, copy.length % 512);
    }

    @Test
    void an_archive_without_the_file_is_an_error() {
        byte[] archive = SampleImage.archive(new byte[1]);
        Exception error = assertThrows(IOException.class, () -> copy(archive, "web-server", new byte[1]));
        assertEquals("the layer has no file web-server", error.getMessage());
    }

    @Test
    void what_is_no_archive_is_an_error() {
        byte[] noise = "noise ".repeat(200).getBytes(US_ASCII);
        Exception error = assertThrows(IOException.class, () -> copy(noise, SampleImage.EXECUTABLE, new byte[1]));
        assertEquals("the layer is no tar archive of files below 8 GiB", error.getMessage());
    }

    private byte[] copy(byte[] archive, String name, byte[] content) throws IOException {
        Path copy = folder.resolve("copy");
        Files.write(folder.resolve("archive"), archive);
        Archive.copy(folder.resolve("archive"), name, Files.write(folder.resolve("content"), content), copy);
        return Files.readAllBytes(copy);
    }
}
