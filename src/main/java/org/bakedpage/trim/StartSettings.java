package org.bakedpage.trim;

import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.common.utils.StringUtil;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What the variables and properties of a start change of BuiltConfiguration. */
final class StartSettings {

    static final String PORT = "quarkus.http.port";
    static final String HOST = "quarkus.http.host";

    /** Most starts set one of these: where their mapping is asked for them they are read by name. */
    static final Set<String> BY_NAME = Set.of(PORT, HOST, "QUARKUS_HTTP_PORT", "QUARKUS_HTTP_HOST");

    private StartSettings() {
    }

    /** The mappings that settings of this start are of; null if anything is set that is no single key of one. */
    static Set<ConfigClass> changed(EnvConfigSource variables, Set<String> properties) {
        Set<ConfigClass> changed = new HashSet<>();
        Set<String> names = variables.getPropertyNames();
        for (String name : System.getenv().keySet()) {
            // An empty variable is none, see EmptyVariables.
            if (names.contains(name) && mayBeSetting(name)) {
                String key = addMappings(name, changed);
                if (key == null) {
                    return null;
                }
                names.remove(StringUtil.toLowerCaseAndDotted(name));
                names.add(key);
            }
        }
        for (String name : properties) {
            if (mayBeSetting(name) && !name.equals(addMappings(name, changed))) {
                return null;
            }
        }
        return changed;
    }

    /** Whether it could be the setting of a mapping, or of a profile: %prod.name or _PROD_NAME. */
    private static boolean mayBeSetting(String name) {
        String head = head(name);
        return head.isEmpty() ? BuiltConfiguration.HEADS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains)
                : BuiltConfiguration.HEADS.contains(head) && !BY_NAME.contains(name);
    }

    /** The key of this name, which is one of a variable or of a property; null if there is none. */
    private static String addMappings(String name, Set<ConfigClass> changed) {
        String found = null;
        for (ConfigClass mapping : BuiltConfiguration.MAPPINGS) {
            for (String key : mapping.getProperties().keySet()) {
                if (isNamed(key, name)) {
                    found = key;
                    BuiltConfiguration.GIVEN.add(key);
                    // Others of the same prefix may have a map that takes it for a key.
                    BuiltConfiguration.MAPPINGS.stream().filter(other -> other.getPrefix().equals(mapping.getPrefix()))
                            .forEach(changed::add);
                }
            }
        }
        return found;
    }

    /** Of a property, or of a variable, where whatever is neither letter nor digit is an underscore. */
    private static boolean isNamed(String key, String name) {
        return key.length() == name.length() && key.indexOf('*') < 0 && matches(key, name, true);
    }

    /**
     * @param key in which {@code *} is any text
     * @param variable whether in the name whatever is neither letter nor digit may be an underscore
     */
    static boolean matches(String key, String name, boolean variable) {
        return matches(key, 0, name, 0, variable);
    }

    private static boolean matches(String key, int from, String name, int at, boolean variable) {
        int k = from;
        int n = at;
        for (; k < key.length() && key.charAt(k) != '*'; k++, n++) {
            if (n == name.length() || !isSame(key.charAt(k), name.charAt(n), variable)) {
                return false;
            }
        }
        while (k < key.length() && ++n <= name.length()) {
            if (matches(key, k + 1, name, n, variable)) {
                return true;
            }
        }
        return k == key.length() && n == name.length();
    }

    private static boolean isSame(char key, char name, boolean variable) {
        return !variable ? key == name : name == '_' ? !Character.isLetterOrDigit(key) : key == Character.toLowerCase(name);
    }

    static String head(String name) {
        int end = 0;
        while (end < name.length() && Character.isLetterOrDigit(name.charAt(end))) {
            end++;
        }
        return name.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
