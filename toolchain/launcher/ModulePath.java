package org.bakedpage.nativeimage;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A list of modules, each a JAR or a folder of classes, and of folders of modules. */
final class ModulePath {

    private final Set<Path> entries = new LinkedHashSet<>();

    void addAll(String list) {
        for (String element : list.split(File.pathSeparator)) {
            if (!element.isEmpty()) {
                add(Path.of(element));
            }
        }
    }

    void add(Path entry) {
        if (Files.exists(entry)) {
            entries.add(entry.toAbsolutePath().normalize());
        }
    }

    /** The JARs and folders of classes themselves. */
    List<Path> modules() {
        List<Path> modules = new ArrayList<>();
        for (Path entry : entries) {
            if (ClassPath.isJar(entry) || Files.exists(entry.resolve("module-info.class"))) {
                modules.add(entry);
            } else {
                modules.addAll(ClassPath.jarsIn(entry));
            }
        }
        return modules;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public String toString() {
        return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
    }
}
