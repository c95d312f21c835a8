package org.bakedpage;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bakedpage.bake.SiteFolder;
import org.bakedpage.bake.SiteReport;

/** Sites of a few files, as the build makes them, but for compression. */
final class Baked {

    private Baked() {
    }

    /** @param files by their paths, which are their contents; what is behind a colon is the content of the last */
    static void files(Path folder, String files) throws IOException {
        int content = files.indexOf(':');
        String[] paths = (content < 0 ? files : files.substring(0, content)).split(" ");
        for (int i = 0; i < paths.length; i++) {
            Path file = folder.resolve(paths[i].substring(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, content >= 0 && i == paths.length - 1 ? files.substring(content + 1) : paths[i]);
        }
    }

    static SiteReport write(Path folder, Map<String, String> settings, SiteBuilder.Previous previous, WritableByteChannel out) throws IOException {
        return builder(folder, settings, previous).write(out, Instant.EPOCH, 0);
    }

    static SiteBuilder builder(Path folder, Map<String, String> settings, SiteBuilder.Previous previous) {
        SmallRyeConfig config = new SmallRyeConfigBuilder().withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(SiteConfig.class).withSources(new PropertiesConfigSource(settings, "given", 0)).build();
        SiteBuilder.Encoder encoder = (path, content) -> List.of(Representation.of(Coding.IDENTITY, content));
        return new SiteBuilder(SiteBuilder.Settings.of(config, encoder), SiteFolder.of(folder, List.of()), previous);
    }
}
