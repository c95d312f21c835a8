package org.bakedpage.nativeimage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The toolchain under test. */
final class Toolchain {

    static final Duration LAUNCH_LIMIT = Duration.ofMinutes(1);
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);
    private static Path home;

    private Toolchain() {
    }

    /** With what is needed for AArch64. Made first if there is none; never a reason to skip: a toolchain that is not tested is not known to work. */
    static Path home() {
        if (home == null) {
            Execution found = Execution.of(List.of("toolchain/native-image-home", "--target=linux-aarch64"), Path.of("").toAbsolutePath(),
                    System.getenv(), BUILD_LIMIT);
            if (found.exitCode() != 0) {
                throw new AssertionError(found);
            }
            home = Path.of(found.output().strip());
        }
        return home;
    }

    /** Of the image builder, by the name of its folder. */
    static String version() {
        return home().getFileName().toString().split("-")[2];
    }

    static String nativeImage() {
        return home().resolve("bin/native-image").toString();
    }

    /** A run that ends before an image is built. */
    static Execution launch(Path folder, Map<String, String> variables, List<String> arguments) {
        return Execution.of(command(arguments), folder, variables, LAUNCH_LIMIT);
    }

    static Execution build(Path folder, List<String> arguments) {
        return Execution.of(command(arguments), folder, Map.of("HOME", folder.toString()), BUILD_LIMIT);
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(nativeImage()));
        command.addAll(arguments);
        return command;
    }
}
