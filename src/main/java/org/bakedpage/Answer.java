package org.bakedpage;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Answers a request that came through the router. */
final class Answer {

    private static final CharSequence ALLOWED = HttpHeaders.createOptimized("GET, HEAD, OPTIONS");

    private final HttpServerRequest request;
    private final HttpServerResponse response;

    Answer(HttpServerRequest request, HttpServerResponse response) {
        this.request = request;
        this.response = response;
    }

    void allowed() {
        response.setStatusCode(204).putHeader(HttpHeaders.ALLOW, ALLOWED).end();
    }

    void notAllowed(HttpResponseStatus status) {
        response.putHeader(HttpHeaders.ALLOW, ALLOWED);
        send(Outcome.text(Site.current(), status));
    }

    void page() {
        String path = RequestPath.of(request.uri());
        Site site = Site.current();
        send(path == null ? Outcome.text(site, HttpResponseStatus.BAD_REQUEST) : Outcome.of(site, request.uri(), path, isHead(),
                name -> Conditions.joined(request.headers(), name)));
    }

    private void send(Outcome outcome) {
        // Before any field is set: should it fail, the answer is another.
        Buffer content = isHead() || !outcome.hasContent() ? null : outcome.content();
        response.setStatusCode(outcome.status().code());
        outcome.fields((name, value) -> {
            if (value == null) {
                response.headers().remove(name);
            } else {
                response.putHeader(name, value);
            }
        });
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
