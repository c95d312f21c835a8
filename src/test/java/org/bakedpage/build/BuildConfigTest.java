package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildConfigTest {

    @Test
    void a_setting_of_the_profile_is_ahead_as_in_quarkus(@TempDir Path classes) throws IOException {
        Files.writeString(classes.resolve("application.properties"), "a=1\n%prod.a=2\n%dev.a=3\n%dev.b=4\n");
        BuildConfig config = BuildConfig.of(classes);
        assertEquals(Optional.of("2"), config.value("a"));
        assertEquals(Optional.empty(), config.value("b"));
    }

    /** Quarkus has the extension that reads it, and this project has not. */
    @ParameterizedTest
    @ValueSource(strings = { "application.yaml", "application.yml" })
    void settings_that_nobody_reads_are_refused_with_the_remedy(String name, @TempDir Path classes) throws IOException {
        Files.writeString(classes.resolve(name), "site:\n  fallback: /index.html\n");
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> BuildConfig.of(classes));
        assertEquals(name + " is not read without Quarkus's extension for it: run ./mvnw quarkus:add-extension "
                + "-Dextensions=config-yaml, or move its settings to application.properties", refusal.getMessage());
    }
}
