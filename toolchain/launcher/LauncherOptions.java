package org.bakedpage.nativeimage;

import static org.bakedpage.nativeimage.LauncherOption.Form.FLAG;
import static org.bakedpage.nativeimage.LauncherOption.Form.OPTIONAL_VALUE;
import static org.bakedpage.nativeimage.LauncherOption.Form.PREFIX;
import static org.bakedpage.nativeimage.LauncherOption.Form.TWO_VALUES;
import static org.bakedpage.nativeimage.LauncherOption.Form.VALUE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The options that are the launcher's own, not the builder's. */
final class LauncherOptions {

    private static final String DEFAULT_DEBUG_ADDRESS = "localhost:8000";

    static final List<LauncherOption> ALL = List.of(
            new LauncherOption(VALUE, List.of("-cp", "-classpath", "--class-path"), "-cp <path>", false,
                    "Folders and JARs with the program's classes, separated by ':'. Default: the current folder.",
                    (request, values, origin) -> request.classPath.addAll(values.getFirst())),
            new LauncherOption(VALUE, List.of("-p", "--module-path"), "-p <path>", false,
                    "Modules, and folders of modules, separated by ':'.",
                    (request, values, origin) -> request.modulePath.addAll(values.getFirst())),
            new LauncherOption(VALUE, List.of("-jar"), "-jar <file>", false,
                    "The JAR whose manifest names the main class and the class path.",
                    (request, values, origin) -> jar(request, Path.of(values.getFirst()))),
            new LauncherOption(VALUE, List.of("-m", "--module"), "-m <module>[/<class>]", false,
                    "The module with the main class, and that class unless the module names it.",
                    (request, values, origin) -> request.module = values.getFirst()),
            new LauncherOption(VALUE, List.of("--add-modules"), "--add-modules <module>[,<module>...]", false,
                    "More root modules.",
                    (request, values, origin) -> request.addedModules.addAll(list(values.getFirst()))),
            new LauncherOption(VALUE, List.of("--limit-modules"), "--limit-modules <module>[,<module>...]", true,
                    "The only modules the image may observe.",
                    (request, values, origin) -> request.limitedModules.addAll(list(values.getFirst()))),
            new LauncherOption(PREFIX, List.of("-D"), "-D<name>=<value>", false,
                    "A system property while the image is built.",
                    (request, values, origin) -> request.addJvmArgument("-D" + values.getFirst(), origin)),
            new LauncherOption(PREFIX, List.of("-J"), "-J<flag>", false,
                    "A flag for the JVM that builds the image.",
                    (request, values, origin) -> request.addJvmArgument(values.getFirst(), origin)),
            new LauncherOption(PREFIX, List.of("-E"), "-E<name>[=<value>]", true,
                    "An environment variable to be seen while the image is built. Default: its present value.",
                    (request, values, origin) -> environment(request.environment, values.getFirst())),
            new LauncherOption(PREFIX, List.of("-V"), "-V<key>=<value>", true,
                    "The value of a placeholder ${key} in native-image.properties files.",
                    (request, values, origin) -> placeholder(request.placeholders, values.getFirst())),
            new LauncherOption(TWO_VALUES, List.of("--exclude-config"), "--exclude-config <entry> <resource>", true,
                    "Passes over metadata: two regular expressions, for the class path entry and for the resource.",
                    (request, values, origin) ->
                            request.excludedConfigs.add(ExcludedConfig.of(values.getFirst(), values.getLast()))),
            new LauncherOption(FLAG, List.of("--enable-preview"), "--enable-preview", false,
                    "Allows classes that use preview features of this release.",
                    (request, values, origin) -> request.addJvmArgument("--enable-preview", origin)),
            new LauncherOption(FLAG, List.of("--diagnostics-mode"), "--diagnostics-mode", false,
                    "Writes diagnostics (class initialization, substitutions ...) to a folder.",
                    (request, values, origin) -> request.add(HostedOption.switchedOnByLauncher("DiagnosticsMode"))),
            new LauncherOption(OPTIONAL_VALUE, List.of("--debug-attach"), "--debug-attach[=<[host:]port>]", true,
                    "Waits for a debugger to attach to the builder. Default: " + DEFAULT_DEBUG_ADDRESS + ".",
                    (request, values, origin) -> request.addJvmArgument(debugger(values), origin)),
            new LauncherOption(FLAG, List.of("--expert-options"), "--expert-options", true,
                    "Lists the builder's options for experts.",
                    (request, values, origin) -> printFlags(request, "PrintFlags", "User")),
            new LauncherOption(FLAG, List.of("--expert-options-all"), "--expert-options-all", true,
                    "Lists all of the builder's options, for those who work on it too.",
                    (request, values, origin) -> printFlags(request, "PrintFlags", "")),
            new LauncherOption(FLAG, List.of("--expert-options-detail"), "--expert-options-detail", true,
                    "Shows the long help of those options that have one.",
                    (request, values, origin) -> printFlags(request, "PrintFlagsWithExtraHelp", "*")),
            new LauncherOption(FLAG, List.of("--verbose"), "--verbose", false,
                    "Prints the builder's command line before it starts.",
                    (request, values, origin) -> request.verbose = true),
            new LauncherOption(FLAG, List.of("--dry-run"), "--dry-run", true,
                    "Prints the builder's command line and does not start it.",
                    (request, values, origin) -> request.dryRun = true));

    private LauncherOptions() {
    }

    private static void jar(BuildRequest request, Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new UsageError("-jar %s: there is no such file", jar);
        }
        request.jar = JarManifest.of(jar);
        request.jar.access().forEach(request::add);
        request.classPath.add(jar);
    }

    private static List<String> list(String value) {
        return List.of(value.split(","));
    }

    private static void environment(Map<String, String> environment, String variable) {
        int equals = variable.indexOf('=');
        String name = equals < 0 ? variable : variable.substring(0, equals);
        String value = equals < 0 ? System.getenv(name) : variable.substring(equals + 1);
        if (value != null) {
            environment.put(name, value);
        }
    }

    private static void placeholder(Map<String, String> placeholders, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new UsageError("-V%s needs a key and a value: -V<key>=<value>", assignment);
        }
        placeholders.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }

    private static String debugger(List<String> values) {
        String address = values.isEmpty() ? DEFAULT_DEBUG_ADDRESS : values.getFirst();
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=" + address;
    }

    private static void printFlags(BuildRequest request, String option, String value) {
        request.add(HostedOption.parse(HostedOption.HOSTED + option + "=" + value, Origin.LAUNCHER));
        request.add(HostedOption.parse(HostedOption.RUNTIME + option + "=" + value, Origin.LAUNCHER));
    }
}
