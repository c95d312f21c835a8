package org.bakedpage.trim;

import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * A program: says whether BuiltConfiguration serves a start with these variables and properties, and in what it differs from
 * the configuration that Quarkus would make. The classes of a native build must be on its class path.
 */
final class ComparedConfiguration {

    private ComparedConfiguration() {
    }

    public static void main(String[] arguments) {
        SmallRyeConfigBuilder builder = new WithoutFiles();
        AbstractConfigBuilder.withCustomizer(builder, "io.quarkus.runtime.generated.RunTimeConfig");
        SmallRyeConfig expected = builder.build();
        SmallRyeConfig built = BuiltConfiguration.start(new PropertiesConfigSource(Map.of(), "none"));
        System.out.println(built == null ? "made" : "built");
        if (built == null) {
            return;
        }
        for (ConfigClass mapping : builder.getMappingsBuilder().getMappings()) {
            String prefix = mapping.getPrefix();
            compare(prefix + " " + mapping.getType(), expected.getConfigMapping(mapping.getType(), prefix),
                    built.getConfigMapping(mapping.getType(), prefix));
        }
        Set<String> names = names(expected);
        Set<String> builtNames = names(built);
        builtNames.stream().filter(name -> !names.contains(name)).forEach(name -> compare("the name", null, name));
        for (String name : names) {
            compare("the name", name, builtNames.contains(name) ? name : null);
            compare(name, expected.getConfigValue(name).getValue(), built.getConfigValue(name).getValue());
        }
        compare("profiles", expected.getProfiles(), built.getProfiles());
    }

    /** As an executable has it, see WithoutConfigurationFiles. */
    @SuppressWarnings("overrides")
    private static final class WithoutFiles extends SmallRyeConfigBuilder {

        @Override
        protected List<ConfigSource> getPropertiesSources() {
            return List.of();
        }
    }

    /** Without one that making some mappings anew leaves behind. */
    private static Set<String> names(SmallRyeConfig config) {
        Set<String> names = new TreeSet<>();
        config.getPropertyNames().forEach(names::add);
        names.remove(SmallRyeConfig.SMALLRYE_CONFIG_MAPPING_VALIDATE_UNKNOWN);
        return names;
    }

    private static void compare(String what, Object expected, Object built) {
        if (expected == null ? built != null : !expected.equals(built)) {
            System.out.println(what + " differs");
        }
    }
}
