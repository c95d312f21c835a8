package org.bakedpage.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command that the launcher would run.
 *
 * @param jvm the JVM's arguments
 * @param image the builder's
 */
record DryRun(List<String> jvm, List<String> image) {

    private static final String CONTINUED = " \\";

    static DryRun of(Path folder, Map<String, String> variables, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("--dry-run"));
        all.addAll(arguments);
        Execution execution = Toolchain.launch(folder, variables, all);
        assertEquals(0, execution.exitCode(), execution::toString);
        assertEquals("", execution.errors(), execution::toString);
        List<String> command = parse(execution.output());
        int module = command.indexOf(
                "--module=org.graalvm.nativeimage.builder/com.oracle.svm.hosted.NativeImageGeneratorRunner");
        return new DryRun(command.subList(1, module), command.subList(module + 1, command.size()));
    }

    /** An argument per line, quoted for a shell. */
    private static List<String> parse(String shell) {
        List<String> arguments = new ArrayList<>();
        for (String line : shell.split("\n")) {
            String word = line.endsWith(CONTINUED) ? line.substring(0, line.length() - CONTINUED.length()) : line;
            arguments.add(word.startsWith("'")
                    ? word.substring(1, word.length() - 1).replace("'\\''", "'")
                    : word);
        }
        return arguments;
    }

    /** The value of -imagecp or -imagemp. */
    String path(String option) {
        int position = image.indexOf(option);
        return position < 0 ? "" : image.get(position + 1);
    }

    /** What the launcher did not add of itself. */
    List<String> userOptions() {
        return image.stream().filter(argument -> argument.matches("-[HR]:.*@(?!driver).*")).toList();
    }

    /** The image's class, name, folder and module. */
    String target() {
        return value("Class") + " " + value("Name") + " " + value("Path") + " " + value("Module");
    }

    private String value(String option) {
        String start = "-H:" + option + "@driver=";
        return image.stream()
                .filter(argument -> argument.startsWith(start))
                .map(argument -> argument.substring(start.length()))
                .reduce((first, second) -> first + "," + second)
                .orElse("none");
    }
}
