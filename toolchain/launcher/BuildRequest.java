package org.bakedpage.nativeimage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the command line, and after it the metadata on the class path, ask for. */
final class BuildRequest {

    final ClassPath classPath = new ClassPath();
    final ModulePath modulePath = new ModulePath();
    final Set<String> addedModules = new LinkedHashSet<>();
    final Set<String> limitedModules = new LinkedHashSet<>();
    final List<ExcludedConfig> excludedConfigs = new ArrayList<>();
    final Map<String, String> placeholders = new LinkedHashMap<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    final List<String> names = new ArrayList<>();
    JarManifest jar;
    String module;
    boolean verbose;
    boolean dryRun;

    private final List<HostedOption> metadataOptions = new ArrayList<>();
    private final List<HostedOption> userOptions = new ArrayList<>();
    private final List<String> metadataJvmArguments = new ArrayList<>();
    private final List<String> userJvmArguments = new ArrayList<>();

    void add(HostedOption option) {
        (option.origin().isUser() ? userOptions : metadataOptions).add(option);
    }

    void addJvmArgument(String argument, Origin origin) {
        (origin.isUser() ? userJvmArguments : metadataJvmArguments).add(argument);
    }

    /** The user's last: where an option holds one value, the builder takes the last. */
    List<HostedOption> options() {
        return Stream.concat(metadataOptions.stream(), userOptions.stream()).toList();
    }

    List<String> jvmArguments() {
        return Stream.concat(metadataJvmArguments.stream(), userJvmArguments.stream()).toList();
    }

    List<HostedOption> userOptions() {
        return userOptions;
    }

    boolean has(Predicate<HostedOption> condition) {
        return options().stream().anyMatch(condition);
    }

    Optional<String> valueOf(String option) {
        return lastValue(options(), option);
    }

    static Optional<String> lastValue(List<HostedOption> options, String name) {
        return options.stream()
                .filter(option -> option.isHosted() && option.name().equals(name) && option.value() != null)
                .map(HostedOption::value)
                .reduce((earlier, later) -> later);
    }

    /** Class path and module path entries alike may hold metadata. */
    List<Path> entries() {
        return Stream.concat(classPath.entries().stream(), modulePath.modules().stream()).toList();
    }
}
