package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A native build where there is no toolchain, and perhaps no bash. Of macOS, for a JVM that is told it is on Windows has no network. */
class OtherSystemsIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String SYSTEM = "-Dos.name=Mac OS X";
    private static final String CONTAINER_BUILD = "-Dquarkus.native.container-build=true";

    @Test
    void a_native_build_names_the_container_build_and_accepts_it() {
        try (ProjectCopy project = new ProjectCopy()) {
            Command.Result refused = project.maven("initialize", "-Pnative", SYSTEM).within(LIMIT).run();
            String log = refused.out() + refused.err();
            assertEquals(1, refused.exitCode(), log);
            assertTrue(log.contains("on Mac OS X let a container do it: run docker build -t web-server . or, but on Windows, add " + CONTAINER_BUILD), log);
            assertFalse(log.contains("toolchain:"), log);
            project.maven("initialize", "-Pnative", SYSTEM, CONTAINER_BUILD).within(LIMIT).succeed();
        }
    }
}
