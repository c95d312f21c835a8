package org.bakedpage.trim;

import io.quarkus.runtime.ConfigConfig;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesLocationConfigSourceFactory;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The configuration of a start, made in the build by the classes that Quarkus has generated for the start, and kept in the
 * image heap. To make it takes SmallRye Config half of a start. Measured on two cores of x86-64, medians of 30 from exec to the
 * first 200: 10.9 ms before, 4.9 after, 4.1 with the checks of BuiltConfigurationStart and the shim's questions to processor
 * and control groups; nginx 4.3. Memory of its own is 1.7 MB instead of 2.9.
 * A value that is read by name is looked for in the environment and the system properties first, as ever. Mappings are objects
 * that hold values: those that a setting of the start belongs to are made anew. Where a start sets anything that is not simply
 * a key of a mapping (a profile, an ordinal, an entry of a map, a key that nobody knows, one of the build) it is not served,
 * and Quarkus makes the configuration; so where an extension adds a source or a mapping needs a value that only the start has,
 * of which the build's log has a line.
 * Depends on: RunTimeConfig, which Quarkus 3.33 generates; SmallRyeConfigBuilder.getDefaultSources and getSources, which are
 * asked when all is added; three private fields of SmallRye Config 3.16, see forgetNames. BuiltConfigurationIT compares with
 * what Quarkus makes. It is no longer needed when Quarkus records the mappings of the start as it does those of the build.
 * Initialised at build time.
 */
final class BuiltConfiguration {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^:}]*)");
    /** Of mappings that are known to hold nothing that depends on where they are made. */
    private static final Pattern KNOWN = Pattern.compile(
            "io\\.quarkus\\.(runtime|vertx\\.http|vertx\\.core|tls|virtual|kubernetes\\.client)\\..*|org\\.bakedpage\\.SiteConfig");

    private static final LateSource VALUES = new LateSource("ValueRegistryConfigSource", Integer.MAX_VALUE - 10, Map.of());
    /** What an expression in a default refers to; the executable's own value, see {@link #REFERENCES}. */
    private static final LateSource PROPERTIES =
            new LateSource(SysPropConfigSource.NAME, SysPropConfigSource.ORDINAL, Map.of("java.io.tmpdir", "/tmp"));
    private static final LateSource VARIABLES = new LateSource(EnvConfigSource.NAME, EnvConfigSource.ORDINAL, Map.of());

    /** The mappings that lie in the heap. One with a setting of the start is made anew. */
    static final Set<ConfigClass> MAPPINGS = new HashSet<>();
    /** What a user has added is made at the start: it may be of types that no image heap can hold, such as Path. */
    private static final Set<ConfigClass> OTHERS = new HashSet<>();
    /** All that a start has, those that the build has made among them. */
    static final Set<ConfigClass> ALL = new HashSet<>();
    /** With what the name of a setting begins, up to its first character that is neither letter nor digit. */
    static final Set<String> HEADS = new HashSet<>(Set.of("smallrye", "mp", "config"));
    /** What expressions refer to, and what it was. */
    private static final Map<String, String> REFERENCES = new HashMap<>();
    /** The settings of application.properties, of Quarkus's build steps, and of the start. */
    static final Set<String> GIVEN = new HashSet<>();
    /** Null if the build could not make it. */
    private static final SmallRyeConfig CONFIG = build();

    private static boolean used;

    private BuiltConfiguration() {
    }

    @SuppressWarnings("overrides")
    private static final class Builder extends SmallRyeConfigBuilder {

        @Override
        protected List<ConfigSource> getDefaultSources() {
            return List.of(VALUES, PROPERTIES, VARIABLES);
        }

        /** Asked for when all have been added. */
        @Override
        public List<ConfigSource> getSources() {
            ALL.addAll(getMappingsBuilder().getMappings());
            for (ConfigSource source : super.getSources()) {
                if (!source.getClass().getName().startsWith("io.quarkus.runtime.configuration.")
                        && !source.getName().equals(PropertiesLocationConfigSourceFactory.class.getName())) {
                    throw new IllegalStateException(source.getName());
                }
            }
            if (!getSourceProviders().isEmpty()) {
                throw new IllegalStateException(getSourceProviders().toString());
            }
            getMappingsBuilder().getMappings().removeIf(mapping -> {
                HEADS.add(StartSettings.head(mapping.getPrefix()));
                return !KNOWN.matcher(mapping.getType().getName()).matches() && OTHERS.add(mapping);
            });
            MAPPINGS.addAll(getMappingsBuilder().getMappings());
            MAPPINGS.removeAll(getMappingsBuilder().getMappingsInstances().keySet());
            MAPPINGS.removeIf(mapping -> mapping.getType() == ConfigConfig.class);
            return super.getSources();
        }
    }

    /** A source that a user's extension adds, or a setting that has no default, is for the start to read. */
    private static SmallRyeConfig build() {
        try {
            SmallRyeConfigBuilder builder = new Builder();
            AbstractConfigBuilder.withCustomizer(builder, "io.quarkus.runtime.generated.RunTimeConfig");
            SmallRyeConfig config = builder.build();
            if (HEADS.contains("")) {
                throw new IllegalStateException("a mapping without a prefix");
            }
            for (String name : config.getPropertyNames()) {
                ConfigValue value = config.getConfigValue(name);
                if (value.getRawValue() != null && !StartSettings.BY_NAME.contains(name)) {
                    findReferences(config, value.getRawValue());
                }
                if (!value.isDefault()) {
                    GIVEN.add(name);
                }
            }
            forgetNames(config);
            return config;
        } catch (RuntimeException | ReflectiveOperationException e) {
            System.out.println("web-server: the configuration is read anew at each start: " + e);
            return null;
        }
    }

    private static void findReferences(SmallRyeConfig config, String value) {
        Matcher reference = REFERENCE.matcher(value);
        while (reference.find()) {
            String name = reference.group(1);
            if (StartSettings.head(name).isEmpty()) {
                throw new IllegalStateException(value);
            }
            REFERENCES.put(name, config.getConfigValue(name).getValue());
        }
    }

    /** The names that were found in the build are kept by the configuration, but a start has more. */
    private static void forgetNames(SmallRyeConfig config) throws ReflectiveOperationException {
        Object names = field(field(config, "configSources"), "propertyNames");
        @SuppressWarnings("unchecked")
        AtomicReference<Object> kept = (AtomicReference<Object>) field(names, "names");
        Constructor<?> constructor = kept.get().getClass().getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        kept.set(constructor.newInstance(Set.of(), Set.of(), Map.of()));
    }

    private static Object field(Object holder, String name) throws ReflectiveOperationException {
        Field field = holder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(holder);
    }

    /** The configuration of this start, or null if it has to be made. */
    static SmallRyeConfig start(ConfigSource values) {
        EnvConfigSource variables = new EnvConfigSource(EnvConfigSource.ORDINAL) {
        };
        Set<String> properties = System.getProperties().stringPropertyNames();
        Set<ConfigClass> changed = CONFIG == null ? null : StartSettings.changed(variables, properties);
        if (changed == null) {
            return null;
        }
        VALUES.source = values;
        PROPERTIES.source = new SysPropConfigSource();
        VARIABLES.source = variables;
        for (Map.Entry<String, String> reference : REFERENCES.entrySet()) {
            if (!Objects.equals(reference.getValue(), CONFIG.getConfigValue(reference.getKey()).getValue())) {
                return null;
            }
        }
        ConfigMappings.registerConfigMappings(CONFIG, OTHERS);
        ConfigMappings.registerConfigProperties(CONFIG, changed);
        used = true;
        return CONFIG;
    }

    static boolean isUsed() {
        return used;
    }

    static boolean isGiven(String key) {
        return GIVEN.contains(key);
    }
}
