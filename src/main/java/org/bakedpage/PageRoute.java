package org.bakedpage;

import static io.quarkus.vertx.http.runtime.RouteConstants.ROUTE_ORDER_DEFAULT;

import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers every request that no other route has taken, from memory and on its event loop. It stands just before the
 * route that Quarkus makes for static resources, which is therefore never reached.
 */
@Singleton
final class PageRoute implements Handler<RoutingContext> {

    /** RFC 9110 section 9.3 and RFC 5789: known, and therefore 405; all else is 501. */
    private static final Set<HttpMethod> KNOWN = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE,
            HttpMethod.PATCH, HttpMethod.TRACE, HttpMethod.CONNECT);

    @Inject
    SiteConfig config;

    /** An access log has to see each request. */
    @ConfigProperty(name = "quarkus.http.access-log.enabled", defaultValue = "false")
    boolean logged;

    void install(@Observes Router router) {
        if (!config.fastPath() || logged || LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            RequestMemo.turnOff();
        }
        router.route().order(ROUTE_ORDER_DEFAULT - 1).handler(this);
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
     * Chunks may turn out to be too many, or no chunks, which the answer has to tell. Who waits for a word before sending
     * them gets the answer instead, RFC 9110 section 10.1.1.
     */
    private static boolean awaitsContent(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) && !request.headers().contains(HttpHeaders.EXPECT)
                && !request.isEnded();
    }

    private static void answer(HttpServerRequest request, RoutingContext context) {
        Answer answer = new Answer(request, context.response());
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            find(request, answer);
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            answer.allowed();
        } else {
            answer.notAllowed(KNOWN.contains(request.method()) ? 405 : 501);
        }
    }

    private static void find(HttpServerRequest request, Answer answer) {
        String path = RequestPath.of(request.uri());
        if (path == null) {
            answer.text(400);
            return;
        }
        Site site = Site.with(path);
        Page page = site.page(path);
        if (page != null) {
            answer.page(site, page);
        } else if (site.page(path + "/") != null) {
            answer.redirectToFolder();
        } else if (site.fallback() != null) {
            answer.fallback(site);
        } else {
            answer.notFound(site);
        }
    }
}
