package org.bakedpage.nativeimage;

/**
 * What {@code --version} prints. Quarkus takes the version from the vendor's part of the second line
 * ({@code GraalVM CE VERSION+BUILD}) and the Java version from its parentheses.
 */
final class Version {

    /** The release of the builder's JARs, and its date. */
    static final String GRAALVM = "25.0.2";
    private static final String DATE = "2026-01-20";
    static final String VENDOR = "GraalVM CE " + GRAALVM + "+10.1";

    private Version() {
    }

    static String text() {
        String java = System.getProperty("java.runtime.version");
        return """
                native-image %s %s
                OpenJDK Runtime Environment %s (build %s)
                OpenJDK 64-Bit Server VM %s (build %s, mixed mode)
                """.formatted(GRAALVM, DATE, VENDOR, java, VENDOR, java);
    }
}
