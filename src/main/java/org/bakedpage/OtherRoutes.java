package org.bakedpage;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The routes that stand before {@link PageRoute}: those with a path of their own keep it, those without see every request. */
final class OtherRoutes {

    /** What sets the fields of quarkus.http.header, and what bounds a request's content. */
    private static final List<String> KNOWN_HANDLERS = List.of("io.quarkus.vertx.http.runtime.options.HttpServerCommonHandlers$",
            "org.bakedpage.trim.OneHeaderRoute$");
    private static final String HANDLERS = "contextHandlers=[";

    /** Paths, each without a slash at its end. */
    private final List<String> paths = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    private String filter;

    OtherRoutes(Router router, Route pages) {
        for (Route route : router.getRoutes()) {
            if (route == pages) {
                return;
            }
            add(route);
        }
    }

    private void add(Route route) {
        String path = route.getPath();
        if (route.methods() != null && !route.methods().isEmpty() && !answersPages(route.methods())) {
            return;
        }
        if (path == null || path.equals("/") && !route.isExactPath()) {
            String handler = handler(route);
            filter = KNOWN_HANDLERS.stream().anyMatch(handler::startsWith) ? filter : handler;
        } else if (route.isRegexPath()) {
            // With parameters: it begins with what stands before the first of them.
            prefixes.add(path.substring(0, path.indexOf(':') < 0 ? 0 : path.indexOf(':')));
        } else {
            (route.isExactPath() ? paths : prefixes).add(withoutSlash(path));
        }
    }

    private static boolean answersPages(Set<HttpMethod> methods) {
        return methods.contains(HttpMethod.GET) || methods.contains(HttpMethod.HEAD);
    }

    /** Its class. Vert.x tells it in a route's text only; where it does not, the handler is one that is not known. */
    private static String handler(Route route) {
        String text = route.toString();
        int start = text.indexOf(HANDLERS);
        int end = text.indexOf(']', Math.max(start, 0));
        String handler = start < 0 || end < 0 ? text : text.substring(start + HANDLERS.length(), end);
        return handler.indexOf('@') < 0 ? handler : handler.substring(0, handler.indexOf('@'));
    }

    /** The handler of a route that sees every request, and of which it is not known what it does; null where there is none. */
    String filter() {
        return filter;
    }

    boolean isEmpty() {
        return paths.isEmpty() && prefixes.isEmpty();
    }

    /** Whether a request for this path may be for one of them. */
    boolean cover(String path) {
        return paths.contains(withoutSlash(path)) || prefixes.stream().anyMatch(path::startsWith);
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
