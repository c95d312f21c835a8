package org.bakedpage;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The conditions of a request, evaluated in the order of RFC 9110 section 13.2.2. */
final class Conditions {

    private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")");

    private final MultiMap fields;
    private final String etag;
    private final long lastModified;

    /**
     * @param fields of a GET or HEAD request
     * @param etag of the representation that would be sent
     * @param lastModified of the site, in seconds since 1970
     */
    Conditions(MultiMap fields, AsciiString etag, long lastModified) {
        this.fields = fields;
        this.etag = etag.toString();
        this.lastModified = lastModified;
    }

    /** Steps 1 and 2: If-Match, else If-Unmodified-Since. If it is so, the answer is 412. */
    boolean failed() {
        String match = joined(HttpHeaders.IF_MATCH);
        if (match != null) {
            return !matches(match, false);
        }
        Long since = date(HttpHeaderNames.IF_UNMODIFIED_SINCE);
        return since != null && lastModified > since;
    }

    /** Steps 3 and 4: If-None-Match, else If-Modified-Since. If it is so, the answer is 304. */
    boolean isUnmodified() {
        String noneMatch = joined(HttpHeaders.IF_NONE_MATCH);
        if (noneMatch != null) {
            return matches(noneMatch, true);
        }
        Long since = date(HttpHeaders.IF_MODIFIED_SINCE);
        return since != null && lastModified <= since;
    }

    /** Step 5: whether a range may be sent, or If-Range tells that the client has a part of something else. */
    boolean allowRange() {
        String range = joined(HttpHeaderNames.IF_RANGE);
        if (range == null) {
            return true;
        }
        if (range.startsWith("\"") || range.startsWith("W/")) {
            return range.equals(etag);
        }
        Long date = HttpDate.parse(range);
        return date != null && date == lastModified;
    }

    /** Section 8.8.3.2: a weak tag matches only where weak comparison will do. */
    private boolean matches(String list, boolean weak) {
        if (list.strip().equals("*")) {
            return true;
        }
        Matcher tag = ENTITY_TAG.matcher(list);
        while (tag.find()) {
            if ((weak || tag.group(1) == null) && tag.group(2).equals(etag)) {
                return true;
            }
        }
        return false;
    }

    private String joined(CharSequence name) {
        return joined(fields, name);
    }

    /** Several lines of a field are one list, RFC 9110 section 5.3; null where there is none. */
    static String joined(MultiMap fields, CharSequence name) {
        List<String> lines = fields.getAll(name);
        return lines.isEmpty() ? null : lines.size() == 1 ? lines.get(0) : String.join(",", lines);
    }

    /** What is no date is ignored, sections 13.1.3 and 13.1.4; two dates are none. */
    private Long date(CharSequence name) {
        String value = joined(name);
        return value == null ? null : HttpDate.parse(value);
    }
}
