package org.bakedpage.build;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/**
 * Ends a native build where a cut in trim/ stands against what was added to the project: an extension, a library, or a class.
 * src/build/cuts.txt says of each cut by the use of which types it is missed; what the project has itself is known to do without.
 */
public final class Cuts {

    private static final int SHOWN = 3;
    private static final Comparator<String> EXTENSIONS_FIRST =
            Comparator.comparing((String name) -> !name.startsWith("quarkus-")).thenComparing(Comparator.naturalOrder());

    /**
     * @param cuts by their names
     * @param known the artifacts, packages and classes that do without what is cut
     */
    record Table(Map<String, Cut> cuts, Set<String> known) {
    }

    /**
     * @param what it takes away
     * @param signs by which its use is seen in a class: beginnings of names and texts, or a text with a slash in front, anywhere
     */
    record Cut(String what, List<String> signs) {
    }

    private Cuts() {
    }

    /** @param arguments the project's folder; that of its classes */
    public static void main(String... arguments) throws IOException {
        Table table = read(Files.readAllLines(Path.of(arguments[0], "src/build/cuts.txt")));
        Map<String, Set<String>> missing = missing(table, jars(), Path.of(arguments[1]));
        if (!missing.isEmpty()) {
            throw new BuildFailure(describe(table, missing));
        }
    }

    /** One line for each cut: which, by whom it is missed, and what to do. */
    static String describe(Table table, Map<String, Set<String>> missing) {
        return missing.entrySet().stream().map(entry -> "trim/" + entry.getKey() + " cuts " + table.cuts().get(entry.getKey()).what()
                + ", needed by " + entry.getValue().stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (entry.getValue().size() > SHOWN ? " and " + (entry.getValue().size() - SHOWN) + " more" : "")
                + ": build with -Pnative,whole").collect(Collectors.joining("\n"));
    }

    /** @throws IllegalArgumentException at a line that is not understood */
    static Table read(List<String> lines) {
        Map<String, Cut> cuts = new LinkedHashMap<>();
        Set<String> known = new TreeSet<>();
        for (String line : lines) {
            String[] parts = line.strip().split(" *\\| *");
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (parts.length == 3) {
                cuts.put(parts[0], new Cut(parts[1], List.of(parts[2].split(" +"))));
            } else if (parts.length == 1) {
                known.addAll(List.of(line.strip().split(" +")));
            } else {
                throw new IllegalArgumentException("src/build/cuts.txt: " + line);
            }
        }
        return new Table(cuts, known);
    }

    /** By cut, who needs what it takes away. */
    static Map<String, Set<String>> missing(Table table, Collection<Path> jars, Path classes) throws IOException {
        Map<String, Set<String>> missing = new TreeMap<>();
        for (Path jar : jars) {
            if (!table.known().contains(artifact(jar))) {
                addJar(table, jar, missing);
            }
        }
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) files.filter(file -> file.toString().endsWith(".class"))::iterator) {
                ClassReader reader = new ClassReader(Files.readAllBytes(file));
                String name = reader.getClassName().replace('/', '.');
                if (!table.known().contains(name.replaceFirst("\\$.*", "")) && !table.known().contains(name.replaceFirst("\\.[^.]*$", ""))) {
                    add(table, reader, name, missing);
                }
            }
        }
        return missing;
    }

    private static void addJar(Table table, Path jar, Map<String, Set<String>> missing) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                // Not the classes that only newer JDKs take, nor the name of the module.
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF")
                        && !entry.getName().equals("module-info.class")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        add(table, new ClassReader(in), artifact(jar), missing);
                    }
                }
            }
        }
    }

    private static void add(Table table, ClassReader reader, String by, Map<String, Set<String>> missing) {
        Set<String> constants = constants(reader);
        table.cuts().forEach((name, cut) -> {
            if (cut.signs().stream().anyMatch(sign -> constants.stream().anyMatch(constant -> isSeen(sign, constant)))) {
                missing.computeIfAbsent(name, other -> new TreeSet<>(EXTENSIONS_FIRST)).add(by);
            }
        });
    }

    private static boolean isSeen(String sign, String constant) {
        return sign.startsWith("/") ? constant.contains(sign) : constant.startsWith(sign);
    }

    /** The names of types, texts, descriptors: all that a class names, JVMS section 4.4.7. */
    private static Set<String> constants(ClassReader reader) {
        Set<String> constants = new TreeSet<>();
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            if (offset > 0 && reader.readByte(offset - 1) == 1) {
                constants.add(text(reader, offset));
            }
        }
        return constants;
    }

    private static String text(ClassReader reader, int offset) {
        int length = reader.readUnsignedShort(offset);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) reader.readByte(offset + 2 + i));
        }
        // Of a descriptor or an annotation's type, its name alone.
        return text.length() > 2 && text.charAt(0) == 'L' && text.indexOf(";") == text.length() - 1
                ? text.substring(1, text.length() - 1) : text.toString();
    }

    /** A jar's name without its version. */
    static String artifact(Path jar) {
        return jar.getFileName().toString().replaceFirst("-[0-9][^/]*\\.jar$", "").replaceFirst("\\.jar$", "");
    }

    private static List<Path> jars() throws IOException {
        List<Path> jars = new ArrayList<>();
        for (URL manifest : Collections.list(Cuts.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            String text = manifest.toString();
            if (text.startsWith("jar:file:")) {
                jars.add(Path.of(URI.create(text.substring("jar:".length(), text.indexOf("!/")))));
            }
        }
        return jars;
    }
}
