package org.bakedpage.nativeimage;

import com.oracle.svm.core.SubstrateOptions;
import com.oracle.svm.hosted.util.JDKArgsUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All arguments of a run: those of the environment first, argument files expanded. */
final class CommandLine {

    private static final String NO_MORE_FILES = "--disable-@files";

    private CommandLine() {
    }

    static List<String> of(String[] arguments, String environmentOptions) {
        List<String> all = new ArrayList<>();
        if (environmentOptions != null) {
            all.addAll(JDKArgsUtils.parseArgsFromEnvVar(
                    environmentOptions, SubstrateOptions.NATIVE_IMAGE_OPTIONS_ENV_VAR, EnvironmentError::new));
        }
        boolean expanding = true;
        for (String argument : arguments) {
            if (!expanding || !argument.startsWith("@")) {
                expanding &= !argument.equals(NO_MORE_FILES);
                all.add(argument);
            } else if (argument.startsWith("@@")) {
                all.add(argument.substring(1));
            } else {
                all.addAll(ArgumentFile.read(Path.of(argument.substring(1))));
            }
        }
        all.removeIf(NO_MORE_FILES::equals);
        return all;
    }

    /** What the parser of the environment's options throws must be an Error. */
    static final class EnvironmentError extends Error {

        EnvironmentError(String message) {
            super(message, null, false, false);
        }
    }
}
