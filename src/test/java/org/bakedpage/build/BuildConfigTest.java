package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildConfigTest {

    @Test
    void a_setting_of_the_profile_is_ahead_as_in_quarkus(@TempDir Path classes) throws IOException {
        Files.writeString(classes.resolve("application.properties"), "a=1\n%prod.a=2\n%dev.a=3\n%dev.b=4\n");
        BuildConfig config = BuildConfig.of(classes);
        assertEquals(Optional.of("2"), config.value("a"));
        assertEquals(Optional.empty(), config.value("b"));
    }
}
