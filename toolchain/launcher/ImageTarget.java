package org.bakedpage.nativeimage;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is built, from which class, into which file.
 *
 * @param module empty for a class of the class path
 * @param mainClass empty for a library, or where the module names it
 */
record ImageTarget(String module, String mainClass, Path folder, String name) {

    /** With these the builder prints something and makes no image. */
    private static final Set<String> QUERIES =
            Set.of("PrintFlags", "PrintFlagsWithExtraHelp", "ListModules", "ListCPUFeatures");

    static ImageTarget of(BuildRequest request) {
        Deque<String> names = new ArrayDeque<>(request.names);
        String[] module = request.module == null ? new String[] {""} : request.module.split("/", 2);
        String moduleName = request.valueOf("Module").orElse(module[0]);
        String mainClass = mainClass(request, module, names);
        String positionalName = names.poll();
        if (!names.isEmpty()) {
            throw new UsageError("one name too many: %s", String.join(" ", names));
        }
        String name = BuildRequest.lastValue(request.userOptions(), "Name")
                .orElse(positionalName != null ? positionalName
                        : request.valueOf("Name").orElseGet(() -> defaultName(request, moduleName, mainClass)));
        Path file = Path.of(request.valueOf("Path").orElse("")).resolve(name).toAbsolutePath().normalize();
        return new ImageTarget(moduleName, mainClass, file.getParent(), file.getFileName().toString());
    }

    private static String mainClass(BuildRequest request, String[] module, Deque<String> names) {
        String option = request.valueOf("Class").orElse(null);
        if (option != null) {
            return option;
        }
        if (request.jar != null) {
            return isLibrary(request) && !request.jar.hasMainClass() ? "" : request.jar.mainClass();
        }
        if (!module[0].isEmpty()) {
            return module.length > 1 ? module[1] : "";
        }
        if (names.isEmpty() && !isQuery(request) && !isLibrary(request)) {
            throw new UsageError("no main class is given: native-image [options] <class> [<image>],"
                    + " or -jar <file>, or -m <module>; --help lists the options");
        }
        return names.isEmpty() ? "" : names.pop();
    }

    private static String defaultName(BuildRequest request, String module, String mainClass) {
        if (request.jar != null) {
            return request.jar.jar().getFileName().toString().replaceFirst("(?i)\\.(jar|zip)$", "");
        }
        String name = mainClass.isEmpty() ? module : mainClass;
        if (name.isEmpty()) {
            if (isQuery(request)) {
                return "none";
            }
            throw new UsageError("a library without a main class needs a name: -o <name>");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    static boolean isQuery(BuildRequest request) {
        return request.has(option -> QUERIES.contains(option.name()) && !"-".equals(option.sign()));
    }

    private static boolean isLibrary(BuildRequest request) {
        return request.has(option -> option.isSwitchedOn("SharedLibrary"));
    }

    List<HostedOption> options() {
        return List.of(
                HostedOption.ofLauncher("Path", folder),
                HostedOption.ofLauncher("Name", name),
                HostedOption.ofLauncher("Class", mainClass),
                HostedOption.ofLauncher("Module", module));
    }
}
