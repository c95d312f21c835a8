package org.bakedpage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.bakedpage.bake.SiteFolder;

/** {@code site.previous}: the release before, as its executable or as the folder that it was baked of. */
final class PreviousRelease {

    private PreviousRelease() {
    }

    /**
     * @param copy a file for what is read of it while the build runs
     * @throws IllegalArgumentException in one line, if it is neither
     */
    static Site site(Path previous, SiteBuilder.Settings settings, Path copy) throws IOException {
        if (Files.isDirectory(previous)) {
            try (FileChannel out = FileChannel.open(copy, CREATE, TRUNCATE_EXISTING, WRITE)) {
                new SiteBuilder(settings, SiteFolder.of(previous, List.of()), null).write(out, Instant.EPOCH, 0);
            }
        } else if (Files.isRegularFile(previous)) {
            Files.write(copy, new byte[0]);
            Executable.copySite(previous, copy);
        } else {
            throw new IllegalArgumentException("site.previous=" + previous + " is neither an executable nor a folder; of an image: "
                    + "docker cp $(docker create IMAGE):/web-server previous");
        }
        return new Site(SiteMemory.of(copy));
    }
}
