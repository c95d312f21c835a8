package org.bakedpage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bakedpage.bake.SiteFolder;

/** {@code site.previous}: the release before, as its executable or as the folder that it was baked of. */
final class PreviousRelease {

    private PreviousRelease() {
    }

    /**
     * @param copy a file for what an executable has in it, which is read while the build runs
     * @throws IllegalArgumentException in one line, if it is neither
     */
    static SiteBuilder.Previous of(Path previous, Path copy) throws IOException {
        if (Files.isDirectory(previous)) {
            return new SiteBuilder.Previous(null, SiteFolder.of(previous, List.of()));
        }
        if (!Files.isRegularFile(previous)) {
            throw new IllegalArgumentException("site.previous=" + previous + " is neither an executable nor a folder; of an image: "
                    + "docker cp $(docker create IMAGE):/web-server previous");
        }
        Files.write(copy, new byte[0]);
        Executable.copySite(previous, copy);
        return new SiteBuilder.Previous(new Site(SiteMemory.of(copy)), null);
    }
}
