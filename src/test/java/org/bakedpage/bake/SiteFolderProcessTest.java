package org.bakedpage.bake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bakedpage.RequestPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a process of its own, for a JVM has one locale and one user. */
class SiteFolderProcessTest {

    private static final String NOBODY = "65534";

    @TempDir
    private Path temporary;

    @BeforeEach
    void make_a_site_that_everybody_may_read() throws Exception {
        for (Class<?> own : List.of(SiteFolder.class, RequestPath.class, SiteFolderProcessTest.class)) {
            String folder = own.getPackageName().replace('.', '/');
            Path classes = Files.createDirectories(temporary.resolve("classes").resolve(folder));
            Path compiled = Path.of(own.getProtectionDomain().getCodeSource().getLocation().toURI()).resolve(folder);
            try (Stream<Path> files = Files.list(compiled)) {
                for (Path file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(".class"))::iterator) {
                    Files.copy(file, classes.resolve(file.getFileName().toString()));
                }
            }
        }
        shell("mkdir -p site/menü; echo é > site/café.html; echo a > site/menü/a.html; chmod -R a+rX .");
    }

    private String shell(String script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).directory(temporary.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return output(builder);
    }

    private static String output(ProcessBuilder builder) throws Exception {
        Path output = Files.createTempFile("output", ".txt");
        Process process = builder.redirectOutput(output.toFile()).start();
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it takes longer than 30 s");
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    private String list(String locale, List<String> prefix) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xshare:auto", "-cp", "classes",
                ListFolder.class.getName(), "site"));
        ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", locale);
        return output(builder);
    }

    @ParameterizedTest
    @ValueSource(strings = { "C", "C.UTF-8", "de_DE.ISO-8859-1", "ja_JP.eucJP" })
    void a_name_is_the_same_in_every_locale(String locale) throws Exception {
        assertEquals("/café.html 3\n/menü/a.html 2\n", list(locale, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = { "C", "C.UTF-8" })
    void a_name_that_is_not_utf_8_is_refused(String locale) throws Exception {
        shell("echo x > site/menü/caf$'\\xe9'.html");
        String refusal = list(locale, List.of());
        assertTrue(refusal.endsWith("/men%C3%BC/caf%E9.html: its name is not UTF-8 (percent-encoded here): rename it\n"), refusal);
        assertEquals(1, refusal.lines().count());
    }

    /** Root reads everything. */
    @ParameterizedTest
    @ValueSource(strings = { "site/café.html", "site/menü" })
    void what_the_user_may_not_read_is_an_error_that_names_it(String file) throws Exception {
        shell("chmod 000 " + file);
        boolean root = shell("id -u").equals("0\n");
        String refusal = list("C.UTF-8", root ? List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups") : List.of());
        assertTrue(refusal.startsWith(file.substring("site".length())) && refusal.contains(": cannot be read: "), refusal);
        assertEquals(1, refusal.lines().count());
        shell("chmod 755 " + file);
    }

    /** Prints what a folder has. */
    static final class ListFolder {

        private ListFolder() {
        }

        public static void main(String... arguments) throws IOException {
            StringBuilder text = new StringBuilder();
            try {
                SiteFolder.of(Path.of(arguments[0]), List.of()).files().forEach(file -> text.append(file.path()).append(' ')
                        .append(file.content().length).append('\n'));
            } catch (IllegalArgumentException e) {
                text.append(e.getMessage()).append('\n');
            }
            System.out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        }
    }
}
