package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Inputs that searches have found interesting, each tried again. With -Dfuzz.minutes, for all targets together, Jazzer looks for others, in
 * a JVM of its own: its instrumentation is nothing for other tests.
 */
class FuzzTest {

    private static final int MINUTES = Integer.getInteger("fuzz.minutes", 0);
    private static final Path FOUND = Containers.PROJECT.resolve("target/fuzz");
    private static final Path KEPT = Containers.PROJECT.resolve("src/test/resources/org/bakedpage/FuzzTestInputs");
    private static final int MAX_SECONDS_FOR_ONE = 10;
    private static final int SHOWN = 4_000;
    private static final Duration START_AND_END = Duration.ofMinutes(2);

    @ParameterizedTest
    @EnumSource
    void what_was_found_before_keeps_the_rules(FuzzTarget target) throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(KEPT.resolve(target.lowerCase()))) {
            inputs = files.sorted().toList();
        }
        assertTrue(inputs.size() > 1, target + " has no inputs");
        for (Path input : inputs) {
            byte[] bytes = Files.readAllBytes(input);
            assertDoesNotThrow(() -> target.check(bytes), () -> input + ": " + new String(bytes, ISO_8859_1));
        }
        target.seeds().forEach(seed -> assertDoesNotThrow(() -> target.check(seed.getBytes(ISO_8859_1)), seed));
        target.check(new byte[0]);
    }

    /** What breaks a rule is left in the folder of its target as crash-… or timeout-…. */
    @TestFactory
    Stream<DynamicTest> a_search_finds_nothing_that_breaks_a_rule() {
        FuzzTarget[] targets = MINUTES == 0 ? new FuzzTarget[0] : FuzzTarget.values();
        int seconds = MINUTES * 60 / FuzzTarget.values().length;
        return Stream.of(targets).map(target -> DynamicTest.dynamicTest(target.name(), () -> search(target, seconds)));
    }

    private static void search(FuzzTarget target, int seconds) throws IOException {
        Path found = Files.createDirectories(FOUND.resolve(target.lowerCase()));
        Path corpus = Files.createDirectories(found.resolve("corpus"));
        for (int i = 0; i < target.seeds().size(); i++) {
            Files.write(corpus.resolve("seed-" + i), target.seeds().get(i).getBytes(ISO_8859_1));
        }
        Command jazzer = new Command(Command.JAVA,
                "-XX:+EnableDynamicAgentLoading", "-Xmx1g", "-cp", classPath(), "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzTarget.class.getName(), "--target_args=" + target, "--mutator_framework=false",
                "--instrumentation_includes=org.bakedpage.**:io.netty.handler.codec.**:io.vertx.core.http.impl.**",
                "--custom_hook_includes=org.bakedpage.**", "--reproducer_path=" + found, "-artifact_prefix=" + found + "/",
                "-max_total_time=" + seconds, "-timeout=" + MAX_SECONDS_FOR_ONE, "-max_len=" + target.maxLength(), "-print_final_stats=1",
                corpus.toString(), KEPT.resolve(target.lowerCase()).toString());
        Command.Result result = jazzer.within(Duration.ofSeconds(seconds).plus(START_AND_END)).run();
        Files.writeString(found.resolve("log"), jazzer + "\n" + result.out() + result.err());
        assertEquals(0, result.exitCode(), () -> jazzer + "\n" + end(result.err()));
        System.out.println(target + ": " + result.err().lines().filter(line -> line.startsWith("Done ")).findFirst().orElseThrow());
    }

    /** Without JUnit's launcher, which Jazzer would ask for a test. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("junit-platform-launcher")).collect(Collectors.joining(File.pathSeparator));
    }

    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - SHOWN));
    }
}
