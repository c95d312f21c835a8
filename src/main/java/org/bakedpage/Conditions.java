package org.bakedpage;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.List;

/** The conditions of a request, evaluated in the order of RFC 9110 section 13.2.2. */
final class Conditions {

    /** Of what has no time of its last change: dates in a request say nothing of it then. */
    static final long UNKNOWN = -1;

    private final RequestFields fields;
    private final String etag;
    private final long lastModified;

    /**
     * @param fields of a GET or HEAD request
     * @param etag of the representation that would be sent
     * @param lastModified of the page, in seconds since 1970, or UNKNOWN
     */
    Conditions(RequestFields fields, AsciiString etag, long lastModified) {
        this.fields = fields;
        this.etag = etag.toString();
        this.lastModified = lastModified;
    }

    /** Steps 1 and 2: If-Match, else If-Unmodified-Since. If it is so, the answer is 412. */
    boolean failed() {
        String match = fields.get(HttpHeaderNames.IF_MATCH);
        if (match != null) {
            return !matches(match, false);
        }
        Long since = date(HttpHeaderNames.IF_UNMODIFIED_SINCE);
        return since != null && lastModified > since && lastModified != UNKNOWN;
    }

    /** Steps 3 and 4: If-None-Match, else If-Modified-Since. If it is so, the answer is 304. */
    boolean isUnmodified() {
        String noneMatch = fields.get(HttpHeaderNames.IF_NONE_MATCH);
        if (noneMatch != null) {
            return matches(noneMatch, true);
        }
        Long since = date(HttpHeaderNames.IF_MODIFIED_SINCE);
        return since != null && lastModified <= since && lastModified != UNKNOWN;
    }

    /** Step 5: whether a range may be sent, or If-Range tells that the client has a part of something else. */
    boolean allowRange() {
        String range = fields.get(HttpHeaderNames.IF_RANGE);
        if (range == null) {
            return true;
        }
        if (range.startsWith("\"") || range.startsWith("W/")) {
            return range.equals(etag);
        }
        Long date = HttpDate.parse(range);
        return date != null && date == lastModified && lastModified != UNKNOWN;
    }

    /**
     * Section 8.8.3.2: a weak tag matches only where weak comparison will do. A tag may contain commas; what is no tag matches
     * nothing, and the list goes on behind the next comma.
     */
    private boolean matches(String list, boolean weak) {
        if (list.strip().equals("*")) {
            return true;
        }
        int at = FieldList.skipSeparators(list, 0);
        while (at < list.length()) {
            boolean weakTag = list.startsWith("W/", at);
            int tag = weakTag ? at + 2 : at;
            int end = endOfTag(list, tag);
            int next = FieldList.skipSpaces(list, end);
            boolean whole = next == list.length() || list.charAt(next) == ',';
            if (whole && (weak || !weakTag) && end - tag == etag.length() && list.startsWith(etag, tag)) {
                return true;
            }
            at = FieldList.skipSeparators(list, FieldList.endOfElement(list, next));
        }
        return false;
    }

    /** Behind the closing quote of what begins with one; no further than it begins where it does not. */
    private static int endOfTag(String list, int tag) {
        if (!list.startsWith("\"", tag)) {
            return tag;
        }
        int quote = list.indexOf('"', tag + 1);
        return quote < 0 ? list.length() : quote + 1;
    }

    /** Several lines of a field are one list, RFC 9110 section 5.3; null where there is none. */
    static String joined(MultiMap fields, CharSequence name) {
        List<String> lines = fields.getAll(name);
        return lines.isEmpty() ? null : lines.size() == 1 ? lines.get(0) : String.join(",", lines);
    }

    /** What is no date is ignored, sections 13.1.3 and 13.1.4; two dates are none. */
    private Long date(CharSequence name) {
        String value = fields.get(name);
        return value == null ? null : HttpDate.parse(value);
    }
}
