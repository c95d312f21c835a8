package org.bakedpage;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Unknown settings of the site are told by {@link Environment} and {@link SiteSettings}. SmallRye Config would not start
 * where a variable such as {@code SITE__} or {@code SITE_ENV_\u00c9} is set, whose key does not lead back to it.
 */
public final class UnknownSettings implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        builder.withMappingIgnore("site.**");
    }
}
