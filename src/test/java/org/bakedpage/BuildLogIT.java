package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SECURITY: what a build prints is kept, and read by others than who may know a registry's password. */
class BuildLogIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String SECRET = "open-sesame";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            initialize -Pnative                                            | find-or-make-native-image
            initialize -Pnative,packed,push                                | find-upx
            package -Pnative -DskipTests                                   | write-the-sbom
            compile exec:java@publish -Pnative -Dimage=127.0.0.1:1/page:1  | publish
            """)
    void has_no_secrets(String command, String step) throws IOException {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.add("-Dquarkus.container-image.password=" + SECRET);
        words.add("-Dother.token=" + SECRET);
        try (ProjectCopy project = new ProjectCopy(); BuilderStandIn standIn = new BuilderStandIn(Path.of("/bin/true"))) {
            Command.Result build = project.maven(words.toArray(String[]::new)).within(LIMIT)
                    .with(Map.of("GRAALVM_HOME", standIn.home(), "QUARKUS_CONTAINER_IMAGE_PASSWORD", SECRET, "OTHER_TOKEN", SECRET))
                    .run();
            String log = build.out() + build.err();
            assertTrue(log.contains("(" + step + ")"), log);
            assertFalse(log.contains(SECRET) || log.contains("clashes"), log);
        }
    }
}
