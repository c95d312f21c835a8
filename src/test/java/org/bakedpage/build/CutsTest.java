package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** With classes made here, as an extension or an application would have them. */
class CutsTest {

    private static final Path TABLE = Path.of("src/build/cuts.txt");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            java/util/ServiceLoader             | WithoutServiceLoading
            java/util/regex/Pattern             | WithoutRegexCompiler
            javax/net/ssl/SSLContext            | WithoutTls
            io/vertx/core/dns/DnsClient         | WithoutDns
            jakarta/ws/rs/FormParam             | WithoutForms
            io/vertx/ext/web/handler/BodyHandler | WithoutForms
            io/vertx/core/http/HttpClient       | WithoutOtherTransports
            io/quarkus/vertx/ConsumeEvent       | WithoutEventBus
            java/lang/reflect/Method            | Registrations
            /item/:id                           | WithoutRoutePatterns
            java/time/ZoneId                    | WithoutTimeZones
            java/lang/invoke/MethodHandles$Lookup |
            java/util/List                      |
            """)
    void a_class_is_known_by_what_it_names(String named, String cut) throws IOException {
        jar("quarkus-added-1.2.3.Final.jar", "added/Added", named);
        Files.createDirectories(folder.resolve("classes"));
        Map<String, Set<String>> missing = Cuts.missing(table(), List.of(folder.resolve("quarkus-added-1.2.3.Final.jar")),
                folder.resolve("classes"));
        assertEquals(cut == null ? Map.of() : Map.of(cut, Set.of("quarkus-added")), missing);
    }

    @Test
    void an_artifact_that_is_known_is_not_looked_at_and_a_class_of_the_application_is() throws IOException {
        jar("vertx-core-4.5.0.jar", "added/Known", "java/util/ServiceLoader");
        Files.createDirectories(folder.resolve("classes"));
        Files.write(folder.resolve("classes/Own.class"), classWith("org/bakedpage/trim/Own", "java/util/ServiceLoader"));
        Files.write(folder.resolve("classes/Own2.class"), classWith("org/bakedpage/FastPath$1", "java/util/ServiceLoader"));
        Files.write(folder.resolve("classes/Added.class"), classWith("org/bakedpage/Added", "/item/:id"));
        Map<String, Set<String>> missing = Cuts.missing(table(), List.of(folder.resolve("vertx-core-4.5.0.jar")), folder.resolve("classes"));
        assertEquals("trim/WithoutRoutePatterns cuts routes with parameters, patterns or types of content, needed by org.bakedpage.Added: "
                + "build with -Pnative,whole", Cuts.describe(table(), missing));
    }

    @Test
    void the_project_itself_does_without() throws IOException {
        assertEquals(Map.of(), Cuts.missing(table(), List.of(), Path.of("target/classes")));
    }

    @Test
    void every_cut_of_the_table_is_one() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/org/bakedpage/trim"))) {
            Set<String> cuts = files.map(file -> file.getFileName().toString().replace(".java", "")).collect(Collectors.toSet());
            assertTrue(cuts.containsAll(table().cuts().keySet()), table().cuts().keySet().toString());
        }
    }

    @Test
    void a_line_that_is_no_cut_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Cuts.read(List.of("WithoutTls | TLS")));
    }

    private static Cuts.Table table() throws IOException {
        return Cuts.read(Files.readAllLines(TABLE));
    }

    private void jar(String name, String type, String named) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            jar.putNextEntry(new JarEntry(type + ".class"));
            jar.write(classWith(type, named));
        }
    }

    private static byte[] classWith(String type, String named) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, type, null, "java/lang/Object", null);
        writer.newClass(named);
        writer.visitEnd();
        return writer.toByteArray();
    }
}
