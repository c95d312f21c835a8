package org.bakedpage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The settings that a start is given, checked before Quarkus reads them: what Quarkus would not tell, or not in words that
 * name the setting. An empty variable is as an absent one. A setting of an active profile, {@code %prod.key} or
 * {@code _PROD_KEY}, is as one without.
 */
final class Environment {

    private static final String MAX_CONNECTIONS = "quarkus.http.limits.max-connections";
    private static final String PROXIES = "quarkus.http.proxy.trusted-proxies";
    private static final String STATIC_RESOURCES = "QUARKUS_HTTP_STATIC_RESOURCES_";
    /** Quarkus's tests give it to each executable. Without a certificate nobody listens there. */
    private static final String TLS_PORT = "QUARKUS_HTTP_SSL_PORT";
    /** With what the variables of settings for TLS begin. */
    private static final List<String> TLS = List.of("QUARKUS_TLS_", "QUARKUS_HTTP_SSL_", "QUARKUS_HTTP_TLS_CONFIGURATION_NAME",
            "QUARKUS_MANAGEMENT_SSL_", "QUARKUS_MANAGEMENT_TLS_CONFIGURATION_NAME");
    private static final List<String> PROFILE = List.of("quarkus.profile", "smallrye.config.profile", "mp.config.profile");
    static final String NO_TLS = "TLS is not supported; terminate it at the ingress or load balancer";
    /** By the name of the variable, whatever way the setting was given. */
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> variables;
    private final Map<?, ?> properties;
    private final boolean baked;
    /** The last one is ahead. */
    private final List<String> profiles;

    /**
     * @param properties are ahead of the variables
     * @param baked whether the site is made already; in dev mode it is not
     */
    Environment(Map<String, String> variables, Map<?, ?> properties, boolean baked) {
        this.baked = baked;
        this.variables = variables;
        this.properties = properties;
        Stream<Object> given = PROFILE.stream()
                .flatMap(key -> Stream.of(properties.get(key), variables.get(Setting.variable(key))));
        profiles = List.of(given.filter(Objects::nonNull).map(Object::toString).filter(value -> !value.isEmpty()).findFirst()
                .orElse(baked ? "prod" : "dev").split(","));
        for (Map<?, ?> settings : List.of(variables, properties)) {
            add(settings, null);
            profiles.forEach(profile -> add(settings, profile));
        }
    }

    /** @param profile those of which are added; null for those of none */
    private void add(Map<?, ?> settings, String profile) {
        settings.forEach((name, value) -> {
            String variable = variable(name.toString(), profile);
            boolean given = !value.toString().isEmpty() && !isOfService(name.toString(), value.toString());
            if (variable != null && isOurs(variable) && given) {
                names.put(variable, name.toString());
                values.put(variable, value.toString());
            }
        });
    }

    private static boolean isOurs(String variable) {
        return variable.startsWith("SITE_") || variable.startsWith("QUARKUS_");
    }

    /** Of the setting of this name; null if it is not of this profile. */
    private static String variable(String name, String profile) {
        String key = profile == null ? name : key(name, profile);
        return key == null ? null : Setting.variable(key);
    }

    /** {@code %prod.key}, {@code %{prod,test}.key} or {@code _PROD_KEY} without the profile; null if it is not of this one. */
    private static String key(String name, String profile) {
        if (name.startsWith("%")) {
            int end = name.indexOf('.');
            String of = end < 0 ? "" : name.substring(1, end).replace("{", "").replace("}", "");
            return Arrays.asList(of.split(",")).contains(profile) ? name.substring(end + 1) : null;
        }
        String prefix = "_" + Setting.variable(profile) + "_";
        return name.startsWith(prefix) ? name.substring(prefix.length()) : null;
    }

    /** The key or variable of a setting of whatever profile that is active, or of none. */
    private String key(String name) {
        return profiles.stream().map(profile -> key(name, profile)).filter(Objects::nonNull).findFirst().orElse(name);
    }

    /** The first that is wrong, in one line; null if none is. */
    String error() {
        for (String key : SiteConfig.BUILT_IN) {
            String name = given(key);
            if (name != null && baked) {
                return name + ": a build-time setting";
            }
        }
        String name = names.get(Setting.variable(MAX_CONNECTIONS));
        if (name != null) {
            return name + ": set " + Setting.CONNECTIONS.variable() + " instead";
        }
        String tls = hasTls() ? null : tls();
        if (tls != null) {
            return tls + ": " + NO_TLS;
        }
        for (Setting setting : Setting.values()) {
            String value = values.get(setting.variable());
            String error = value == null ? null : setting.error(names.get(setting.variable()), value);
            if (error != null) {
                return error;
            }
        }
        String proxy = proxyError();
        if (proxy != null) {
            return proxy;
        }
        List<String> unknown = unknown(properties, "SITE_");
        return unknown.isEmpty() ? null : unknown.get(0) + ": unknown setting";
    }

    /** The last one is ahead. */
    List<String> profiles() {
        return profiles;
    }

    /** What the start says of this key; null for nothing. */
    String value(String key) {
        return values.get(Setting.variable(key));
    }

    /** By which variable or property it says that. */
    String name(String key) {
        return names.get(Setting.variable(key));
    }

    /** Of any variable or property, as an expression names it, be it of a profile; null if it is absent or empty. */
    String variable(String name) {
        List<Object> found = new ArrayList<>();
        for (Map<?, ?> settings : List.of(properties, variables)) {
            for (int i = profiles.size() - 1; i >= 0; i--) {
                found.add(settings.get("%" + profiles.get(i) + "." + name));
                found.add(settings.get("_" + Setting.variable(profiles.get(i)) + "_" + Setting.variable(name)));
            }
            found.add(settings.get(name));
            found.add(settings == variables ? settings.get(Setting.variable(name)) : null);
        }
        return found.stream().filter(Objects::nonNull).map(Object::toString).filter(value -> !value.isEmpty()).findFirst().orElse(null);
    }

    /** Whether there is code for it: not in an executable, see trim.WithoutTlsRegistry. */
    private static boolean hasTls() {
        return true;
    }

    /** The first setting for it; null if there is none. */
    String tls() {
        return names.keySet().stream().filter(variable -> TLS.stream().anyMatch(variable::startsWith))
                .filter(variable -> !variable.equals(TLS_PORT)).sorted().findFirst().map(names::get).orElse(null);
    }

    /** @param key that of a map ends with a dot */
    private String given(String key) {
        String variable = Setting.variable(key);
        return !key.endsWith(".") ? names.get(variable)
                : names.entrySet().stream().filter(entry -> entry.getKey().startsWith(variable)).map(Map.Entry::getValue).findAny().orElse(null);
    }

    /** What looks like an address of IPv6 without brackets is a name to Quarkus, which each request would look up. */
    private String proxyError() {
        for (String proxy : values.getOrDefault(Setting.variable(PROXIES), "").split(",")) {
            String address = proxy.strip();
            if (address.indexOf(':') != address.lastIndexOf(':') && !address.startsWith("[") && address.indexOf('/') < 0) {
                return names.get(Setting.variable(PROXIES)) + "=" + address + ": write [" + address + "]";
            }
        }
        return null;
    }

    /** What is ignored, a line each. */
    List<String> warnings() {
        List<String> lines = new ArrayList<>();
        // Who set a variable may have meant another program.
        Stream.of(unknown(variables, "SITE_"), unknown(variables, "QUARKUS_"), unknown(properties, "QUARKUS_"))
                .flatMap(List::stream).forEach(name -> lines.add(name + ": unknown setting, ignored"));
        // What Quarkus serves itself: pages are not.
        names.keySet().stream().filter(variable -> variable.startsWith(STATIC_RESOURCES)).sorted()
                .forEach(variable -> lines.add(names.get(variable) + ": has no effect on pages, which have site.*"));
        if (names.containsKey(TLS_PORT)) {
            lines.add(names.get(TLS_PORT) + ": has no effect: " + NO_TLS);
        }
        return lines;
    }

    /** Those that are named as settings are whose variables begin so, but are none. */
    private List<String> unknown(Map<?, ?> settings, String prefix) {
        List<String> unknown = new ArrayList<>();
        settings.forEach((name, value) -> {
            String key = key(name.toString());
            String variable = Setting.variable(key);
            boolean ofPage = name.toString().startsWith(EnvironmentPage.PREFIX);
            if (variable.startsWith(prefix) && !ofPage && !value.toString().isEmpty() && !isOfService(key, value.toString())
                    && !isKnown(variable) && !(prefix.equals("QUARKUS_") && isKnownToQuarkus(key, settings == variables))) {
                unknown.add(name.toString());
            }
        });
        unknown.sort(null);
        return unknown;
    }

    /** Kubernetes sets SITE_SERVICE_HOST, SITE_PORT=tcp://10.0.0.1:80, SITE_PORT_80_TCP and others for a Service of that name. */
    private static boolean isOfService(String variable, String value) {
        int port = variable.lastIndexOf("_PORT_") + "_PORT_".length();
        return variable.endsWith("_SERVICE_HOST") || variable.contains("_SERVICE_PORT")
                || variable.endsWith("_PORT") && value.contains("://")
                || variable.contains("_PORT_") && port < variable.length() && Character.isDigit(variable.charAt(port));
    }

    /** Where Quarkus itself tells what it does not know, all is known; in an executable see trim.BuiltConfigurationStart. */
    private static boolean isKnownToQuarkus(String name, boolean variable) {
        return true;
    }

    private boolean isKnown(String variable) {
        for (Setting setting : Setting.values()) {
            if (setting.variable().equals(variable)) {
                return true;
            }
        }
        for (String key : SiteConfig.BUILT_IN) {
            if (!baked && (key.endsWith(".") ? variable.startsWith(Setting.variable(key)) : variable.equals(Setting.variable(key)))) {
                return true;
            }
        }
        return false;
    }
}
