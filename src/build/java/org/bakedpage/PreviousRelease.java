package org.bakedpage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bakedpage.bake.SiteFolder;
import org.bakedpage.build.BuildFailure;
import org.bakedpage.build.PulledProgram;

/** {@code site.previous}: the release before, as its image in a registry, its executable, or the folder that it was baked of. */
final class PreviousRelease {

    private PreviousRelease() {
    }

    /**
     * @param project relative to which a path is
     * @param classes the folder of the compiled application, whose settings tell how to log in to a registry
     * @param target for what an image or an executable has in it, which is read while the build runs
     * @throws IllegalArgumentException in one line, if it is none of the three
     */
    static SiteBuilder.Previous of(String previous, Path project, Path classes, Path target) throws IOException {
        Path path = project.resolve(previous);
        if (Files.isDirectory(path)) {
            return new SiteBuilder.Previous(null, SiteFolder.of(path, List.of()));
        }
        Path copy = Files.write(target.resolve("previous-site.bin"), new byte[0]);
        Path pulled = target.resolve("previous-release");
        try {
            Executable.copySite(Files.exists(path) ? path : pull(previous, classes, pulled), copy);
            return new SiteBuilder.Previous(new Site(SiteMemory.of(copy)), null);
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("site.previous=" + previous + " cannot be read: " + BuildFailure.reason(e), e);
        } finally {
            Files.deleteIfExists(pulled);
        }
    }

    private static Path pull(String image, Path classes, Path program) {
        String error = "no such file";
        if (!image.startsWith(".") && !image.startsWith("/")) {
            try {
                PulledProgram.copy(image, classes, program);
                return program;
            } catch (IOException | IllegalArgumentException e) {
                error = BuildFailure.reason(e);
            }
        }
        throw new IllegalArgumentException("site.previous=" + image + " is no folder, no executable, and no image of a registry: " + error
                + "; an image of this machine gives its executable by: docker cp $(docker create IMAGE):/web-server previous");
    }
}
