package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The build step beside the site that it writes. */
class BakeTest {

    /** They would be in Quarkus's jar, and so in the image of one. */
    @Test
    void copies_that_dev_mode_has_left_are_deleted_and_what_a_link_leads_to_is_not() throws IOException {
        try (Folder classes = new Folder("classes"); Folder elsewhere = new Folder("elsewhere")) {
            Path kept = elsewhere.write("kept", "kept");
            Path copies = classes.path().resolve("META-INF/resources");
            Files.createDirectories(copies.resolve("folder"));
            classes.write("META-INF/resources/.env", "PASSWORD=x");
            classes.write("META-INF/resources/folder/back\\slash.txt", "x");
            Files.createSymbolicLink(copies.resolve("link"), elsewhere.path());
            Bake.main(classes.path().toString(), Containers.PROJECT.toString(), classes.path().toString());
            assertFalse(Files.exists(copies));
            assertTrue(Files.exists(classes.path().resolve(SiteResource.NAME)));
            assertEquals("kept", Files.readString(kept));
        }
    }

    /** A hole, which takes no room on the disk. */
    @Test
    void a_heap_that_is_too_small_for_a_file_is_told_with_the_remedy() throws IOException {
        try (Folder classes = new Folder("classes"); Folder site = new Folder("site")) {
            try (RandomAccessFile file = new RandomAccessFile(site.path().resolve("film.bin").toFile(), "rw")) {
                file.setLength(200 << 20);
            }
            Command.Result result = new Command(Command.JAVA, "-Xmx96m", "-cp",
                    System.getProperty("java.class.path"), "-Dsite.directory=" + site.path(), Bake.class.getName(),
                    classes.path().toString(), Containers.PROJECT.toString(), classes.path().toString()).run();
            assertEquals(1, result.exitCode());
            assertTrue(result.out().matches("(?s).*\\[site\\] a heap of 9[0-9] MiB is too small for the largest file: "
                    + "give Maven more, as MAVEN_OPTS=-Xmx3g, or leave the file out\\R"), result::out);
        }
    }
}
