package org.bakedpage.nativeimage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The toolchain under test. */
final class Toolchain {

    static final String HOME_PROPERTY = "native-image.home";
    static final Duration LAUNCH_LIMIT = Duration.ofMinutes(1);
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);

    private Toolchain() {
    }

    /** Never a reason to skip: a toolchain that is not tested is not known to work. */
    static Path home() {
        String home = System.getProperty(HOME_PROPERTY, "");
        if (home.isEmpty()) {
            throw new AssertionError("the system property " + HOME_PROPERTY + " is not set:"
                    + " it must name the folder that toolchain/make made, as in -D" + HOME_PROPERTY + "=<folder>");
        }
        Path folder = Path.of(home).toAbsolutePath();
        if (!Files.isExecutable(folder.resolve("bin/native-image"))) {
            throw new AssertionError(HOME_PROPERTY + "=" + home + " holds no bin/native-image: run toolchain/make");
        }
        return folder;
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
