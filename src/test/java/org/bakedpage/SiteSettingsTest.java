package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bakedpage.build.BuildConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteSettingsTest {

    @TempDir
    private Path classes;

    private void check(String line) throws IOException {
        Files.writeString(classes.resolve("application.properties"), line + "\n");
        SiteSettings.check(BuildConfig.builder(classes).build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            site.fallbak=/index.html         | site.fallbak: unknown setting
            site.cache.htm=no-cache          | site.cache.htm: unknown setting
            site.media-types=text/x          | site.media-types: unknown setting
            site.clean-urls=maybe            | site.clean-urls=maybe: give true or false
            site.fast-path=on                | site.fast-path=on: give true or false
            site.trailing-slash=never        | site.trailing-slash=never: give keep, add or drop
            site.check=fial                  | site.check=fial: give warn or fail
            site.check-links=yes             | site.check-links=yes: give warn, fail or ignore
            site.check-links=                | site.check-links=: give warn, fail or ignore
            %prod.site.check=fial            | site.check=fial: give warn or fail
            site.head-timeout=5x             | site.head-timeout=5x: give a time, such as 30s, from 100ms to 1h
            site.head-timeout=               | site.head-timeout has no value: give one, or leave it out
            site.answer-timeout=1ms          | site.answer-timeout=1ms: give a time, such as 30s, from 100ms to 1h
            site.cache.html=                 | site.cache.html has no value: give one, or leave it out
            site.fallback=${nowhere}         | site.fallback=${nowhere}: there is no such variable or setting
            """)
    void a_wrong_one_is_named_in_one_line(String line, String error) {
        assertEquals(error, assertThrows(RuntimeException.class, () -> check(line)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "site.fallback=", "site.clean-urls=true", "site.check=FAIL", "site.trailing-slash=add",
        "site.head-timeout=5s", "site.cache.immutable[0]=/a/*", "site.media-types.tar.x=text/x", "site.media-types.\"tar.x\"=text/x",
        "%dev.site.fallbak=x", "website.x=y", "site.check=${web-server.none:fail}", "site.previous=${web-server.none:}",
        "site.environment=" })
    void a_right_one_is_taken(String line) {
        assertDoesNotThrow(() -> check(line));
    }

    /** In a process of its own, for a JVM has one environment. A variable may be another program's, and its key need not lead back to it. */
    @Test
    void an_odd_variable_is_not_a_setting() {
        String folder = classes.toString();
        Command.Result bake = new Command(Command.JAVA, "-cp", System.getProperty("java.class.path"), "-Dsite.directory=" + folder,
                "org.bakedpage.Bake", folder, folder, folder)
                .with(Map.of("LC_ALL", "C.UTF-8", "SITE__", "1", "SITE_\u00c9", "1", "SITE_.x", "1",
                        "SITE_ENV_\u00c9", "1", "SITE_FOO", "1")).run();
        assertFalse(bake.out().contains("unknown setting"), bake.out());
        assertTrue(bake.out().contains("[site] total"), bake.out());
    }

    /** In a process of its own, for its properties are those of Maven's command line. What is written in a file is kept. */
    @Test
    void a_setting_of_a_start_that_a_build_does_not_keep_is_told() throws IOException {
        Files.writeString(classes.resolve("application.properties"), "site.fast-path=false\n");
        String folder = classes.toString();
        Command.Result bake = new Command(Command.JAVA, "-cp", System.getProperty("java.class.path"), "-Dsite.directory=" + folder,
                "-Dsite.metrics=true", "-Dsite.check-links=ignore", "org.bakedpage.Bake", folder, folder, folder)
                .with(Map.of("LC_ALL", "C.UTF-8", "SITE_MAX_CONNECTIONS", "7")).run();
        assertEquals(List.of("[site] site.metrics=true: a build does not keep it; set SITE_METRICS at the start, "
                + "or write it into application.properties"),
                bake.out().lines().filter(line -> line.contains("not keep")).toList());
    }

    @Test
    void a_coding_for_an_image_is_refused_before_anything_is_built_and_pushed() {
        String folder = classes.toString();
        Command.Result bake = new Command(Command.JAVA, "-cp", System.getProperty("java.class.path"), "-Dsite.directory=" + folder,
                "-Dweb-server.layer=brotli", "org.bakedpage.Bake", folder, folder, folder).with(Map.of("LC_ALL", "C.UTF-8")).run();
        assertTrue(bake.toString().contains("web-server.layer=brotli is neither gzip nor zstd"), bake.toString());
        assertFalse(bake.out().contains("[site] total"), bake.out());
    }

    /** In a process of its own, for a JVM has one locale. */
    @Test
    void a_folder_that_the_locale_cannot_name_is_told_with_the_remedy() {
        String folder = classes.toString();
        Command.Result bake = new Command(Command.JAVA, "-cp", System.getProperty("java.class.path"), "-Dsite.directory=/menü",
                "org.bakedpage.Bake", folder, folder, folder).with(Map.of("LC_ALL", "C")).run();
        assertTrue(bake.out().contains("site.directory=/men??: the locale has no such characters: set LC_ALL=C.UTF-8"), bake.out());
    }

    @Test
    void those_of_the_project_are_right() throws IOException {
        check(Files.readString(Path.of("src/main/resources/application.properties")));
    }
}
