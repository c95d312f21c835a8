package org.bakedpage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The executable with another site, as {@code ./mvnw package -Dweb-server.executable=…} makes it, but without Maven. */
final class BakedSite implements AutoCloseable {

    private static final Path EXECUTABLE = Path.of(System.getProperty("native.image.path"));

    private final Folder folder = new Folder("site");

    /** @param settings the site's, with what is served */
    BakedSite(Map<String, String> settings) throws IOException {
        // The fields of every answer, the policy among them.
        Files.copy(Containers.PROJECT.resolve("src/main/resources/application.properties"), folder.path().resolve("application.properties"));
        settings.forEach(System::setProperty);
        try {
            Bake.main(folder.path().toString(), Containers.PROJECT.toString(), folder.path().toString());
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
        Path program = Files.createDirectories(folder.path().resolve("target")).resolve("web-server");
        Files.copy(EXECUTABLE, program);
        Executable.join(program, "x", folder.path().resolve(SiteResource.NAME));
        folder.copy(Containers.PROJECT, "src/main/docker/Dockerfile.native");
    }

    /** A folder that an image can be built of. */
    Path path() {
        return folder.path();
    }

    @Override
    public void close() {
        folder.close();
    }
}
