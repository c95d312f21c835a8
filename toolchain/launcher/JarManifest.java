package org.bakedpage.nativeimage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The main attributes of a JAR's manifest. */
record JarManifest(Path jar, Attributes attributes) {

    private static final String ALL_UNNAMED = "ALL-UNNAMED";

    static JarManifest of(Path jar) {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            return new JarManifest(jar, manifest == null ? new Attributes() : manifest.getMainAttributes());
        } catch (IOException e) {
            throw new UsageError("cannot read the JAR %s: %s", jar, e.getMessage());
        }
    }

    boolean hasMainClass() {
        return attributes.containsKey(Attributes.Name.MAIN_CLASS);
    }

    String mainClass() {
        if (!hasMainClass()) {
            throw new UsageError("%s has no Main-Class in its manifest", jar);
        }
        return attributes.getValue(Attributes.Name.MAIN_CLASS).strip();
    }

    /** Relative URLs, resolved against the JAR's own; those that are no file cannot be on an image's class path. */
    List<Path> classPath() {
        List<Path> paths = new ArrayList<>();
        for (String entry : words(Attributes.Name.CLASS_PATH.toString())) {
            try {
                URI uri = jar.toUri().resolve(entry);
                if ("file".equals(uri.getScheme())) {
                    paths.add(Path.of(uri));
                }
            } catch (IllegalArgumentException e) {
                throw new UsageError("%s: the Class-Path of its manifest has the entry %s, which is no URL", jar, entry);
            }
        }
        return paths;
    }

    /**
     * What the java command reads of a JAR it launches (JDK's manual, "JAR File Specification"): packages for all
     * unnamed modules to use, and whether these may call native code.
     */
    List<HostedOption> access() {
        List<HostedOption> options = new ArrayList<>();
        words("Add-Exports").forEach(name -> options.add(option("AddExports", name + "=" + ALL_UNNAMED)));
        words("Add-Opens").forEach(name -> options.add(option("AddOpens", name + "=" + ALL_UNNAMED)));
        words("Enable-Native-Access").forEach(name -> options.add(option("EnableNativeAccess", name)));
        return options;
    }

    private HostedOption option(String name, String value) {
        return new HostedOption(HostedOption.HOSTED, "", name, value, Origin.inJar(jar, JarFile.MANIFEST_NAME), true);
    }

    private List<String> words(String attribute) {
        String value = attributes.getValue(attribute);
        return value == null || value.isBlank() ? List.of() : List.of(value.strip().split("\\s+"));
    }
}
