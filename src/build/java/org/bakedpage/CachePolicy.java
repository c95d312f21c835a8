package org.bakedpage;

import java.util.regex.Pattern;

/** Which Cache-Control a file gets, RFC 9111 section 5.2. */
final class CachePolicy {

    /**
     * A hash in a file name as bundlers write it, between two separators: 8 or more hexadecimal digits, or 8 or more
     * letters and digits, and so mixed that it is no word: a wrong guess would keep an old file for a year.
     */
    private static final Pattern HASHED = Pattern.compile(
            ".*[.-](?:(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,}"
                    + "|(?=[A-Za-z0-9_]*[0-9])(?=[A-Za-z0-9_]*[A-Z])(?=[A-Za-z0-9_]*[a-z])[A-Za-z0-9_]{8,})\\.[^/]*");

    private final SiteConfig.Cache config;

    CachePolicy(SiteConfig.Cache config) {
        this.config = config;
    }

    String of(String path, String contentType) {
        if (contentType.startsWith("text/html")) {
            return config.html();
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        return HASHED.matcher(name).matches() ? config.hashed() : config.other();
    }
}
