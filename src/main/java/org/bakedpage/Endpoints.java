package org.bakedpage;

import static io.quarkus.vertx.http.runtime.RouteConstants.ROUTE_ORDER_DEFAULT;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
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

    private static final int UNAVAILABLE = 503;
    private static final String JSON = "application/json; charset=UTF-8";

    private static volatile NonApplicationRoot where;

    @Inject
    Config config;

    @Inject
    SiteConfig site;

    void install(@Observes Router router) {
        where = root();
        if (where.port() == 0 && where.path() != null) {
            add(router, where.path().substring(SiteBuilder.Settings.root(config).length()));
        }
    }

    void install(@Observes ManagementInterface listened) {
        NonApplicationRoot management = root();
        if (management.port() <= 0) {
            throw new ConfigurationException("quarkus.management.port=" + management.port() + ": give a port", Set.of("quarkus.management.port"));
        }
        Connections.manageAt(management.port());
        add(listened.router(), management.path());
    }

    private NonApplicationRoot root() {
        return NonApplicationRoot.of(key -> config.getOptionalValue(key, String.class));
    }

    private void add(Router router, String root) {
        for (String live : new String[] { LIVE, STARTED }) {
            add(router, root + live, context -> answerHealth(context, true));
        }
        for (String ready : new String[] { HEALTH, READY }) {
            add(router, root + ready, context -> answerHealth(context, !Signals.isStopping()));
        }
        if (site.metrics()) {
            add(router, root + METRICS, context -> answer(context, Metrics.CONTENT_TYPE, Connections.metrics()));
        }
    }

    private static void add(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).order(ROUTE_ORDER_DEFAULT - 2).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    /** Whether a request for this target is an operator's, which is neither logged nor counted. */
    static boolean isOperators(String target) {
        return where != null && where.isOperators(target);
    }

    private static void answerHealth(RoutingContext context, boolean up) {
        context.response().setStatusCode(up ? 200 : UNAVAILABLE);
        answer(context, JSON, "{\"status\":\"" + (up ? "UP" : "DOWN") + "\",\"checks\":[]}\n");
    }

    private static void answer(RoutingContext context, String type, String text) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, type).putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end(text);
    }
}
