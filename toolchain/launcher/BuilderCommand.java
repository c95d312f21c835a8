package org.bakedpage.nativeimage;

import com.oracle.svm.core.SubstrateOptions;
import com.oracle.svm.util.ModuleSupport;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command that runs the builder.
 *
 * @param jvm the JVM with its arguments, up to the builder's module
 * @param image the builder's arguments
 */
record BuilderCommand(List<String> jvm, List<String> image) {

    private static final String MAIN =
            "org.graalvm.nativeimage.builder/com.oracle.svm.hosted.NativeImageGeneratorRunner";

    /** Options the launcher computes from what the user gave. */
    private static final Set<String> TARGET_OPTIONS = Set.of("Path", "Name", "Class", "Module");

    private static final List<String> FIXED_JVM_ARGUMENTS = List.of(
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:+EnableJVMCI",
            "-XX:-UseJVMCICompiler",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xss10m",
            "-Xshare:off",
            // Lambdas and reflection must leave no state of the building VM behind that would end up in the image.
            "-Djdk.internal.lambda.disableEagerInitialization=true",
            "-Djdk.reflect.useNativeAccessorOnly=true",
            "-Djava.system.class.loader=com.oracle.svm.hosted.NativeImageSystemClassLoader",
            "-Dcom.oracle.graalvm.isaot=true",
            "-Dorg.graalvm.nativeimage.imagecode=buildtime",
            "-Dorg.graalvm.version=" + Version.GRAALVM,
            "-Dorg.graalvm.vendorversion=" + Version.VENDOR);

    static BuilderCommand of(Home home, BuildRequest request, ImageTarget target, TargetPlatform platform) {
        return new BuilderCommand(jvmArguments(home, request, platform), imageArguments(request, target, platform));
    }

    private static List<String> jvmArguments(Home home, BuildRequest request, TargetPlatform platform) {
        List<String> arguments = new ArrayList<>();
        arguments.add(home.java().toString());
        arguments.addAll(FIXED_JVM_ARGUMENTS);
        if (request.jvmArguments().stream().noneMatch(argument -> argument.matches("-XX:\\+Use\\w+GC"))) {
            arguments.add("-XX:+UseParallelGC");
        }
        arguments.addAll(MemoryLimit.jvmArguments());
        arguments.addAll(JdkAccess.jvmArguments());
        arguments.add("--upgrade-module-path=" + home.compilerModule());
        arguments.add("--module-path=" + joined(home.builderModules(), ":"));
        addModules(arguments, request);
        arguments.addAll(platform.jvmArguments());
        arguments.addAll(request.jvmArguments());
        arguments.add("--module=" + MAIN);
        return arguments;
    }

    /** Modules of the image's own module path are unknown to the builder's VM; the builder finds them itself. */
    private static void addModules(List<String> arguments, BuildRequest request) {
        Stream<String> known = request.addedModules.stream()
                .filter(module -> ModuleFinder.ofSystem().find(module).isPresent());
        arguments.add("--add-modules=" + joined(Stream.concat(
                Stream.of(ModuleSupport.MODULE_SET_ALL_DEFAULT), known).toList(), ","));
        if (!request.addedModules.isEmpty()) {
            arguments.add("-D" + ModuleSupport.PROPERTY_IMAGE_EXPLICITLY_ADDED_MODULES + "="
                    + joined(request.addedModules, ","));
        }
        if (!request.limitedModules.isEmpty()) {
            arguments.add("-D" + ModuleSupport.PROPERTY_IMAGE_EXPLICITLY_LIMITED_MODULES + "="
                    + joined(request.limitedModules, ","));
        }
    }

    private static List<String> imageArguments(BuildRequest request, ImageTarget target, TargetPlatform platform) {
        List<String> arguments = new ArrayList<>();
        if (!request.classPath.isEmpty()) {
            arguments.addAll(List.of(SubstrateOptions.IMAGE_CLASSPATH_PREFIX, request.classPath.toString()));
        }
        if (!request.modulePath.isEmpty()) {
            arguments.addAll(List.of(SubstrateOptions.IMAGE_MODULEPATH_PREFIX, request.modulePath.toString()));
        }
        List<HostedOption> options = new ArrayList<>(platform.options());
        // The fallback that the builder would ask for is a JVM's launcher, no native image.
        options.add(HostedOption.ofLauncher("FallbackThreshold", SubstrateOptions.NoFallback));
        options.addAll(target.options());
        request.options().stream()
                .filter(option -> !option.isHosted() || !TARGET_OPTIONS.contains(option.name()))
                .forEach(options::add);
        options.stream().map(HostedOption::toArgument).forEach(arguments::add);
        // The same for the same arguments, so that it makes no difference between two builds.
        UUID id = UUID.nameUUIDFromBytes(String.join("\0", arguments).getBytes(StandardCharsets.UTF_8));
        arguments.add(HostedOption.ofLauncher("ImageBuildID", id).toArgument());
        return arguments;
    }

    private static String joined(Iterable<?> values, String separator) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.toString()));
        return String.join(separator, texts);
    }

    /** For a shell, an argument per line. */
    String toShell() {
        return Stream.concat(jvm.stream(), image.stream())
                .map(BuilderCommand::quoted)
                .collect(Collectors.joining(" \\\n"));
    }

    private static String quoted(String argument) {
        return argument.matches("[\\w@%+=:,./-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
