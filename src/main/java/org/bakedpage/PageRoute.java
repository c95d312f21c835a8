package org.bakedpage;

import static io.quarkus.vertx.http.runtime.RouteConstants.ROUTE_ORDER_DEFAULT;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * Answers every request that no other route has taken, from memory and on its event loop. It stands just before the
 * route that Quarkus makes for static resources, which is therefore never reached.
 */
@Singleton
final class PageRoute implements Handler<RoutingContext> {

    /** RFC 9110 section 9.3 and RFC 5789: known, and therefore 405; all else is 501. */
    private static final Set<HttpMethod> KNOWN = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE,
            HttpMethod.PATCH, HttpMethod.TRACE, HttpMethod.CONNECT);

    private static final Logger LOG = Logger.getLogger(PageRoute.class);

    @Inject
    SiteConfig config;

    void install(@Observes Router router) {
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            // A site that cannot be read is told at the start.
            Site.current();
        }
        Route route = router.route().order(ROUTE_ORDER_DEFAULT - 1).handler(this);
        // Looked at when it begins to listen, for until then routes are added.
        Connections.use(() -> fastPath(router, route));
    }

    private FastPath fastPath(Router router, Route route) {
        if (!config.fastPath() || LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            return null;
        }
        VertxHttpConfig http = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(VertxHttpConfig.class);
        OtherRoutes others = new OtherRoutes(router, route);
        String obstacle = FastPath.obstacle(others, http);
        if (obstacle != null) {
            LOG.info("The fast path is off: " + obstacle);
            return null;
        }
        return new FastPath(Site.current(), http.header(), others);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (awaitsContent(request)) {
            request.endHandler(end -> answer(request, context));
        } else {
            answer(request, context);
        }
    }

    /**
     * Chunks may turn out to be too many, or malformed, which decides the status. With Expect: 100-continue the client gets
     * the final response instead, RFC 9110 section 10.1.1.
     */
    private static boolean awaitsContent(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) && !request.headers().contains(HttpHeaders.EXPECT)
                && !request.isEnded();
    }

    private static void answer(HttpServerRequest request, RoutingContext context) {
        Answer answer = new Answer(request, context.response());
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            answer.page();
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            answer.allowed();
        } else {
            answer.notAllowed(KNOWN.contains(request.method()) ? HttpResponseStatus.METHOD_NOT_ALLOWED
                    : HttpResponseStatus.NOT_IMPLEMENTED);
        }
    }
}
