package org.bakedpage.nativeimage;

import java.util.ArrayList;
import java.util.List;

/** The texts of {@code --help} and {@code --help-extra}. */
final class Help {

    private static final int INDENT = 4;
    private static final int WIDTH = 110;

    private static final String USAGE = """
            Compiles a Java program to a native executable.

            Usage: native-image [options] <class> [<image>]
                   native-image [options] -jar <file> [<image>]
                   native-image [options] -m <module>[/<class>] [<image>]
                   native-image [options] --shared -o <image>

            Options may also stand in files, given as @<file>, and in the environment variable NATIVE_IMAGE_OPTIONS.
            """;

    private final List<String> lines = new ArrayList<>();

    private Help() {
    }

    static String text(ApiOptions apiOptions, boolean extra) {
        Help help = new Help();
        if (!extra) {
            help.lines.add(USAGE);
        }
        help.lines.add(extra ? "Options of the launcher that few need:" : "Options of the launcher:");
        LauncherOptions.ALL.stream()
                .filter(option -> option.extra() == extra)
                .forEach(option -> help.add(otherNames(option) + option.usage(), option.help()));
        if (extra) {
            help.add("-H:<name>=<value>, -H:+<name>, -H:-<name>", "An option of the builder for experts.");
            help.add("-R:<name>=<value>, -R:+<name>, -R:-<name>", "An initial value for an option of the image.");
        } else {
            help.add("--version", "Prints the version.");
            help.add("--help, --help-extra", "Prints this help, or that for the options which few need.");
        }
        help.lines.add("\nOptions of the image builder:");
        apiOptions.single().stream()
                .filter(option -> option.isShownInHelp(extra))
                .forEach(option -> help.add(option.usage(), option.help()));
        apiOptions.grouped().forEach((group, options) -> {
            if (options.stream().anyMatch(option -> option.isShownInHelp(extra))) {
                help.lines.add("\n" + group + "<value>: " + options.getFirst().group().helpText());
                options.forEach(option -> help.add(group + option.usage(), option.help()));
            }
        });
        return String.join("\n", help.lines) + "\n";
    }

    private static String otherNames(LauncherOption option) {
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            if (!option.usage().startsWith(name)) {
                names.append(name).append(", ");
            }
        }
        return names.toString();
    }

    private void add(String usage, String help) {
        lines.add(" ".repeat(INDENT) + usage);
        StringBuilder line = new StringBuilder();
        for (String word : help.split("\\s+")) {
            if (line.length() + word.length() > WIDTH - 3 * INDENT) {
                lines.add(" ".repeat(3 * INDENT) + line.toString().strip());
                line.setLength(0);
            }
            line.append(word).append(' ');
        }
        lines.add(" ".repeat(3 * INDENT) + line.toString().strip());
    }
}
