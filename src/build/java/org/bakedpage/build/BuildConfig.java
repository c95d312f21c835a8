package org.bakedpage.build;

import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Build-time settings as Quarkus reads them: Maven's -D, the environment, application.yaml, application.properties. */
public final class BuildConfig {

    /** Of Quarkus's extension, which a project may have added. */
    private static final String YAML = "io.quarkus.config.yaml.runtime.YamlConfigBuilder";

    private final SmallRyeConfig config;

    private BuildConfig(SmallRyeConfig config) {
        this.config = config;
    }

    /**
     * @param classes the folder of the compiled application
     * @throws IllegalArgumentException if it has settings that Quarkus would not read
     */
    public static SmallRyeConfigBuilder builder(Path classes) throws IOException {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultInterceptors().addDefaultSources().withProfile(profile());
        Path properties = classes.resolve("application.properties");
        if (Files.exists(properties)) {
            builder.withSources(new PropertiesConfigSource(properties.toUri().toURL()));
        }
        addYaml(builder, classes);
        return builder;
    }

    private static void addYaml(SmallRyeConfigBuilder builder, Path classes) {
        try {
            ((ConfigBuilder) Class.forName(YAML).getDeclaredConstructor().newInstance()).configBuilder(builder);
        } catch (ReflectiveOperationException e) {
            for (String name : List.of("application.yaml", "application.yml")) {
                if (Files.exists(classes.resolve(name))) {
                    throw new IllegalArgumentException(name + " is not read without Quarkus's extension for it: run "
                            + "./mvnw quarkus:add-extension -Dextensions=config-yaml, or move its settings to "
                            + "application.properties", e);
                }
            }
        }
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
