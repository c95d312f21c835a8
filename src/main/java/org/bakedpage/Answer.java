package org.bakedpage;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Answers a request that came through the router. */
final class Answer {

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    /** In origin-form. Not the request's URI, before which a proxy's X-Forwarded-Prefix stands. */
    private final String target;
    private final String path;
    private final FieldPrecedence precedence;
    private final Site site = Site.current();

    Answer(RoutingContext context, FieldPrecedence precedence) {
        this.precedence = precedence;
        request = context.request();
        response = context.response();
        target = request.query() == null ? request.path() : request.path() + "?" + request.query();
        path = RequestPath.ofRequest(target);
    }

    /** Decoded, from the root path on, as routes have it; null if it is none. */
    String routePath() {
        // A site that was baked for another root path is not at this one.
        return path == null || site.root().isEmpty() || !site.has(path) ? path
                : path.equals(site.root()) ? "/" : path.substring(site.root().length());
    }

    /** Whether the site itself says what is there: a page, or the way to one. */
    boolean isPage() {
        return path != null && site.page(path) != null;
    }

    /** @param methods of others at this path */
    void allowed(Set<HttpMethod> methods) {
        response.setStatusCode(204).putHeader(HttpHeaders.ALLOW, allow(methods)).end();
    }

    void notAllowed(HttpResponseStatus status, Set<HttpMethod> methods) {
        response.putHeader(HttpHeaders.ALLOW, allow(methods));
        send(Outcome.text(site, status));
    }

    /** RFC 9110 section 10.2.1. */
    private String allow(Set<HttpMethod> methods) {
        Set<String> names = methods.stream().map(HttpMethod::name).collect(Collectors.toCollection(TreeSet::new));
        names.add("OPTIONS");
        if (methods.isEmpty() || isPage() || methods.contains(HttpMethod.GET)) {
            names.add("GET");
            names.add("HEAD");
        }
        return String.join(", ", names);
    }

    void page() {
        send(path == null ? Outcome.text(site, HttpResponseStatus.BAD_REQUEST) : Outcome.of(site, target, path, isHead(),
                name -> Conditions.joined(request.headers(), name)));
    }

    private void send(Outcome outcome) {
        // Before any field is set: should it fail, the answer is another.
        Buffer content = isHead() || !outcome.hasContent() ? null : outcome.content();
        response.setStatusCode(outcome.status().code());
        precedence.set(outcome, response);
        if (content == null) {
            response.end();
        } else {
            response.end(content);
        }
    }

    private boolean isHead() {
        return request.method().equals(HttpMethod.HEAD);
    }
}
