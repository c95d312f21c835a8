package org.bakedpage.nativeimage;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * Where an option came from. The builder names it in messages, and limits options such as
 * {@code --link-at-build-time} to the class path entry that asked for them.
 */
record Origin(String text) {

    static final Origin USER = new Origin("user");
    static final Origin LAUNCHER = new Origin("driver");

    /** A file below META-INF in a folder of the class path. */
    static Origin inFolder(Path file) {
        return new Origin(withoutSeparators(file.toUri().toString()));
    }

    /**
     * An entry of a JAR. The builder decodes the URI once before it takes the JAR's own URI out of it, so that one is
     * encoded once more.
     */
    static Origin inJar(Path jar, String entry) {
        String container = withoutSeparators(jar.toUri().toString().replace("%", "%25"));
        try {
            String encodedEntry = new URI(null, null, "/" + entry, null).toString();
            return new Origin("jar:" + container + "!" + withoutSeparators(encodedEntry));
        } catch (URISyntaxException e) {
            throw new UsageError("%s: the name of the entry %s cannot be written as a URI", jar, entry);
        }
    }

    boolean isUser() {
        return equals(USER);
    }

    /** An option is written -H:NAME@ORIGIN=VALUE, so the origin must hold neither sign. */
    private static String withoutSeparators(String uri) {
        return uri.replace("@", "%40").replace("=", "%3D");
    }
}
