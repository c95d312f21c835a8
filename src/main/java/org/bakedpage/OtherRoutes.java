package org.bakedpage;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The routes beside those of {@link PageRoute}. Of those that stand before its pages, who has a path of its own keeps it, and who
 * has none sees every request; who stands behind them is asked for what is no page.
 */
final class OtherRoutes {

    /**
     * What sets the fields of quarkus.http.header, what bounds a request's content, and quarkus-rest's note for the case that
     * somebody is not let in.
     */
    private static final List<String> KNOWN_HANDLERS = List.of("io.quarkus.vertx.http.runtime.options.HttpServerCommonHandlers$",
            "org.bakedpage.trim.OneHeaderRoute$", "io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder$");
    /** Of which it is known where they are, see Endpoints.isOperators. */
    private static final String ENDPOINTS = "org.bakedpage.Endpoints$";
    private static final String NO_HANDLERS = "contextHandlers=null";
    private static final String HANDLERS = "contextHandlers=[";

    /** Paths, each without a slash at its end. */
    private final List<String> paths = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    /** With methods of their own, which says what is allowed where they are. */
    private final List<Route> limited = new ArrayList<>();
    private String filter;
    private boolean followed;
    private boolean foreign;

    /**
     * @param routes in the order in which they are asked
     * @param pages answers where there is a page
     * @param last answers what nobody has taken
     */
    OtherRoutes(List<Route> routes, Route pages, Route last) {
        boolean before = true;
        for (Route route : routes) {
            if (route == last) {
                return;
            }
            boolean others = route.methods() != null && !route.methods().isEmpty();
            String handler = handler(route);
            boolean foreigner = !handler.isEmpty() && !handler.startsWith(ENDPOINTS);
            foreign |= route != pages && foreigner && !isKnown(handler);
            if (others && route.getPath() != null) {
                limited.add(route);
            }
            if (route == pages) {
                before = false;
            } else if ((!others || answersPages(route.methods())) && foreigner) {
                if (before) {
                    add(route, handler);
                }
                followed |= !before;
            }
        }
    }

    private void add(Route route, String handler) {
        String path = route.getPath();
        if (path == null || path.equals("/") && !route.isExactPath()) {
            filter = isKnown(handler) ? filter : handler;
        } else if (route.isRegexPath()) {
            // With parameters: it begins with what stands before the first of them.
            prefixes.add(path.substring(0, path.indexOf(':') < 0 ? 0 : path.indexOf(':')));
        } else {
            (route.isExactPath() ? paths : prefixes).add(withoutSlash(path));
        }
    }

    private static boolean isKnown(String handler) {
        return KNOWN_HANDLERS.stream().anyMatch(handler::startsWith);
    }

    private static boolean answersPages(Set<HttpMethod> methods) {
        return methods.contains(HttpMethod.GET) || methods.contains(HttpMethod.HEAD);
    }

    /**
     * Its class; empty where it has failures to handle only. Vert.x tells it in a route's text only; where it does not, the handler
     * is one that is not known.
     */
    static String handler(Route route) {
        String text = route.toString();
        if (text.contains(NO_HANDLERS)) {
            return "";
        }
        int start = text.indexOf(HANDLERS);
        int end = text.indexOf(']', Math.max(start, 0));
        String handler = start < 0 || end < 0 ? text : text.substring(start + HANDLERS.length(), end);
        return handler.indexOf('@') < 0 ? handler : handler.substring(0, handler.indexOf('@'));
    }

    /** @param handler with what the text of the handlers begins whose routes are taken away */
    static void remove(Router router, String handler) {
        router.getRoutes().stream().filter(route -> handler(route).startsWith(handler)).forEach(Route::remove);
    }

    /** The handler of a route that sees every request, and of which it is not known what it does; null where there is none. */
    String filter() {
        return filter;
    }

    /** Whether there is anybody of whom it is not known that content is dropped. */
    boolean mayKeepContent() {
        return foreign;
    }

    boolean isEmpty() {
        return paths.isEmpty() && prefixes.isEmpty();
    }

    /** Whether a request for this path may be for one of them. */
    boolean cover(String path) {
        return paths.contains(withoutSlash(path)) || prefixes.stream().anyMatch(path::startsWith);
    }

    /** Whether somebody is asked for what is no page. */
    boolean isFollowed() {
        return followed;
    }

    /** The methods of the routes at this path that have only some; it may be null. */
    Set<HttpMethod> methods(String path) {
        Set<HttpMethod> methods = new HashSet<>();
        for (Route route : limited) {
            if (path != null && matches(route, path)) {
                methods.addAll(route.methods());
            }
        }
        return methods;
    }

    private static boolean matches(Route route, String path) {
        String[] own = withoutSlash(route.getPath()).split("/");
        String[] asked = withoutSlash(path).split("/");
        boolean matching = route.isExactPath() ? own.length == asked.length : own.length <= asked.length;
        for (int i = 0; matching && i < own.length; i++) {
            matching = own[i].startsWith(":") || own[i].equals(asked[i]);
        }
        return matching;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
