package org.bakedpage.nativeimage;

/**
 * What {@code --version} prints. Quarkus takes the version from the vendor's part of the second line
 * ({@code GraalVM CE VERSION+BUILD}) and the Java version from its parentheses.
 */
final class Version {

    static final String GRAALVM = Home.current().builderVersion();
    /** GraalVM's own add to the version the build of their JDK and of their own. */
    static final String VENDOR = "GraalVM CE " + GRAALVM + "+" + Runtime.version().build().orElse(0) + ".1";

    private Version() {
    }

    static String text() {
        String java = System.getProperty("java.runtime.version");
        return """
                native-image %s %s
                OpenJDK Runtime Environment %s (build %s)
                OpenJDK 64-Bit Server VM %s (build %s, mixed mode)
                """.formatted(GRAALVM, System.getProperty("java.version.date"), VENDOR, java, VENDOR, java);
    }
}
