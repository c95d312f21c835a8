package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.ConfigConfig.BuildTimeMismatchAtRuntime;
import io.quarkus.runtime.ValueRegistryConfigSource;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.quarkus.runtime.configuration.ConfigDiagnostic;
import io.quarkus.runtime.configuration.ConfigRecorder;
import io.quarkus.runtime.configuration.DisableableConfigSource;
import io.quarkus.runtime.configuration.QuarkusConfigFactory;
import io.quarkus.value.registry.ValueRegistry;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * Where Quarkus makes its configuration, BuiltConfiguration comes first. Nothing is cut: this is for the start.
 * The search for misspelt keys of Quarkus's goes: it knows every key of every extension, Kubernetes' among them. KnownKeys is in
 * its place.
 */
final class BuiltConfigurationStart {

    @TargetClass(className = "io.quarkus.runtime.generated.Config")
    static final class Start {

        @Substitute
        public void readConfig(ValueRegistry values) {
            SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
            ValueRegistryConfigSource.customizer(values).configBuilder(builder);
            SmallRyeConfig config = BuiltConfiguration.start(builder.getSources().get(0));
            if (config == null) {
                AbstractConfigBuilder.withCustomizer(builder, "io.quarkus.runtime.generated.RunTimeConfig");
                config = builder.build();
            }
            QuarkusConfigFactory.setConfig(config);
        }
    }

    @TargetClass(className = "org.bakedpage.Environment")
    static final class Given {

        @Substitute
        private static boolean isKnownToQuarkus(String name, boolean variable) {
            return StartSettings.BY_NAME.contains(name) || KnownKeys.isKnown(name, variable);
        }
    }

    /** The only keys of mappings that BuiltConfiguration leaves to be read by name. */
    @TargetClass(className = "io.quarkus.vertx.http.runtime.VertxHttpConfig$$CMImpl")
    static final class Http {

        @Substitute
        public int port() {
            return ConfigProvider.getConfig().getValue(StartSettings.PORT, int.class);
        }

        @Substitute
        public String host() {
            return ConfigProvider.getConfig().getValue(StartSettings.HOST, String.class);
        }
    }

    /** Quarkus looks up some 120 keys for these; a start that BuiltConfiguration serves cannot have set most of them. */
    @TargetClass(ConfigRecorder.class)
    static final class Checks {

        /** None is read, see WithoutConfigurationFiles. */
        @Substitute
        public void unknownConfigFiles() {
        }

        @Substitute
        public void deprecatedProperties(Map<String, String> deprecated) {
            if (BuiltConfiguration.isUsed()) {
                deprecated.keySet().removeIf(key -> !BuiltConfiguration.isGiven(key));
            }
            ConfigDiagnostic.deprecatedProperties(deprecated);
        }

        @Substitute
        public void handleConfigChange(List<ConfigValue> fixed) {
            if (!BuiltConfiguration.isUsed()) {
                Fixed.check(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class), fixed);
            }
        }
    }

    /** What Quarkus does of a build-time setting that the start gives another value: a warning, or an end, as it is told. */
    static final class Fixed {

        static void check(SmallRyeConfig config, List<ConfigValue> fixed) {
            List<String> lines = new ArrayList<>(List.of("Build time property cannot be changed at runtime:"));
            DisableableConfigSource values =
                    (DisableableConfigSource) config.getConfigSource("BuildTime RunTime Fixed").orElseThrow();
            values.disable();
            for (ConfigValue built : fixed) {
                ConfigValue given = config.getConfigValue(built.getName());
                if (given.getConfigSourcePosition() > 0 && given.getConfigSourceOrdinal() >= built.getConfigSourceOrdinal()
                        && !Objects.equals(built.getRawValue(), given.getRawValue())) {
                    String name = built.getName();
                    lines.add(" - " + name + " is set to '" + given.getValue() + "' but it is build time fixed to '"
                            + built.getValue() + "'. Did you change the property " + name + " after building the application?");
                }
            }
            values.enable();
            BuildTimeMismatchAtRuntime mode = config.getOptionalValue("quarkus.config.build-time-mismatch-at-runtime",
                    BuildTimeMismatchAtRuntime.class).orElse(BuildTimeMismatchAtRuntime.warn);
            if (lines.size() > 1 && mode == BuildTimeMismatchAtRuntime.fail) {
                throw new IllegalStateException(String.join("\n", lines));
            } else if (lines.size() > 1) {
                Logger.getLogger(ConfigRecorder.class).warn(String.join("\n", lines));
            }
        }
    }
}
