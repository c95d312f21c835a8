package org.bakedpage.build;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Build-time settings as Quarkus reads them: Maven's -D, else the environment, else application.properties. */
public final class BuildConfig {

    private final SmallRyeConfig config;

    private BuildConfig(SmallRyeConfig config) {
        this.config = config;
    }

    /** @param classes the folder of the compiled application */
    public static SmallRyeConfigBuilder builder(Path classes) throws IOException {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultInterceptors().addDefaultSources().withProfile(profile());
        Path properties = classes.resolve("application.properties");
        if (Files.exists(properties)) {
            builder.withSources(new PropertiesConfigSource(properties.toUri().toURL()));
        }
        return builder;
    }

    private static String profile() {
        String variable = System.getenv("QUARKUS_PROFILE");
        return System.getProperty("quarkus.profile", variable == null ? "prod" : variable);
    }

    static BuildConfig of(Path classes) throws IOException {
        return new BuildConfig(builder(classes).build());
    }

    static BuildConfig of(Map<String, String> values) {
        return new BuildConfig(new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(values, "given", 0)).build());
    }

    Optional<String> value(String key) {
        return config.getOptionalValue(key, String.class);
    }

    List<String> values(String key) {
        return config.getOptionalValues(key, String.class).orElse(List.of());
    }

    /** Whether a registry is spoken to without TLS. */
    boolean isPlain(ImageName image) {
        return image.isLocal() || value("quarkus.container-image.insecure").map(Boolean::parseBoolean).orElse(false);
    }
}
