package org.bakedpage.trim;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.common.AbstractConfigSource;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** The place of a source that there is only when the program runs. */
final class LateSource extends AbstractConfigSource {

    private static final long serialVersionUID = 1;

    transient ConfigSource source;

    /** @param inTheBuild what it says until it is given a source */
    LateSource(String name, int ordinal, Map<String, String> inTheBuild) {
        super(name, ordinal);
        source = new PropertiesConfigSource(inTheBuild, name, ordinal);
    }

    @Override
    public Set<String> getPropertyNames() {
        return source.getPropertyNames();
    }

    @Override
    public String getValue(String name) {
        return source.getValue(name);
    }
}
