package org.bakedpage.trim;

import io.quarkus.runtime.configuration.NameIterator;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of Quarkus and its extensions. Those of a start are the keys of its mappings, which lie in the image heap. Those of a
 * build alone are found in the class that Quarkus generates to search for misspelt keys; the class itself would take more room
 * than they do. Where a start has no key behind a prefix, such as quarkus.kubernetes, the prefix stands for all.
 * Depends on: Config.isMapped and its methods for each prefix, which Quarkus 3.33 generates. Initialised at build time.
 */
final class KnownKeys {

    private static final String GENERATED = "io.quarkus.runtime.generated.Config";
    private static final Pattern WORD = Pattern.compile("[a-z0-9-]+");
    private static final Set<String> OF_BUILD = new Search().ofBuild();

    private KnownKeys() {
    }

    /** @param variable whether it is a variable's, where whatever is neither letter nor digit is an underscore */
    static boolean isKnown(String name, boolean variable) {
        return BuiltConfiguration.ALL.stream().anyMatch(mapping -> isAny(mapping.getProperties().keySet(), name, variable))
                || isAny(OF_BUILD, name, variable);
    }

    private static boolean isAny(Set<String> keys, String name, boolean variable) {
        return keys.stream().anyMatch(key -> StartSettings.matches(key, name, variable));
    }

    /** In the build: tries each word of the class behind each prefix. */
    private static final class Search {

        private final Set<String> prefixes;
        private final Set<String> words = new HashSet<>();
        private final Method mapped;
        private final Set<String> keys = BuiltConfiguration.ALL.stream().map(ConfigClass::getProperties)
                .flatMap(properties -> properties.keySet().stream()).collect(Collectors.toSet());
        private final Set<String> found = new TreeSet<>();

        Search() {
            try {
                Class<?> generated = Class.forName(GENERATED);
                mapped = generated.getDeclaredMethod("isMapped", NameIterator.class);
                mapped.setAccessible(true);
                prefixes = Stream.of(generated.getDeclaredMethods()).map(Method::getName).collect(Collectors.toSet());
                readWords(generated);
            } catch (ReflectiveOperationException | IOException e) {
                throw new IllegalStateException("the keys of Quarkus are not known", e);
            }
        }

        Set<String> ofBuild() {
            addBehind("quarkus");
            return found;
        }

        private void addBehind(String prefix) {
            for (String word : words) {
                String key = prefix + "." + word;
                boolean isPrefix = prefixes.contains("isMapped$" + key.replace('.', '$').replace('-', '_'));
                if (isPrefix && keys.stream().anyMatch(known -> known.startsWith(key + "."))) {
                    addBehind(key);
                } else if (isPrefix) {
                    found.add(key + ".*");
                }
                if (isMapped(key) && !isAny(keys, key, false)) {
                    found.add(key);
                }
            }
        }

        private boolean isMapped(String key) {
            try {
                return (boolean) mapped.invoke(null, new NameIterator(key));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(key, e);
            }
        }

        /** From the table of constants, see the Java Virtual Machine Specification, section 4.4. */
        private void readWords(Class<?> generated) throws IOException {
            try (InputStream file = generated.getResourceAsStream(generated.getSimpleName() + ".class");
                    DataInputStream in = new DataInputStream(file)) {
                in.skipBytes(8);
                int count = in.readUnsignedShort();
                for (int i = 1; i < count; i++) {
                    int tag = in.readUnsignedByte();
                    switch (tag) {
                        case 1 -> words.add(in.readUTF());
                        case 5, 6 -> {
                            in.skipBytes(8);
                            i++;
                        }
                        case 7, 8, 16, 19, 20 -> in.skipBytes(2);
                        case 15 -> in.skipBytes(3);
                        default -> in.skipBytes(4);
                    }
                }
            }
            words.removeIf(word -> !WORD.matcher(word).matches());
        }
    }
}
