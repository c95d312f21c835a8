package org.bakedpage;

import static io.quarkus.vertx.http.runtime.RouteConstants.ROUTE_ORDER_DEFAULT;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
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

    private static final CharSequence ALLOWED = HttpHeaders.createOptimized("GET, HEAD, OPTIONS");
    private static final CharSequence BYTES = HttpHeaders.createOptimized("bytes");
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain;charset=utf-8");

    /** RFC 9110 section 9.3 and RFC 5789: known, and therefore 405; all else is 501. */
    private static final Set<HttpMethod> KNOWN = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE,
            HttpMethod.PATCH, HttpMethod.TRACE, HttpMethod.CONNECT);

    @Inject
    SiteConfig config;

    /** An access log has to see each request. */
    @ConfigProperty(name = "quarkus.http.access-log.enabled", defaultValue = "false")
    boolean logged;

    void install(@Observes Router router) {
        if (!config.memo() || logged || LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            RequestMemo.turnOff();
        }
        router.route().order(ROUTE_ORDER_DEFAULT - 1).handler(this);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            find(request, response);
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            response.setStatusCode(204).putHeader(HttpHeaders.ALLOW, ALLOWED).end();
        } else {
            int status = KNOWN.contains(request.method()) ? 405 : 501;
            sendText(request, response.setStatusCode(status).putHeader(HttpHeaders.ALLOW, ALLOWED));
        }
    }

    private static void find(HttpServerRequest request, HttpServerResponse response) {
        String path = RequestPath.of(request.uri());
        if (path == null) {
            sendText(request, response.setStatusCode(400));
            return;
        }
        Site site = Site.with(path);
        Page page = site.page(path);
        if (page != null) {
            answer(request, response, site, page);
        } else if (site.page(path + "/") != null) {
            redirect(request, response, path);
        } else if (site.fallback() != null && acceptsHtml(request)) {
            answer(request, response, site, site.fallback());
        } else if (site.notFound() != null) {
            Page notFound = site.notFound();
            send(request, response.setStatusCode(404), notFound, AcceptEncoding.of(acceptEncoding(request)).choose(notFound));
        } else {
            sendText(request, response.setStatusCode(404));
        }
    }

    /** In the order of RFC 9110 section 13.2.2. */
    private static void answer(HttpServerRequest request, HttpServerResponse response, Site site, Page page) {
        ByteRange range = request.method().equals(HttpMethod.GET)
                ? ByteRange.of(request.getHeader(HttpHeaderNames.RANGE), page.identity().length())
                : null;
        // A part is always one of the identity: few clients want to put together what they cannot decode in part.
        Representation chosen = range != null ? page.identity() : AcceptEncoding.of(acceptEncoding(request)).choose(page);
        Conditions conditions = new Conditions(request.headers(), chosen.etag(), site.lastModified());
        describe(response, site, page, chosen);
        if (conditions.failed()) {
            sendText(request, response.setStatusCode(412));
        } else if (conditions.isUnmodified()) {
            response.setStatusCode(304).end();
            RequestMemo.of(request).approve(request, null);
        } else if (range != null && conditions.allowRange()) {
            sendRange(request, response, page, range);
        } else {
            send(request, response, page, chosen);
            RequestMemo.of(request).approve(request, request.method().equals(HttpMethod.HEAD) ? null : chosen);
        }
    }

    /** What a 200 and a 304 have in common, RFC 9110 section 15.4.5. */
    private static void describe(HttpServerResponse response, Site site, Page page, Representation chosen) {
        response.putHeader(HttpHeaders.ETAG, chosen.etag())
                .putHeader(HttpHeaders.LAST_MODIFIED, site.lastModifiedField())
                .putHeader(HttpHeaders.CACHE_CONTROL, page.cacheControl());
        if (page.varies()) {
            response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
    }

    private static void sendRange(HttpServerRequest request, HttpServerResponse response, Page page, ByteRange range) {
        String length = page.identity().contentLength();
        if (range.isSatisfiable()) {
            response.setStatusCode(206)
                    .putHeader(HttpHeaders.CONTENT_TYPE, page.contentType())
                    .putHeader(HttpHeaders.CONTENT_RANGE, "bytes " + range.first() + "-" + range.last() + "/" + length)
                    .end(page.identity().range(range));
        } else {
            sendText(request, response.setStatusCode(416).putHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + length));
        }
    }

    /** To HEAD the same fields as to GET, and no content: RFC 9110 section 9.3.2. */
    private static void send(HttpServerRequest request, HttpServerResponse response, Page page, Representation chosen) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, page.contentType()).putHeader(HttpHeaders.ACCEPT_RANGES, BYTES);
        if (chosen.coding() != Coding.IDENTITY) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, chosen.coding().token());
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, chosen.contentLength()).end();
        } else {
            response.end(Buffer.buffer(chosen.bytes()));
        }
    }

    /** The status alone, for a person to read. */
    private static void sendText(HttpServerRequest request, HttpServerResponse response) {
        Buffer text = Buffer.buffer(response.getStatusCode() + " " + response.getStatusMessage() + "\n");
        response.putHeader(HttpHeaders.CONTENT_TYPE, TEXT);
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(text.length())).end();
        } else {
            response.end(text);
        }
    }

    /**
     * SECURITY: relative, so that no path ({@code //other.example}) can lead to another host, and begun with a dot
     * segment, so that no name ({@code javascript:}) can be taken for a scheme.
     */
    private static void redirect(HttpServerRequest request, HttpServerResponse response, String path) {
        int query = request.uri().indexOf('?');
        String raw = query < 0 ? request.uri() : request.uri().substring(0, query);
        String name = raw.substring(raw.lastIndexOf('/') + 1);
        response.putHeader(HttpHeaders.LOCATION, "./" + name + "/" + (query < 0 ? "" : request.uri().substring(query)));
        sendText(request, response.setStatusCode(308));
    }

    private static boolean acceptsHtml(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }

    /** Several lines of a field are one list, RFC 9110 section 5.3. */
    private static String acceptEncoding(HttpServerRequest request) {
        var lines = request.headers().getAll(HttpHeaders.ACCEPT_ENCODING);
        return lines.isEmpty() ? null : lines.size() == 1 ? lines.get(0) : String.join(",", lines);
    }
}
