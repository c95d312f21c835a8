package org.bakedpage;

import io.smallrye.common.expression.Expression;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Where the server answers who asks for its health: beside the pages, or on the management interface. It is for messages that name
 * the setting to mend, and for {@code health}, which does not start Quarkus.
 *
 * @param prefix of the keys of port and host
 * @param port as the build has it: where a start says nothing. It may be an expression, such as <code>${PORT:8080}</code>
 * @param host likewise; empty for any address
 */
record ServerAddress(String prefix, String port, String host) {

    /** What application.properties says. */
    static final ServerAddress DEFAULT = new ServerAddress("quarkus.http.", "${PORT:8080}", "");

    private static final String MANAGEMENT = "quarkus.management.";
    private static final String SEPARATOR = "\n";

    /** @param config of a build, of which Quarkus keeps what application.properties says, but neither variables nor properties */
    static ServerAddress of(SmallRyeConfig config, NonApplicationRoot endpoints) {
        ServerAddress otherwise = endpoints.port() == 0 ? DEFAULT : new ServerAddress(MANAGEMENT, Integer.toString(endpoints.port()), "");
        SmallRyeConfig kept = new SmallRyeConfigBuilder().addDefaultInterceptors().withProfiles(config.getProfiles())
                .withSources(StreamSupport.stream(config.getConfigSources().spliterator(), false).filter(ServerAddress::isKept)
                        .toArray(ConfigSource[]::new)).build();
        return new ServerAddress(otherwise.prefix, raw(kept, otherwise.prefix + "port", otherwise.port),
                raw(kept, otherwise.prefix + "host", otherwise.host));
    }

    private static boolean isKept(ConfigSource source) {
        return !(source instanceof EnvConfigSource || source instanceof SysPropConfigSource);
    }

    private static String raw(SmallRyeConfig config, String key, String otherwise) {
        String value = config.getConfigValue(key).getRawValue();
        return value == null ? otherwise : value;
    }

    Port port(Environment start) {
        String key = prefix + "port";
        return start.value(key) == null ? new Expanded(start, key).port(port) : new Port(start.name(key), start.value(key));
    }

    /** Null or empty for any address. */
    String host(Environment start) {
        String key = prefix + "host";
        return start.value(key) == null ? new Expanded(start, key).text(host) : start.value(key);
    }

    static ServerAddress parse(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("no address of a server: " + text);
        }
        return new ServerAddress(parts[0], parts[1], parts[2]);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return String.join(SEPARATOR, prefix, port, host);
    }

    /** A value of the build, in which a start's variables and properties are expanded as Quarkus does it. */
    private static final class Expanded {

        private final Environment start;
        /** Which was found last. */
        private String setting;

        Expanded(Environment start, String key) {
            this.start = start;
            this.setting = key;
        }

        Port port(String built) {
            String value = text(built);
            return new Port(setting, value);
        }

        String text(String built) {
            return Expression.compile(built, Expression.Flag.LENIENT_SYNTAX, Expression.Flag.NO_TRIM, Expression.Flag.NO_SMART_BRACES,
                    Expression.Flag.DOUBLE_COLON).evaluate((name, text) -> {
                        String value = start.variable(name.getKey());
                        if (value != null) {
                            setting = name.getKey();
                            text.append(value);
                        } else if (name.hasDefault()) {
                            name.expandDefault();
                        }
                    });
        }
    }
}
