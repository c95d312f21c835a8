package org.bakedpage;

import java.util.List;
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
        return settings.apply("quarkus.management.enabled").filter(Setting::isOn).isEmpty()
                ? new NonApplicationRoot(0, besidePages(settings))
                : new NonApplicationRoot(settings.apply("quarkus.management.port").map(Integer::valueOf).orElse(DEFAULT_MANAGEMENT_PORT),
                        below("", settings.apply("quarkus.management.root-path").orElse(DEFAULT_PATH)));
    }

    /** The path where there is no management interface; null where the router of the application has none of its requests. */
    static String besidePages(Function<String, Optional<String>> settings) {
        String root = httpRoot(settings);
        String path = below(root, settings.apply("quarkus.http.non-application-root-path").orElse(DEFAULT_PATH));
        // A path of a route is compared with the target as it came.
        return Location.encodePath(path).equals(path) && (path.startsWith(root + "/") || path.equals(root)) ? path : null;
    }

    /** Where dev mode has what is no page, behind {@link #httpRoot}; the default where the application's router has none. */
    static String inDevMode(Function<String, Optional<String>> settings) {
        String path = besidePages(settings);
        return path == null ? "/" + DEFAULT_PATH : path.substring(httpRoot(settings).length());
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

    /** Whether a request for this path may be for an endpoint, of ours or of an extension. */
    boolean covers(String target) {
        return port == 0 && path != null && target.startsWith(path) && (begins(target, Endpoints.HEALTH) || begins(target, Endpoints.METRICS));
    }

    private boolean begins(String target, String endpoint) {
        int end = path.length() + endpoint.length();
        return target.startsWith(endpoint, path.length()) && (target.length() == end || target.charAt(end) == '/' || target.charAt(end) == '?');
    }

    /** Whether this is the target of a request for one of these endpoints. */
    boolean is(String target, List<String> endpoints) {
        if (!covers(target)) {
            return false;
        }
        String asked = target.substring(path.length(), target.indexOf('?') < 0 ? target.length() : target.indexOf('?'));
        return endpoints.contains(asked.endsWith("/") ? asked.substring(0, asked.length() - 1) : asked);
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
