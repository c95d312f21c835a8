package org.bakedpage.nativeimage;

import com.oracle.svm.core.SubstrateOptions;
import com.oracle.svm.core.util.ExitStatus;
import com.oracle.svm.hosted.util.CPUType;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The native-image command: reads the command line and the metadata on the class path, and runs the image builder.
 * Exits with the builder's code, or with 20 for a command line that cannot be served.
 */
final class Main {

    private static final Set<String> HELP = Set.of("--help", "-help", "-h", "-?");
    private static final Set<String> HELP_EXTRA = Set.of("--help-extra", "-X");
    private static final Set<String> VERSION = Set.of("--version", "-version");

    private Main() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        int exitCode;
        try {
            exitCode = run(CommandLine.of(arguments, System.getenv(SubstrateOptions.NATIVE_IMAGE_OPTIONS_ENV_VAR)));
        } catch (UsageError | CommandLine.EnvironmentError e) {
            System.err.println("Error: " + e.getMessage());
            exitCode = ExitStatus.DRIVER_ERROR.getValue();
        } catch (IOException e) {
            System.err.println("Error: cannot start the image builder: " + e.getMessage());
            exitCode = ExitStatus.DRIVER_TO_BUILDER_ERROR.getValue();
        }
        System.exit(exitCode);
    }

    private static int run(List<String> arguments) throws IOException, InterruptedException {
        if (arguments.stream().anyMatch(VERSION::contains)) {
            System.out.print(Version.text());
            return ExitStatus.OK.getValue();
        }
        ApiOptions apiOptions = ApiOptions.ofBuilder();
        boolean extra = arguments.stream().anyMatch(HELP_EXTRA::contains);
        if (extra || arguments.stream().anyMatch(HELP::contains)) {
            System.out.print(Help.text(apiOptions, extra));
            return ExitStatus.OK.getValue();
        }
        return build(arguments, apiOptions);
    }

    private static int build(List<String> arguments, ApiOptions apiOptions) throws IOException, InterruptedException {
        BuildRequest request = new BuildRequest();
        OptionParser parser = new OptionParser(apiOptions, request);
        parser.parse(arguments, Origin.USER);
        if (request.valueOf("MicroArchitecture").filter("list"::equals).isPresent()) {
            CPUType.printList();
            return ExitStatus.OK.getValue();
        }
        if (request.classPath.isEmpty() && request.modulePath.isEmpty()) {
            request.classPath.addAll(".");
        }
        new ImageMetadata(request, parser).readAll();
        ImageTarget target = ImageTarget.of(request);
        TargetPlatform platform = TargetPlatform.of(Home.current(), request);
        for (HostedOption option : parser.lockedExperimentalOptions()) {
            System.err.println("Warning: " + option.toText() + " is experimental: precede it with "
                    + "-H:+UnlockExperimentalVMOptions, for a later release may require that");
        }
        BuilderCommand command = BuilderCommand.of(Home.current(), request, target, platform);
        if (request.verbose || request.dryRun) {
            System.out.println(command.toShell());
        }
        if (request.dryRun) {
            return ExitStatus.OK.getValue();
        }
        Map<String, String> environment = new HashMap<>(platform.environment());
        environment.putAll(request.environment);
        return new BuilderProcess(command, environment).run();
    }
}
