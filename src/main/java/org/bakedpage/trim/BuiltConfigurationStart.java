package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.ValueRegistryConfigSource;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.quarkus.runtime.configuration.QuarkusConfigFactory;
import io.quarkus.value.registry.ValueRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.eclipse.microprofile.config.ConfigProvider;

final class BuiltConfigurationStart {

    @TargetClass(className = "io.quarkus.runtime.generated.Config")
    static final class Start {

        @Substitute
        public void readConfig(ValueRegistry values) {
            SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
            ValueRegistryConfigSource.customizer(values).configBuilder(builder);
            SmallRyeConfig built = BuiltConfiguration.start(builder.getSources().get(0));
            if (built == null) {
                AbstractConfigBuilder.withCustomizer(builder, "io.quarkus.runtime.generated.RunTimeConfig");
                built = builder.build();
            }
            QuarkusConfigFactory.setConfig(built);
        }
    }

    @TargetClass(className = "io.quarkus.vertx.http.runtime.VertxHttpConfig$$CMImpl")
    static final class Http {

        @Substitute
        public int port() {
            return ConfigProvider.getConfig().getValue(BuiltConfiguration.PORT, int.class);
        }

        @Substitute
        public String host() {
            return ConfigProvider.getConfig().getValue(BuiltConfiguration.HOST, String.class);
        }
    }
}
