package org.bakedpage;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.AsciiString;
import io.vertx.core.buffer.Buffer;
import java.util.function.BiConsumer;

/**
 * What a request is answered with, apart from what every response has. Decided here alone, for requests that the router
 * answers and for those that never reach it.
 *
 * @param status 200, 206 and 304 are of a representation, 404, 410 and 451 may be; else a text names the status
 * @param representation null for a text
 * @param page whose representation it is, or would be
 * @param range of the representation; null for all of it
 * @param vary by which fields of the request it was chosen, RFC 9110 section 12.5.5; null for none
 * @param location RFC 9110 section 10.2.2; null for none
 */
record Outcome(HttpResponseStatus status, Site site, Page page, Representation representation, ByteRange range, AsciiString vary,
        String location) {

    private static final AsciiString TEXT = AsciiString.cached("text/plain;charset=utf-8");
    private static final AsciiString BYTES = AsciiString.cached("bytes");
    private static final AsciiString ACCEPT = HttpHeaderNames.ACCEPT;
    private static final AsciiString ACCEPT_ENCODING = HttpHeaderNames.ACCEPT_ENCODING;
    private static final AsciiString ACCEPT_AND_CODING = AsciiString.cached("accept, accept-encoding");

    /**
     * Of GET and HEAD: of the page at the path, else of the first rule that matches it, else of the fallback, else 404.
     *
     * @param target in origin-form, as it was sent
     * @param path which it names, see {@link RequestPath#ofRequest}
     */
    static Outcome of(Site site, String target, String path, boolean head, RequestFields fields) {
        Page page = site.page(path);
        if (page != null) {
            return of(site, page, target, path, head, fields);
        }
        for (Site.Rule rule : site.rules()) {
            if (rule.pattern().matches(path)) {
                return of(site, rule, target, path, head, fields);
            }
        }
        Page fallback = site.fallback();
        // To who asks for HTML by name, another page than to others: a script is better told that there is nothing.
        if (fallback != null && site.has(path) && Weighted.weight(fields.get(HttpHeaderNames.ACCEPT), "text/html") > 0) {
            return of(site, fallback, head, fields, fallback.varies() ? ACCEPT_AND_CODING : ACCEPT);
        }
        return error(site, HttpResponseStatus.NOT_FOUND, site.notFound(path), fields, fallback == null ? null : ACCEPT);
    }

    private static Outcome of(Site site, Page page, String target, String path, boolean head, RequestFields fields) {
        if (page.location() != null) {
            return redirect(site, page.status(), Location.withQuery(page.location(), query(target)));
        }
        if (page.status() != HttpResponseStatus.OK) {
            return error(site, page.status(), page.identity() == null ? null : page, fields, null);
        }
        if (page.markdown() == null) {
            return of(site, page, head, fields, page.varies() ? ACCEPT_ENCODING : null);
        }
        String accept = fields.get(HttpHeaderNames.ACCEPT);
        int markdown = Weighted.weight(accept, "text/markdown");
        Page chosen = markdown > 0 && markdown >= Weighted.rangeWeight(accept, "text/html") ? page.markdown() : page;
        return of(site, chosen, head, fields, page.varies() || page.markdown().varies() ? ACCEPT_AND_CODING : ACCEPT);
    }

    /** What a rule that matches gives. */
    private static Outcome of(Site site, Site.Rule rule, String target, String path, boolean head, RequestFields fields) {
        HttpResponseStatus status = HttpResponseStatus.valueOf(rule.status());
        if (status.codeClass() == HttpStatusClass.REDIRECTION) {
            return redirect(site, status, rule.pattern().destination(path, query(target)));
        }
        Page page = site.file(rule.pattern().page(path));
        if (status == HttpResponseStatus.OK && page != null) {
            return of(site, page, target, path, head, fields);
        }
        return page != null ? error(site, status, page, fields, null)
                : error(site, HttpResponseStatus.NOT_FOUND, site.notFound(path), fields, null);
    }

    private static Outcome redirect(Site site, HttpResponseStatus status, String location) {
        return new Outcome(status, site, null, null, null, null, location);
    }

    static Outcome redirect(Site site, Page page) {
        return redirect(site, page.status(), page.location());
    }

    /** Null where there is none. */
    private static String query(String target) {
        int query = target.indexOf('?');
        return query < 0 ? null : target.substring(query + 1);
    }

    /** In the order of RFC 9110 section 13.2.2. */
    private static Outcome of(Site site, Page page, boolean head, RequestFields fields, AsciiString vary) {
        ByteRange range = head ? null : ByteRange.of(fields.get(HttpHeaderNames.RANGE), page.identity().length());
        // A part is always one of the identity: few clients want to put together what they cannot decode in part.
        Representation chosen = range != null ? page.identity() : choose(page, fields);
        Conditions conditions = new Conditions(fields, chosen.etag(), site.lastModified(page));
        if (conditions.failed()) {
            return text(site, HttpResponseStatus.PRECONDITION_FAILED);
        }
        if (conditions.isUnmodified()) {
            return new Outcome(HttpResponseStatus.NOT_MODIFIED, site, page, chosen, null, vary, null);
        }
        if (range == null || !conditions.allowRange()) {
            return ok(site, page, chosen, vary);
        }
        return range.isSatisfiable() ? new Outcome(HttpResponseStatus.PARTIAL_CONTENT, site, page, chosen, range, vary, null)
                : new Outcome(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE, site, page, null, null, null, null);
    }

    private static Outcome ok(Site site, Page page, Representation chosen, AsciiString vary) {
        return new Outcome(HttpResponseStatus.OK, site, page, chosen, null, vary, null);
    }

    static Outcome ok(Site site, Page page, Representation chosen) {
        return ok(site, page, chosen, page.varies() ? ACCEPT_ENCODING : null);
    }

    static Outcome notModified(Site site, Page page, Representation chosen) {
        return new Outcome(HttpResponseStatus.NOT_MODIFIED, site, page, chosen, null, page.varies() ? ACCEPT_ENCODING : null, null);
    }

    /** @param page whose content is sent; null for none */
    private static Outcome error(Site site, HttpResponseStatus status, Page page, RequestFields fields, AsciiString vary) {
        if (page == null) {
            return new Outcome(status, site, null, null, null, vary, null);
        }
        AsciiString both = vary != null ? ACCEPT_AND_CODING : ACCEPT_ENCODING;
        return new Outcome(status, site, page, choose(page, fields), null, page.varies() ? both : vary, null);
    }

    static Outcome text(Site site, HttpResponseStatus status) {
        return new Outcome(status, site, null, null, null, null, null);
    }

    private static Representation choose(Page page, RequestFields fields) {
        return AcceptEncoding.of(fields.get(HttpHeaderNames.ACCEPT_ENCODING)).choose(page);
    }

    /** Its fields in the order in which they are sent; those that the page alone does not have come with null. */
    void fields(BiConsumer<CharSequence, CharSequence> fields) {
        boolean ofPage = representation != null && !isError();
        if (ofPage) {
            // What a 200, a 206 and a 304 have in common, RFC 9110 section 15.4.5; an error must not be kept as long as the page.
            fields.accept(HttpHeaderNames.ETAG, representation.etag());
            if (site.lastModified(page) != Conditions.UNKNOWN) {
                fields.accept(HttpHeaderNames.LAST_MODIFIED, site.lastModifiedField());
            }
        }
        AsciiString cacheControl = ofPage ? page.cacheControl() : site.cacheControl();
        accept(fields, HttpHeaderNames.CACHE_CONTROL, cacheControl.isEmpty() ? null : cacheControl);
        accept(fields, HttpHeaderNames.VARY, joinedVary());
        accept(fields, HttpHeaderNames.LOCATION, location);
        accept(fields, HttpHeaderNames.CONTENT_RANGE, contentRange());
        if (status.equals(HttpResponseStatus.OK)) {
            fields.accept(HttpHeaderNames.ACCEPT_RANGES, BYTES);
        }
        if (representation != null) {
            ownFields(fields);
        }
        if (hasContent()) {
            fields.accept(HttpHeaderNames.CONTENT_TYPE, representation == null ? TEXT : page.contentType());
            if (representation != null && representation.coding() != Coding.IDENTITY) {
                fields.accept(HttpHeaderNames.CONTENT_ENCODING, representation.coding().token());
            }
            fields.accept(HttpHeaderNames.CONTENT_LENGTH, representation == null || range != null ? Integer.toString(contentLength())
                    : representation.contentLength());
        }
    }

    /** In bytes; 0 where there is no content. */
    int contentLength() {
        return !hasContent() ? 0 : representation == null ? text().length() : range == null ? representation.length() : range.length();
    }

    /** Without content there is none to decode, RFC 9110 section 15.4.5. */
    private void ownFields(BiConsumer<CharSequence, CharSequence> fields) {
        for (Page.Field field : page.fields()) {
            if (!field.name().contentEqualsIgnoreCase(HttpHeaderNames.VARY)
                    && (hasContent() || !field.name().contentEqualsIgnoreCase(HttpHeaderNames.CONTENT_ENCODING))) {
                fields.accept(field.name(), field.value());
            }
        }
    }

    /** Each has its reason to be there, RFC 9110 section 12.5.5. */
    private CharSequence joinedVary() {
        AsciiString own = representation == null ? null : page.field(HttpHeaderNames.VARY);
        return own == null ? vary : vary == null ? own : FieldList.joined(vary.toString(), own.toString());
    }

    private static void accept(BiConsumer<CharSequence, CharSequence> fields, AsciiString name, CharSequence value) {
        if (value != null) {
            fields.accept(name, value);
        }
    }

    private String contentRange() {
        if (range != null) {
            return "bytes " + range.first() + "-" + range.last() + "/" + representation.length();
        }
        return status.equals(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE) ? "bytes */" + page.identity().length() : null;
    }

    private boolean isError() {
        return status.codeClass() == HttpStatusClass.CLIENT_ERROR || status.codeClass() == HttpStatusClass.SERVER_ERROR;
    }

    boolean hasContent() {
        return !status.equals(HttpResponseStatus.NOT_MODIFIED);
    }

    /** In a buffer that need not be released. */
    Buffer content() {
        return representation == null ? Buffer.buffer(text()) : representation.content(range);
    }

    /** The status alone, for a person to read. */
    String text() {
        return status.code() + " " + status.reasonPhrase() + "\n";
    }
}
