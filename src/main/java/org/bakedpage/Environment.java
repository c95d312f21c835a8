package org.bakedpage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings that a start is given, checked before Quarkus reads them: what Quarkus would not tell, or not in words that
 * name the setting. An empty variable is as an absent one.
 */
final class Environment {

    private static final String MAX_CONNECTIONS = "quarkus.http.limits.max-connections";
    private static final String PROXIES = "quarkus.http.proxy.trusted-proxies";
    private static final String STATIC_RESOURCES = "QUARKUS_HTTP_STATIC_RESOURCES_";
    /** By the name of the variable, whatever way the setting was given. */
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> variables;
    private final Map<?, ?> properties;
    private final boolean baked;

    /**
     * @param properties are ahead of the variables
     * @param baked whether the site is made already; in dev mode it is not
     */
    Environment(Map<String, String> variables, Map<?, ?> properties, boolean baked) {
        this.baked = baked;
        this.variables = variables;
        this.properties = properties;
        add(variables);
        add(properties);
    }

    private void add(Map<?, ?> settings) {
        settings.forEach((name, value) -> {
            String variable = Setting.variable(name.toString());
            if ((variable.startsWith("SITE_") || variable.startsWith("QUARKUS_")) && !value.toString().isEmpty()) {
                names.put(variable, name.toString());
                values.put(variable, value.toString());
            }
        });
    }

    /** The first that is wrong, in one line; null if none is. */
    String error() {
        for (String key : SiteConfig.BUILT_IN) {
            String name = given(key);
            if (name != null && baked) {
                return name + ": " + key + " is a build-time setting";
            }
        }
        String name = names.get(Setting.variable(MAX_CONNECTIONS));
        if (name != null) {
            return name + ": set " + Setting.CONNECTIONS.variable() + " instead";
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
        List<String> unknown = unknown(properties);
        return unknown.isEmpty() ? null : unknown.get(0) + ": unknown setting";
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

    /** Those that are for what Quarkus serves itself: pages are not. */
    List<String> withoutEffect() {
        return names.keySet().stream().filter(variable -> variable.startsWith(STATIC_RESOURCES)).map(names::get).sorted().toList();
    }

    /** Variables that are named as this project's settings are, but are none: who set them may have meant another program. */
    List<String> unknown() {
        return unknown(variables);
    }

    private List<String> unknown(Map<?, ?> settings) {
        List<String> unknown = new ArrayList<>();
        settings.forEach((name, value) -> {
            String variable = Setting.variable(name.toString());
            // Kubernetes sets SITE_SERVICE_HOST, SITE_PORT_80_TCP and others for a Service of that name.
            boolean ofService = variable.contains("_SERVICE_") || variable.contains("_PORT");
            boolean ofPage = name.toString().startsWith(EnvironmentPage.PREFIX);
            if (variable.startsWith("SITE_") && !ofService && !ofPage && !value.toString().isEmpty() && !isKnown(variable)) {
                unknown.add(name.toString());
            }
        });
        return unknown;
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
