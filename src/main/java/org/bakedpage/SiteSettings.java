package org.bakedpage;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SysPropConfigSource;
import io.smallrye.config.common.utils.StringUtil;
import java.lang.reflect.Method;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The settings of a site in a build and in dev mode, in the words of a start: SmallRye Config names classes, and takes "maybe" for false. */
final class SiteSettings {

    private static final String PREFIX = "site";
    private static final Set<String> PATHS = Set.of("site.directory", "site.previous");

    private final SmallRyeConfig config;
    private final SortedMap<String, Class<?>> types = new TreeMap<>();

    private SiteSettings(SmallRyeConfig config) {
        this.config = config;
        addTypes(PREFIX, SiteConfig.class);
    }

    private void addTypes(String prefix, Class<?> mapping) {
        for (Method method : mapping.getMethods()) {
            String key = prefix + "." + StringUtil.skewer(method.getName());
            Class<?> type = method.getReturnType();
            if (type.isInterface() && type != Map.class) {
                addTypes(key, type);
            } else {
                types.put(key, type);
            }
        }
    }

    /** @throws IllegalArgumentException in one line that names the setting, if one is wrong */
    static void check(SmallRyeConfig config) {
        SiteSettings settings = new SiteSettings(config);
        Stream.concat(settings.unknown().stream(), settings.wrong().stream()).findFirst().ifPresent(error -> {
            throw new IllegalArgumentException(error);
        });
    }

    /** Those of a start on Maven's command line, a line each: of these Quarkus builds in application.properties alone. */
    static List<String> notKept(SmallRyeConfig config) {
        return Stream.of(Setting.values()).map(Setting::key).filter(key -> key.startsWith(PREFIX + "."))
                .map(config::getConfigValue).filter(given -> SysPropConfigSource.NAME.equals(given.getConfigSourceName()))
                .map(given -> given.getName() + "=" + given.getValue() + ": a build does not keep it; set "
                        + Setting.variable(given.getName()) + " at the start, or write it into application.properties")
                .toList();
    }

    private List<String> wrong() {
        List<String> errors = new ArrayList<>();
        types.forEach((key, type) -> {
            ConfigValue given = config.getConfigValue(key);
            String value = given.getValue();
            String error = value == null || value.isEmpty() && type == Optional.class ? null : error(key, value.strip(), type);
            if (error != null) {
                errors.add(error);
            } else if (value == null && given.getRawValue() != null) {
                errors.add(key + "=" + given.getRawValue() + ": there is no such variable or setting");
            }
        });
        return errors;
    }

    private static String error(String key, String value, Class<?> type) {
        List<String> words = type == boolean.class ? List.of("true", "false")
                : type.isEnum() ? Stream.of(type.getEnumConstants()).map(word -> StringUtil.skewer(word.toString())).toList()
                : List.of();
        if (!words.isEmpty()) {
            int last = words.size() - 1;
            return words.contains(type.isEnum() ? StringUtil.skewer(value) : value) ? null
                    : key + "=" + value + ": give " + String.join(", ", words.subList(0, last)) + " or " + words.get(last);
        }
        if (value.isEmpty()) {
            return key + " has no value: give one, or leave it out";
        }
        if (PATHS.contains(key) && !isPath(value)) {
            return key + "=" + value + ": the locale has no such characters: set LC_ALL=C.UTF-8";
        }
        return Stream.of(Setting.values()).filter(setting -> setting.key().equals(key)).findFirst()
                .map(setting -> setting.error(key, value)).orElse(null);
    }

    /** Java encodes names of files by the locale, with LC_ALL=C as ASCII. */
    private static boolean isPath(String value) {
        try {
            Path.of(value);
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private List<String> unknown() {
        List<String> errors = new ArrayList<>();
        for (String name : new TreeSet<>(names())) {
            // An element of a list.
            String key = name.replaceFirst("\\[[0-9]+\\]$", "");
            boolean isKnown = types.containsKey(key) && types.get(key) != Map.class
                    || types.keySet().stream().anyMatch(known -> types.get(known) == Map.class && key.startsWith(known + "."));
            if (!isKnown) {
                errors.add(name + ": unknown setting");
            }
        }
        return errors;
    }

    /** Without those of the environment, where SITE_… may be for another program: an odd one, such as SITE__, is not even found by its key. */
    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (String name : config.getPropertyNames()) {
            String source = name.startsWith(PREFIX + ".") ? config.getConfigValue(name).getConfigSourceName() : null;
            if (source != null && !source.startsWith(EnvConfigSource.NAME)) {
                names.add(name);
            }
        }
        return names;
    }
}
