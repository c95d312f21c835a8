package org.bakedpage.nativeimage;

import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The JDK's internals that the builder is let into, at link time and by reflection: opening a package exports it too.
 *
 * <p>{@code MODULES} are those whose concealed packages occur in the constant pools of the builder's classes,
 * of all 13 JARs. What the builder reaches in other modules it opens itself, through jdk.internal.module. By module name
 * and for these modules only: the VM takes no more than 1,000 {@code --add-opens}.
 */
final class JdkAccess {

    private static final List<String> MODULES =
            List.of("java.base", "java.management", "jdk.internal.vm.ci", "jdk.jfr", "jdk.management");

    private static final String BUILDER = String.join(",",
            "jdk.graal.compiler",
            "org.graalvm.espresso.shared.svm",
            "org.graalvm.nativeimage.base",
            "org.graalvm.nativeimage.builder",
            "org.graalvm.nativeimage.configure",
            "org.graalvm.nativeimage.objectfile",
            "org.graalvm.nativeimage.pointsto",
            "org.graalvm.truffle.compiler");

    private JdkAccess() {
    }

    static List<String> jvmArguments() {
        List<String> arguments = new ArrayList<>();
        for (String module : MODULES) {
            for (String name : new TreeSet<>(ModuleFinder.ofSystem().find(module).orElseThrow().descriptor().packages())) {
                arguments.add("--add-opens=" + module + "/" + name + "=" + BUILDER);
            }
        }
        // The image inherits this: without it, its first loading of a library would warn, too early to be able to.
        arguments.add("--enable-native-access=" + BUILDER);
        return arguments;
    }
}
