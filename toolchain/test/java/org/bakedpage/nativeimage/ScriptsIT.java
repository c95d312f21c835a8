package org.bakedpage.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests that are not written in Java: of the shim in C, of the commands in shell. */
class ScriptsIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @ParameterizedTest
    @ValueSource(strings = { "toolchain/shim/test/run", "toolchain/test/commands", "toolchain/test/archive" })
    void a_script_passes_every_check(String script) {
        Execution run = Execution.of(List.of("bash", script, Toolchain.home().toString()), Path.of("").toAbsolutePath(), Map.of(), LIMIT);
        assertEquals(0, run.exitCode(), run::toString);
        String last = run.output().strip().lines().reduce((before, line) -> line).orElse("");
        assertTrue(last.matches("[1-9][0-9]* passed, 0 failed"), run::toString);
    }
}
