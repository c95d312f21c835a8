package org.bakedpage.bake;

import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.bakedpage.RequestPath;

/**
 * The name of a file in whatever locale: Java decodes names by the locale, with LC_ALL=C as ASCII, and its URI alone has
 * their bytes. On disk they are taken for UTF-8, as in every URL that a browser makes of them.
 */
final class FileName {

    private FileName() {
    }

    /**
     * The last name of a path.
     *
     * @throws IllegalArgumentException if it is not UTF-8
     */
    static String of(Path path) {
        String name = path.getFileName().toString();
        // On Windows names are Unicode, and not bytes.
        if (path.getFileSystem() != FileSystems.getDefault() || File.separatorChar == '\\' || name.chars().allMatch(c -> c < 0x80)) {
            return name;
        }
        String encoded = path.toUri().getRawPath();
        int end = encoded.endsWith("/") ? encoded.length() - 1 : encoded.length();
        String decoded = RequestPath.decode(encoded.substring(encoded.lastIndexOf('/', end - 1) + 1, end));
        if (decoded == null) {
            throw new IllegalArgumentException(encoded.substring(0, end) + ": its name is not UTF-8 (percent-encoded here): rename it");
        }
        return decoded;
    }

    /** Control characters as in Java's own source, so that a name is one line, and reads as it is, wherever it is printed. */
    static String printable(String name) {
        return Warning.CONTROLS.matcher(name).replaceAll(control -> String.format("\\\\u%04x", (int) control.group().charAt(0)));
    }
}
