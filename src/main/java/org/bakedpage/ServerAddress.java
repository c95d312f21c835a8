package org.bakedpage;

import io.smallrye.common.expression.Expression;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SysPropConfigSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Where the server listens, as far as the build has decided it: for messages that name the setting to mend, and for {@code health},
 * which does not start Quarkus.
 *
 * @param kept what application.properties says of ports and hosts, in each profile, and what is named there as <code>${…}</code>
 */
record ServerAddress(Map<String, String> kept) {

    static final String PAGES = "quarkus.http.";
    static final String MANAGEMENT = "quarkus.management.";
    private static final String PORT = "port";
    private static final String HOST = "host";
    /** What is kept where nothing was baked. */
    static final ServerAddress DEFAULT = new ServerAddress(Map.of(PAGES + PORT, "${PORT:8080}"));

    private static final String EXPRESSION = "${";
    private static final char END_OF_KEY = '=';
    private static final char END = '\n';
    /** As SmallRye Config has it. */
    private static final int MAX_DEPTH = 32;

    /** @param config of a build; of that Quarkus keeps neither variables nor properties, which a start has of its own */
    static ServerAddress of(SmallRyeConfig config) {
        List<ConfigSource> sources = new ArrayList<>();
        for (ConfigSource source : config.getConfigSources()) {
            if (!(source instanceof EnvConfigSource || source instanceof SysPropConfigSource)) {
                sources.add(source);
            }
        }
        Map<String, String> kept = new TreeMap<>();
        Set<String> known = new HashSet<>();
        Deque<String> wanted = new ArrayDeque<>(List.of(PAGES + PORT, PAGES + HOST, MANAGEMENT + PORT, MANAGEMENT + HOST));
        while (!wanted.isEmpty()) {
            String key = wanted.poll();
            if (known.add(key)) {
                sources.forEach(source -> source.getPropertyNames().stream().filter(name -> isOf(key, name)).forEach(name -> {
                    String value = source.getValue(name);
                    // The first source is ahead of the others.
                    if (value != null && kept.putIfAbsent(name, value) == null) {
                        wanted.addAll(names(value));
                    }
                }));
            }
        }
        return new ServerAddress(kept);
    }

    /** Whether it is this key, be it of a profile. */
    private static boolean isOf(String key, String name) {
        return name.equals(key) || name.startsWith("%") && name.endsWith("." + key) && name.indexOf('.') == name.length() - key.length() - 1;
    }

    /** What a value names in its expressions. */
    private static List<String> names(String value) {
        List<String> names = new ArrayList<>();
        for (int at = value.indexOf(EXPRESSION); at >= 0; at = value.indexOf(EXPRESSION, at + 1)) {
            int end = at + EXPRESSION.length();
            while (end < value.length() && "}:$".indexOf(value.charAt(end)) < 0) {
                end++;
            }
            names.add(value.substring(at + EXPRESSION.length(), end));
        }
        return names;
    }

    /** The port that a start is given in so many words; null where that is told by Quarkus alone. */
    Port given(Environment start) {
        String key = PAGES + PORT;
        for (String name : names(kept.getOrDefault(key, ""))) {
            if (start.value(key) == null && start.variable(name) != null) {
                return plain(name, start.variable(name));
            }
        }
        return start.value(key) == null ? null : plain(start.name(key), start.value(key));
    }

    private static Port plain(String setting, String value) {
        return value.contains(EXPRESSION) ? null : new Port(setting, value);
    }

    /** The host that a start is given in so many words; else null. */
    static String givenHost(Environment start) {
        String host = start.value(PAGES + HOST);
        return host == null || host.contains(EXPRESSION) ? null : host;
    }

    /**
     * Where it listens, by all that Quarkus reads.
     *
     * @param prefix {@link #PAGES} or {@link #MANAGEMENT}
     */
    Listening listening(String prefix, Environment start) {
        String port = value(prefix + PORT, prefix.equals(PAGES) ? "8080" : "9000", start);
        Port given = prefix.equals(PAGES) ? given(start) : null;
        String setting = given != null ? given.setting() : start.name(prefix + PORT) != null ? start.name(prefix + PORT) : prefix + PORT;
        return new Listening(value(prefix + HOST, "", start), new Port(setting, port));
    }

    private String value(String key, String otherwise, Environment start) {
        String value = raw(key, start);
        return value == null ? otherwise : expanded(value, start, 0);
    }

    /** The start's is ahead of what is kept, and in each that of a profile. */
    private String raw(String key, Environment start) {
        String value = start.value(key) == null ? start.variable(key) : start.value(key);
        for (int i = start.profiles().size() - 1; i >= 0 && value == null; i--) {
            value = kept.get("%" + start.profiles().get(i) + "." + key);
        }
        return value == null ? kept.get(key) : value;
    }

    /** By SmallRye Config itself it would be the same, and 150 kB of the executable. */
    private String expanded(String value, Environment start, int depth) {
        return Expression.compile(value, Expression.Flag.LENIENT_SYNTAX, Expression.Flag.NO_TRIM, Expression.Flag.NO_SMART_BRACES,
                Expression.Flag.DOUBLE_COLON).evaluate((name, text) -> {
                    String found = depth < MAX_DEPTH ? raw(name.getKey(), start) : null;
                    if (found != null) {
                        text.append(expanded(found, start, depth + 1));
                    } else if (name.hasDefault()) {
                        name.expandDefault();
                    }
                });
    }

    /** @param host empty for any address */
    record Listening(String host, Port port) {
    }

    static ServerAddress parse(String text) {
        Map<String, String> kept = new TreeMap<>();
        for (int at = 0, end; at < text.length(); at = end + 1) {
            int value = text.indexOf(END_OF_KEY, at) + 1;
            end = text.indexOf(END, at);
            if (value == 0 || end < value) {
                throw new IllegalArgumentException("no address of a server: " + text);
            }
            kept.put(text.substring(at, value - 1), text.substring(value, end));
        }
        return new ServerAddress(kept);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        kept.forEach((key, value) -> text.append(key).append(END_OF_KEY).append(value.replace(END, ' ')).append(END));
        return text.toString();
    }
}
