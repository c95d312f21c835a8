package org.bakedpage.nativeimage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The toolchain's folder: a JDK's, with the builder's own files in it. */
record Home(Path folder) {

    private static final Pattern SVM = Pattern.compile("svm-([0-9.]+)[.]jar");

    /** The launcher runs on the JDK of its own home. */
    static Home current() {
        return new Home(Path.of(System.getProperty("java.home")));
    }

    Path java() {
        return folder.resolve("bin/java");
    }

    /** The compiler takes the place of a module of the JDK itself, so it is not on the module path but before it. */
    Path compilerModule() {
        return builderJars().stream()
                .filter(Home::isCompiler)
                .findFirst()
                .orElseThrow(() -> new UsageError("%s holds no compiler*.jar: make the toolchain anew", builderFolder()));
    }

    /** Of svm-VERSION.jar. */
    String builderVersion() {
        return builderJars().stream()
                .map(jar -> SVM.matcher(jar.getFileName().toString()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElseThrow(() -> new UsageError("%s holds no svm-*.jar: make the toolchain anew", builderFolder()));
    }

    List<Path> builderModules() {
        return builderJars().stream().filter(jar -> !isCompiler(jar)).toList();
    }

    /** The archives and headers that go with a C library. */
    Path clibraries(String libc) {
        Path folder = this.folder.resolve("lib/svm/clibraries").resolve(libc);
        if (!Files.isDirectory(folder)) {
            throw new UsageError("--libc=%s: the toolchain has no such C library; it has glibc and musl", libc);
        }
        return folder;
    }

    private List<Path> builderJars() {
        return ClassPath.jarsIn(builderFolder());
    }

    private Path builderFolder() {
        return folder.resolve("lib/svm/builder");
    }

    private static boolean isCompiler(Path jar) {
        return jar.getFileName().toString().startsWith("compiler");
    }
}
