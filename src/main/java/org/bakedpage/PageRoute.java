package org.bakedpage;

import static io.quarkus.vertx.http.runtime.RouteConstants.ROUTE_ORDER_DEFAULT;

import io.quarkus.vertx.http.runtime.RoutingUtils;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Answers every request that no other route has taken, from memory and on its event loop. It stands just before the
 * route that Quarkus makes for static resources, which is therefore never reached.
 */
@Singleton
final class PageRoute implements Handler<RoutingContext> {

    private static final CharSequence ALLOWED = HttpHeaders.createOptimized("GET, HEAD, OPTIONS");

    void install(@Observes Router router) {
        router.route().order(ROUTE_ORDER_DEFAULT - 1).handler(this);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpMethod method = context.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            answer(context);
        } else if (method.equals(HttpMethod.OPTIONS)) {
            context.response().setStatusCode(204).putHeader(HttpHeaders.ALLOW, ALLOWED).end();
        } else {
            context.response().setStatusCode(405).putHeader(HttpHeaders.ALLOW, ALLOWED).end();
        }
    }

    private static void answer(RoutingContext context) {
        String path = RoutingUtils.getNormalizedAndDecodedPath(context);
        if (path == null) {
            context.response().setStatusCode(400).end();
            return;
        }
        Site site = Site.with(path);
        Page page = site.page(path);
        if (page == null) {
            send(context.request(), context.response().setStatusCode(404), site.notFound());
            return;
        }
        HttpServerResponse response = context.response().putHeader(HttpHeaders.ETAG, page.etag());
        if (isFresh(context.request(), page)) {
            response.setStatusCode(304).end();
        } else {
            send(context.request(), response, page);
        }
    }

    /** Whether the client says that it has these bytes already, RFC 9110 section 13.1.2 (weak comparison). */
    private static boolean isFresh(HttpServerRequest request, Page page) {
        String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        return known != null && (known.equals("*") || known.contains(page.etag()));
    }

    /** To HEAD the same fields as to GET, and no content, RFC 9110 section 9.3.2. */
    private static void send(HttpServerRequest request, HttpServerResponse response, Page page) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, page.contentType());
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, page.contentLength()).end();
        } else {
            response.end(page.content());
        }
    }
}
