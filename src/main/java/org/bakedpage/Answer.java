package org.bakedpage;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The answer to one request. */
final class Answer {

    private static final CharSequence ALLOWED = HttpHeaders.createOptimized("GET, HEAD, OPTIONS");
    private static final CharSequence BYTES = HttpHeaders.createOptimized("bytes");
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain;charset=utf-8");
    private static final CharSequence ACCEPT_AND_CODING = HttpHeaders.createOptimized("accept, accept-encoding");

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final boolean head;

    Answer(HttpServerRequest request, HttpServerResponse response) {
        this.request = request;
        this.response = response;
        this.head = request.method().equals(HttpMethod.HEAD);
    }

    void allowed() {
        response.setStatusCode(204).putHeader(HttpHeaders.ALLOW, ALLOWED).end();
    }

    void notAllowed(int status) {
        response.putHeader(HttpHeaders.ALLOW, ALLOWED);
        text(status);
    }

    /** In the order of RFC 9110 section 13.2.2. */
    void page(Site site, Page page) {
        ByteRange range = head ? null : ByteRange.of(field(HttpHeaderNames.RANGE), page.identity().length());
        // A part is always one of the identity: few clients want to put together what they cannot decode in part.
        Representation chosen = range != null ? page.identity() : chosen(page);
        Conditions conditions = new Conditions(this::field, chosen.etag(), site.lastModified());
        if (conditions.failed()) {
            text(412);
        } else if (conditions.isUnmodified()) {
            describe(site, page, chosen);
            response.setStatusCode(304).end();
            RequestMemo.of(request).approve(request, null);
        } else if (range != null && conditions.allowRange()) {
            range(site, page, range);
        } else {
            Buffer content = content(chosen);
            describe(site, page, chosen);
            response.putHeader(HttpHeaders.ACCEPT_RANGES, BYTES);
            send(page, chosen, content);
            RequestMemo.of(request).approve(request, head ? null : chosen);
        }
    }

    /** To who asks for HTML by name, another page than to others: a script is better told that there is nothing. */
    void fallback(Site site) {
        response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (Weighted.contains(field(HttpHeaders.ACCEPT), "text/html")) {
            page(site, site.fallback());
        } else {
            notFound(site);
        }
    }

    void notFound(Site site) {
        if (site.notFound() == null) {
            text(404);
        } else {
            Page page = site.notFound();
            Representation chosen = chosen(page);
            Buffer content = content(chosen);
            response.setStatusCode(404);
            vary(page);
            send(page, chosen, content);
        }
    }

    /**
     * SECURITY: relative, so that no path ({@code //other.example}) can lead to another host, and begun with a dot
     * segment, so that no name ({@code javascript:}) can be taken for a scheme.
     */
    void redirectToFolder() {
        int query = request.uri().indexOf('?');
        String raw = query < 0 ? request.uri() : request.uri().substring(0, query);
        String name = raw.substring(raw.lastIndexOf('/') + 1);
        response.putHeader(HttpHeaders.LOCATION, "./" + name + "/" + (query < 0 ? "" : request.uri().substring(query)));
        text(308);
    }

    /** The status alone, for a person to read. */
    void text(int status) {
        response.setStatusCode(status);
        Buffer text = Buffer.buffer(status + " " + response.getStatusMessage() + "\n");
        response.putHeader(HttpHeaders.CONTENT_TYPE, TEXT);
        end(text, Integer.toString(text.length()));
    }

    private void range(Site site, Page page, ByteRange range) {
        CharSequence length = page.identity().contentLength();
        if (!range.isSatisfiable()) {
            response.putHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + length);
            text(416);
            return;
        }
        describe(site, page, page.identity());
        response.setStatusCode(206).putHeader(HttpHeaders.CONTENT_TYPE, page.contentType())
                .putHeader(HttpHeaders.CONTENT_RANGE, "bytes " + range.first() + "-" + range.last() + "/" + length)
                .end(page.identity().range(range));
    }

    /** What a 200, a 206 and a 304 have in common, RFC 9110 section 15.4.5; an error must not be kept as long as the page. */
    private void describe(Site site, Page page, Representation chosen) {
        response.putHeader(HttpHeaders.ETAG, chosen.etag())
                .putHeader(HttpHeaders.LAST_MODIFIED, site.lastModifiedField())
                .putHeader(HttpHeaders.CACHE_CONTROL, page.cacheControl());
        vary(page);
    }

    /** RFC 9110 section 12.5.5. */
    private void vary(Page page) {
        if (page.varies()) {
            boolean byAccept = response.headers().contains(HttpHeaders.VARY);
            response.putHeader(HttpHeaders.VARY, byAccept ? ACCEPT_AND_CODING : HttpHeaders.ACCEPT_ENCODING);
        }
    }

    private Representation chosen(Page page) {
        return AcceptEncoding.of(field(HttpHeaders.ACCEPT_ENCODING)).choose(page);
    }

    /** Before any field is set: should it fail, the answer is another. */
    private Buffer content(Representation chosen) {
        return head ? null : Buffer.buffer(chosen.bytes());
    }

    private void send(Page page, Representation chosen, Buffer content) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, page.contentType());
        if (chosen.coding() != Coding.IDENTITY) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, chosen.coding().token());
        }
        end(content, chosen.contentLength());
    }

    /** To HEAD the same fields as to GET, and no content: RFC 9110 section 9.3.2. */
    private void end(Buffer content, CharSequence contentLength) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, contentLength);
        if (head) {
            response.end();
        } else {
            response.end(content);
        }
    }

    private String field(CharSequence name) {
        return Conditions.joined(request.headers(), name);
    }
}
