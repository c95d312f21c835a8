package org.bakedpage;

import java.util.Optional;
import java.util.function.Function;

/**
 * Where Quarkus's own endpoints are, such as {@code /q/health/ready}.
 *
 * @param port of the management interface; 0 where they are beside the pages
 * @param path decoded, without a slash at its end; null where no route of the application can be
 */
public record NonApplicationRoot(int port, String path) {

    private static final String DEFAULT_PATH = "q";
    private static final int DEFAULT_MANAGEMENT_PORT = 9_000;
    private static final char OF_PORT = ':';

    /**
     * {@code quarkus.http.root-path}, without a slash at its end.
     *
     * @param settings of the build
     */
    public static String httpRoot(Function<String, Optional<String>> settings) {
        String root = settings.apply("quarkus.http.root-path").orElse("/");
        String path = root.startsWith("/") ? root : "/" + root;
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** @param settings of the build */
    public static NonApplicationRoot of(Function<String, Optional<String>> settings) {
        String root = httpRoot(settings);
        if (settings.apply("quarkus.management.enabled").map(Boolean::valueOf).orElse(false)) {
            return new NonApplicationRoot(settings.apply("quarkus.management.port").map(Integer::valueOf).orElse(DEFAULT_MANAGEMENT_PORT),
                    below("", settings.apply("quarkus.management.root-path").orElse(DEFAULT_PATH)));
        }
        String path = below(root, settings.apply("quarkus.http.non-application-root-path").orElse(DEFAULT_PATH));
        return new NonApplicationRoot(0, path.startsWith(root + "/") || path.equals(root) ? path : null);
    }

    private static String below(String root, String path) {
        String whole = path.startsWith("/") ? path : root + "/" + path;
        int end = whole.length();
        // An executable has no regular expressions of its own.
        while (end > 0 && whole.charAt(end - 1) == '/') {
            end--;
        }
        return whole.substring(0, end);
    }

    /** Whether a request for this target is an operator's, and not for a page. */
    boolean isOperators(String target) {
        return port == 0 && path != null && target.startsWith(path) && (is(target, Endpoints.HEALTH) || is(target, Endpoints.METRICS));
    }

    private boolean is(String target, String endpoint) {
        int end = path.length() + endpoint.length();
        return target.startsWith(endpoint, path.length()) && (target.length() == end || target.charAt(end) == '/' || target.charAt(end) == '?');
    }

    static NonApplicationRoot parse(String text) {
        int end = text.indexOf(OF_PORT);
        String path = text.substring(end + 1);
        return new NonApplicationRoot(end < 0 ? 0 : Integer.parseInt(text.substring(0, end)), path.equals("-") ? null : path);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return (port == 0 ? "" : Integer.toString(port) + OF_PORT) + (path == null ? "-" : path);
    }
}
