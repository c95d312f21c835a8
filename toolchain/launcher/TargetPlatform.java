package org.bakedpage.nativeimage;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The operating system and architecture that an image is made for: the machine's own, or AArch64 on x86-64, for which
 * {@code make-aarch64} has added a folder to the home.
 *
 * @param folder what of the home is for it
 * @param archives the folder of archives and headers that go with the C library
 */
record TargetPlatform(String name, boolean isCrossCompiled, Path folder, Path archives, boolean isMusl) {

    private static final String AARCH64 = "linux-aarch64";
    private static final String HOST = "linux-" + System.getProperty("os.arch");
    private static final String MUSL = "musl";

    static TargetPlatform of(Home home, BuildRequest request) {
        String name = request.valueOf("TargetPlatform").orElse(HOST);
        String libc = request.valueOf("UseLibC").orElse("glibc");
        boolean isMusl = libc.equals(MUSL);
        if (name.equals(HOST)) {
            return new TargetPlatform(name, false, home.folder(), home.clibraries(libc), isMusl);
        }
        if (!name.equals(AARCH64)) {
            throw new UsageError("--target=%s: the toolchain on this machine makes images for %s", name,
                    HOST.equals(AARCH64) ? HOST : HOST + " and " + AARCH64);
        }
        if (!isMusl || !request.has(option -> option.isSwitchedOn("StaticExecutable"))) {
            throw new UsageError("--target=%s: on this machine with --static --libc=musl only", name);
        }
        Path folder = home.folder().resolve("aarch64");
        if (!Files.isDirectory(folder)) {
            throw new UsageError("--target=%s: the toolchain has nothing for it yet: run toolchain/native-image-home "
                    + "--target=%s", name, name);
        }
        return new TargetPlatform(name, true, folder, folder.resolve("clibraries").resolve(MUSL), isMusl);
    }

    /** What has to be said to the builder; what a user says comes later, and holds. */
    List<HostedOption> options() {
        List<HostedOption> options = new ArrayList<>();
        options.add(HostedOption.ofLauncher("CLibraryPath", archives));
        if (name.equals(AARCH64) && isMusl) {
            // for musl, the builder itself would look for x86_64-linux-musl-gcc
            options.add(HostedOption.ofLauncher("CCompilerPath", tools().resolve("aarch64-linux-musl-gcc")));
        }
        if (isCrossCompiled) {
            // for another platform the builder would read C's sizes and constants from a file, and not ask the compiler
            options.add(HostedOption.switchedOffByLauncher("UseCAPCache"));
        }
        return options;
    }

    List<String> jvmArguments() {
        return isCrossCompiled ? List.of("-Dsvm.targetPlatformOS=linux", "-Dsvm.targetPlatformArch=aarch64") : List.of();
    }

    /** The builder strips the image with the first objcopy on its path. */
    Map<String, String> environment() {
        return isCrossCompiled ? Map.of("PATH", tools() + File.pathSeparator + System.getenv("PATH")) : Map.of();
    }

    private Path tools() {
        return folder.resolve("bin");
    }
}
