package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratingExtensionsTest {

    private static final String ITEM = "..io/quarkus/vertx/http/deployment/spi/GeneratedStaticResourceBuildItem;";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            org.acme:bundler-deployment:1.0                   | Steps.class  | true  | true
            org.acme:bundler-deployment:1.0                   | Steps.class  | false | false
            org.acme:bundler-deployment:1.0                   | notes.txt    | true  | false
            org.acme:bundler-deployment:2.0                   | Steps.class  | false | true
            org.other:bundler-deployment:1.0                  | Steps.class  | false | true
            bundler                                           | Steps.class  | false | true
            io.quarkus:quarkus-vertx-http-deployment:3.33.2   | Steps.class  | true  | false
            """)
    void an_extension_generates_whose_build_steps_make_such_files(String deployment, String entry, boolean item, boolean generates)
            throws IOException {
        Path jar = folder.resolve("org/acme/bundler/1.0/bundler-1.0.jar");
        write(jar, "META-INF/quarkus-extension.properties", "deployment-artifact=" + deployment.replace(":", "\\:"));
        write(folder.resolve("org/acme/bundler-deployment/1.0/bundler-deployment-1.0.jar"), entry, item ? ITEM : "none of it");
        try (URLClassLoader loader = new URLClassLoader(new URL[] { jar.toUri().toURL() }, null)) {
            assertEquals(generates, GeneratingExtensions.isAny(loader));
        }
    }

    /** Or each build would take longer. What was generated for another build is no longer there. */
    @Test
    void the_project_has_none() throws IOException {
        Path old = folder.resolve("generators/quarkus-app/quarkus/generated-bytecode.jar");
        Files.createDirectories(old.getParent());
        Files.createFile(old);
        Files.createFile(folder.resolve("generators.found"));
        assertEquals(List.of(old), GeneratingExtensions.files(folder));
        GeneratingExtensions.main(folder.toString());
        assertEquals(List.of(), GeneratingExtensions.files(folder));
        assertFalse(Files.exists(old));
    }

    @Test
    void files_that_are_still_to_come_are_told() throws IOException {
        Files.createFile(folder.resolve("generators.found"));
        assertNull(GeneratingExtensions.files(folder));
    }

    private static void write(Path jar, String entry, String content) throws IOException {
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }
}
