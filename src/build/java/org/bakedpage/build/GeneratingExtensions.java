package org.bakedpage.build;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Whether the project has an extension that generates files for browsers while Quarkus puts the application together, as Web Bundler
 * does. Only then is that done once before the site is baked, which is to have them.
 */
public final class GeneratingExtensions {

    /** What such an extension makes for each file. */
    private static final byte[] PRODUCED = "io/quarkus/vertx/http/deployment/spi/GeneratedStaticResourceBuildItem".getBytes(US_ASCII);
    /** Which takes them. */
    private static final String TAKER = "io.quarkus:quarkus-vertx-http-deployment:";
    private static final String FOUND = "generators.found";
    /** Of the execution generate-files in pom.xml: what Quarkus has not found in a file. */
    private static final String FILES = "generators/quarkus-app/quarkus/generated-bytecode.jar";
    private static final String DESCRIPTION = "META-INF/quarkus-extension.properties";

    private GeneratingExtensions() {
    }

    /** @param arguments the folder of what is built, which has a file of the name {@link #FOUND} afterwards, or none */
    public static void main(String... arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        Files.deleteIfExists(target.resolve(FILES));
        Files.deleteIfExists(target.resolve(FOUND));
        if (isAny(GeneratingExtensions.class.getClassLoader())) {
            Files.createDirectories(target);
            Files.createFile(target.resolve(FOUND));
        }
    }

    /** What they have made, as an archive with META-INF/resources; null where that is still to come. */
    public static List<Path> files(Path target) {
        Path files = target.resolve(FILES);
        return !Files.exists(target.resolve(FOUND)) ? List.of() : Files.exists(files) ? List.of(files) : null;
    }

    /** @param loader of the project's class path */
    static boolean isAny(ClassLoader loader) throws IOException {
        for (URL description : Collections.list(loader.getResources(DESCRIPTION))) {
            Properties extension = new Properties();
            try (InputStream in = description.openStream()) {
                extension.load(in);
            }
            String artifact = extension.getProperty("deployment-artifact", "");
            if (!artifact.startsWith(TAKER) && generates(deployment(description.toString(), artifact.split(":")))) {
                return true;
            }
        }
        return false;
    }

    /** @return where Maven has the jar of an extension's build steps, beside the one that describes it; null if that cannot be said */
    private static Path deployment(String description, String[] artifact) {
        String group = artifact.length < 3 ? "" : "/" + artifact[0].replace('.', '/') + "/";
        int repository = description.startsWith("jar:file:") && !group.isEmpty() ? description.lastIndexOf(group) : -1;
        return repository < 0 ? null : Path.of(URI.create(description.substring("jar:".length(), repository))).resolve(
                group.substring(1) + artifact[1] + "/" + artifact[2] + "/" + artifact[1] + "-" + artifact[2] + ".jar");
    }

    /** What is not found may do so. */
    private static boolean generates(Path jar) {
        if (jar == null || !Files.exists(jar)) {
            return true;
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (entry.getName().endsWith(".class")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        if (contains(in.readAllBytes())) {
                            return true;
                        }
                    }
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(jar + ": " + e.getMessage(), e);
        }
    }

    private static boolean contains(byte[] bytes) {
        int last = bytes.length - PRODUCED.length;
        for (int i = 0; i <= last; i++) {
            if (bytes[i] == PRODUCED[0] && Arrays.equals(bytes, i, i + PRODUCED.length, PRODUCED, 0, PRODUCED.length)) {
                return true;
            }
        }
        return false;
    }
}
