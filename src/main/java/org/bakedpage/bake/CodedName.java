package org.bakedpage.bake;

import java.util.Map;

/**
 * The name of a file that is compressed: app.js.br. Beside the original it is for servers that do not compress; without it, it is
 * what Unity publishes, or a download.
 */
public final class CodedName {

    public static final String FIELD = "Content-Encoding";

    static final String EXAMPLES = ".br, .gz or .zst for br, gzip or zstd";

    /** RFC 9110 section 8.4.1, RFC 7932, RFC 8878, by extension. */
    private static final Map<String, String> CODINGS = Map.of("br", "br", "gz", "gzip", "zst", "zstd");

    private CodedName() {
    }

    /** @return the name without the coding; null if it has none, or is an archive's: a.tar.gz is not a.tar on its way */
    public static String original(String path) {
        int dot = path.lastIndexOf('.');
        boolean named = dot > path.lastIndexOf('/') + 1 && CODINGS.containsKey(path.substring(dot + 1));
        return named && !path.endsWith(".tar" + path.substring(dot)) ? path.substring(0, dot) : null;
    }

    /** @param coding a value of Content-Encoding */
    static boolean isCoded(String path, String coding) {
        return original(path) != null && CODINGS.get(path.substring(path.lastIndexOf('.') + 1)).equals(coding);
    }

    static boolean isCoding(String value) {
        return CODINGS.containsValue(value);
    }
}
