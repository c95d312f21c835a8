package org.bakedpage;

import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.HEAD;
import static io.quarkus.vertx.http.runtime.RouteConstants.ROUTE_ORDER_DEFAULT;

import io.netty.handler.codec.http.HttpRequest;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.management.ManagementConfig;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * Health and metrics where Quarkus's extensions have them, and as they answer. Beside the pages, or on the management interface.
 * Where such an extension is added it answers, for its routes are asked first.
 */
@Singleton
final class Endpoints {

    /** Below the {@link NonApplicationRoot}. */
    static final String HEALTH = "/health";
    static final String LIVE = HEALTH + "/live";
    static final String READY = HEALTH + "/ready";
    static final String STARTED = HEALTH + "/started";
    static final String METRICS = "/metrics";
    static final List<String> ALL = List.of(HEALTH, LIVE, READY, STARTED, METRICS);

    private static final int AHEAD_OF_EXTENSIONS = -1;
    private static final int BEHIND_EXTENSIONS = ROUTE_ORDER_DEFAULT - 2;
    private static final int UNAVAILABLE = 503;
    private static final String JSON = "application/json; charset=UTF-8";

    private static volatile NonApplicationRoot where;
    private static volatile List<String> served;

    @Inject
    Config config;

    @Inject
    SiteConfig site;

    void install(@Observes Router router) {
        where = NonApplicationRoot.of(this::setting);
        served = site.metrics() ? ALL : ALL.subList(0, ALL.indexOf(METRICS));
        if (where.port() == 0 && where.path() != null) {
            add(router, where.path().substring(NonApplicationRoot.httpRoot(this::setting).length()));
        }
    }

    void install(@Observes ManagementInterface management) {
        SmallRyeConfig all = config.unwrap(SmallRyeConfig.class);
        int port = all.getConfigMapping(ManagementConfig.class).determinePort(LaunchMode.current());
        if (port <= 0 || port == all.getConfigMapping(VertxHttpConfig.class).determinePort(LaunchMode.current())) {
            throw new ConfigurationException("quarkus.management.port=" + port + ": give a port of its own", Set.of("quarkus.management.port"));
        }
        Connections.manageAt(port);
        add(management.router(), NonApplicationRoot.of(this::setting).path());
    }

    private Optional<String> setting(String key) {
        return config.getOptionalValue(key, String.class);
    }

    private void add(Router router, String root) {
        add(router, root + LIVE, BEHIND_EXTENSIONS, context -> answerHealth(context, true));
        add(router, root + STARTED, BEHIND_EXTENSIONS, context -> answerHealth(context, Connections.isServing()));
        for (String ready : new String[] { HEALTH, READY }) {
            // An extension for health does not know of QUARKUS_SHUTDOWN_DELAY.
            add(router, root + ready, AHEAD_OF_EXTENSIONS, context -> {
                if (Signals.isStopping()) {
                    answerHealth(context, false);
                } else {
                    context.next();
                }
            });
            add(router, root + ready, BEHIND_EXTENSIONS, context -> answerHealth(context, Connections.isServing()));
        }
        if (site.metrics()) {
            add(router, root + METRICS, BEHIND_EXTENSIONS, Endpoints::answerMetrics);
        }
    }

    private static void add(Router router, String path, int order, Handler<RoutingContext> handler) {
        router.route(path).order(order).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    /** Whether a request for this path is for the router, in which extensions are. */
    static boolean covers(String path) {
        return where != null && where.covers(path);
    }

    /** Whether it is an operator's, which is neither logged nor counted. SECURITY: no other is, or who scans would not be seen. */
    static boolean isOperators(HttpRequest request) {
        return where != null && request.decoderResult().isSuccess() && where.is(request.uri(), served)
                && (request.method().equals(GET) || request.method().equals(HEAD));
    }

    private static void answerHealth(RoutingContext context, boolean up) {
        context.response().setStatusCode(up ? 200 : UNAVAILABLE);
        answer(context, JSON, "{\"status\":\"" + (up ? "UP" : "DOWN") + "\",\"checks\":[]}\n");
    }

    private static void answerMetrics(RoutingContext context) {
        if (Connections.isServing()) {
            answer(context, Metrics.CONTENT_TYPE, Connections.metrics());
        } else {
            context.fail(UNAVAILABLE);
        }
    }

    private static void answer(RoutingContext context, String type, String text) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, type).putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                // To HEAD as well, of which Vert.x knows no length. All of it is ASCII.
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(text.length())).end(text);
    }
}
