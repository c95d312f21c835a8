package org.bakedpage;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.function.BiConsumer;

/**
 * What a request is answered with, apart from what every response has. Decided here alone, for requests that the router
 * answers and for those that never reach it.
 *
 * @param status 200, 206 and 304 are of a representation, 404 may be; else a text names the status
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
     * Of GET and HEAD.
     *
     * @param target in origin-form, as it was sent
     * @param path which it names, see {@link RequestPath}
     */
    static Outcome of(Site site, String target, String path, boolean head, RequestFields fields) {
        Page page = site.page(path);
        if (page != null) {
            return of(site, page, head, fields, page.varies() ? ACCEPT_ENCODING : null);
        }
        if (site.page(path + "/") != null) {
            return new Outcome(HttpResponseStatus.PERMANENT_REDIRECT, site, null, null, null, null, folder(target));
        }
        Page fallback = site.fallback();
        // To who asks for HTML by name, another page than to others: a script is better told that there is nothing.
        if (fallback != null && Weighted.contains(fields.get(HttpHeaderNames.ACCEPT), "text/html")) {
            return of(site, fallback, head, fields, fallback.varies() ? ACCEPT_AND_CODING : ACCEPT);
        }
        return notFound(site, fields, fallback == null ? null : ACCEPT);
    }

    /** In the order of RFC 9110 section 13.2.2. */
    private static Outcome of(Site site, Page page, boolean head, RequestFields fields, AsciiString vary) {
        ByteRange range = head ? null : ByteRange.of(fields.get(HttpHeaderNames.RANGE), page.identity().length());
        // A part is always one of the identity: few clients want to put together what they cannot decode in part.
        Representation chosen = range != null ? page.identity() : choose(page, fields);
        Conditions conditions = new Conditions(fields, chosen.etag(), site.lastModified());
        if (conditions.failed()) {
            return text(HttpResponseStatus.PRECONDITION_FAILED);
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

    private static Outcome notFound(Site site, RequestFields fields, AsciiString vary) {
        Page page = site.notFound();
        if (page == null) {
            return new Outcome(HttpResponseStatus.NOT_FOUND, site, null, null, null, vary, null);
        }
        AsciiString both = vary != null ? ACCEPT_AND_CODING : ACCEPT_ENCODING;
        return new Outcome(HttpResponseStatus.NOT_FOUND, site, page, choose(page, fields), null, page.varies() ? both : vary, null);
    }

    static Outcome text(HttpResponseStatus status) {
        return new Outcome(status, null, null, null, null, null, null);
    }

    private static Representation choose(Page page, RequestFields fields) {
        return AcceptEncoding.of(fields.get(HttpHeaderNames.ACCEPT_ENCODING)).choose(page);
    }

    /**
     * SECURITY: relative, so that no path ({@code //other.example}) can lead to another host, and begun with a dot
     * segment, so that no name ({@code javascript:}) can be taken for a scheme.
     */
    private static String folder(String target) {
        int query = target.indexOf('?');
        String raw = query < 0 ? target : target.substring(0, query);
        String name = raw.substring(raw.lastIndexOf('/') + 1);
        return ascii("./" + name + "/" + (query < 0 ? "" : target.substring(query)));
    }

    /** With what is not ASCII percent-encoded, as a field has to have it. */
    private static String ascii(String target) {
        StringBuilder ascii = new StringBuilder(target.length());
        for (char c : target.toCharArray()) {
            if (c < 0x80) {
                ascii.append(c);
            } else {
                ascii.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            }
        }
        return ascii.toString();
    }

    /** Its fields in the order in which they are sent. */
    void fields(BiConsumer<CharSequence, CharSequence> fields) {
        if (representation != null && !isNotFound()) {
            // What a 200, a 206 and a 304 have in common, RFC 9110 section 15.4.5; an error must not be kept as long as the page.
            fields.accept(HttpHeaderNames.ETAG, representation.etag());
            fields.accept(HttpHeaderNames.LAST_MODIFIED, site.lastModifiedField());
            fields.accept(HttpHeaderNames.CACHE_CONTROL, page.cacheControl());
        }
        accept(fields, HttpHeaderNames.VARY, vary);
        accept(fields, HttpHeaderNames.LOCATION, location);
        accept(fields, HttpHeaderNames.CONTENT_RANGE, contentRange());
        if (status.equals(HttpResponseStatus.OK)) {
            fields.accept(HttpHeaderNames.ACCEPT_RANGES, BYTES);
        }
        if (hasContent()) {
            fields.accept(HttpHeaderNames.CONTENT_TYPE, representation == null ? TEXT : page.contentType());
            if (representation != null && representation.coding() != Coding.IDENTITY) {
                fields.accept(HttpHeaderNames.CONTENT_ENCODING, representation.coding().token());
            }
            fields.accept(HttpHeaderNames.CONTENT_LENGTH, representation == null ? Integer.toString(text().length())
                    : range == null ? representation.contentLength() : Integer.toString(range.length()));
        }
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

    private boolean isNotFound() {
        return status.equals(HttpResponseStatus.NOT_FOUND);
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
