package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.util.AsciiString;
import io.quarkus.vertx.http.runtime.HeaderConfig;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.options.HttpServerCommonHandlers;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The fields of {@code quarkus.http.header} that every response has are set by one route, as the bytes that are sent. Quarkus
 * makes a route for each, with a pattern of its path, and its value is turned into bytes for every response. Nothing is cut:
 * this is for speed, where the router answers.
 */
@TargetClass(HttpServerCommonHandlers.class)
final class OneHeaderRoute {

    @Substitute
    public static void applyHeaders(Map<String, HeaderConfig> headers, Router router) {
        Routes.add(headers, router);
    }

    static final class Routes {

        private static final String EVERY_PATH = "/*";

        static void add(Map<String, HeaderConfig> headers, Router router) {
            Map<CharSequence, CharSequence> always = new LinkedHashMap<>();
            headers.forEach((name, header) -> {
                if (header.methods().isPresent()) {
                    for (String method : header.methods().get()) {
                        add(router.route(HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)), header.path()),
                                response -> response.add(name, header.value()));
                    }
                } else if (header.path().equals(EVERY_PATH)) {
                    always.put(new AsciiString(name), new AsciiString(header.value()));
                } else {
                    add(router.route(header.path()), response -> response.set(name, header.value()));
                }
            });
            if (!always.isEmpty()) {
                add(router.route(), response -> always.forEach(response::set));
            }
        }

        private static void add(Route route, Consumer<MultiMap> fields) {
            route.order(RouteConstants.ROUTE_ORDER_HEADERS).handler(context -> {
                fields.accept(context.response().headers());
                context.next();
            });
        }
    }
}
