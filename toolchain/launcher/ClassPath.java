package org.bakedpage.nativeimage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A list of folders and JARs, each once and in order, as the {@code java} command reads it: an empty element is the
 * current folder, {@code DIR/*} all JARs in DIR, and what does not exist is passed over.
 */
final class ClassPath {

    private final Set<Path> entries = new LinkedHashSet<>();

    /** A class path in the platform's notation. */
    void addAll(String list) {
        for (String element : list.split(File.pathSeparator, -1)) {
            if (element.equals("*") || element.endsWith(File.separator + "*")) {
                jarsIn(Path.of(element.substring(0, element.length() - 1))).forEach(this::add);
            } else {
                add(Path.of(element));
            }
        }
    }

    /** The entry, followed by what its manifest's Class-Path names. */
    void add(Path path) {
        Path entry = path.toAbsolutePath().normalize();
        if (Files.exists(entry) && entries.add(entry) && isJar(entry)) {
            JarManifest.of(entry).classPath().forEach(this::add);
        }
    }

    void remove(Path entry) {
        entries.remove(entry);
    }

    List<Path> entries() {
        return new ArrayList<>(entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public String toString() {
        return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
    }

    static boolean isJar(Path entry) {
        String name = entry.getFileName() == null ? "" : entry.getFileName().toString().toLowerCase(Locale.ROOT);
        return (name.endsWith(".jar") || name.endsWith(".zip")) && Files.isRegularFile(entry);
    }

    static List<Path> jarsIn(Path folder) {
        if (!Files.isDirectory(folder.toAbsolutePath())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.toAbsolutePath())) {
            return files.filter(ClassPath::isJar).sorted().toList();
        } catch (IOException e) {
            throw new UsageError("cannot list %s: %s", folder, e.getMessage());
        }
    }
}
