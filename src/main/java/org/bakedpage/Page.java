package org.bakedpage;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What is sent for one path, known in full before the first request. Immutable, shared by every event loop. Fields are kept
 * as the bytes that are sent: a string would be turned into them for every answer.
 */
final class Page {

    private final HttpResponseStatus status;
    private final AsciiString contentType;
    private final AsciiString cacheControl;
    private final List<Field> fields;
    private final List<Representation> representations;
    private final Representation identity;
    private final String location;
    private final Page markdown;

    /**
     * A field that this page has besides, RFC 9110 section 6.3.
     *
     * @param value null where the page does not have the field that all others have
     */
    record Field(AsciiString name, AsciiString value) {
    }

    /**
     * @param contentType RFC 9110 section 8.3
     * @param cacheControl RFC 9111 section 5.2; empty for none
     * @param representations in different codings; one of them is the identity
     */
    Page(CharSequence contentType, CharSequence cacheControl, List<Representation> representations) {
        this(HttpResponseStatus.OK, contentType, cacheControl, List.of(), smallestFirst(representations), null, null);
    }

    /** @param representations the smallest first */
    private Page(HttpResponseStatus status, CharSequence contentType, CharSequence cacheControl, List<Field> fields,
            List<Representation> representations, String location, Page markdown) {
        this.status = status;
        this.contentType = AsciiString.of(contentType);
        this.cacheControl = AsciiString.of(cacheControl);
        this.fields = List.copyOf(fields);
        this.representations = representations;
        this.identity = identity(representations);
        this.location = location;
        this.markdown = markdown;
    }

    private static List<Representation> smallestFirst(List<Representation> representations) {
        Representation[] sorted = representations.toArray(new Representation[0]);
        Arrays.sort(sorted, Comparator.comparingInt(Representation::length));
        return List.of(sorted);
    }

    private static Representation identity(List<Representation> representations) {
        for (Representation representation : representations) {
            if (representation.coding() == Coding.IDENTITY) {
                return representation;
            }
        }
        return null;
    }

    /**
     * RFC 9110 section 15.4.
     *
     * @param location a URI reference; the query of the request is added where it has none
     */
    static Page redirect(int status, String location) {
        return new Page(HttpResponseStatus.valueOf(status), AsciiString.EMPTY_STRING, AsciiString.EMPTY_STRING, List.of(), List.of(), location,
                null);
    }

    /** Without content, where there is no environment it could be of. */
    static Page placeholder() {
        return new Page(AsciiString.EMPTY_STRING, AsciiString.EMPTY_STRING, List.of());
    }

    /** @param status 404, 410 or 451, in dev mode 500: its content is that of an error */
    Page withStatus(int status) {
        return new Page(HttpResponseStatus.valueOf(status), contentType, cacheControl, fields, representations, location, markdown);
    }

    /** @param fields take the place of those that every response has */
    Page withFields(List<Field> fields) {
        return new Page(status, contentType, cacheControl, fields, representations, location, markdown);
    }

    /** @param markdown what is sent to who asks for text/markdown */
    Page withMarkdown(Page markdown) {
        return new Page(status, contentType, cacheControl, fields, representations, location, markdown);
    }

    HttpResponseStatus status() {
        return status;
    }

    /** Whether it is more than a page that is sent with 200, as it is, to everybody. */
    boolean isSpecial() {
        return status != HttpResponseStatus.OK || markdown != null;
    }

    /** Null where it is no redirect. */
    String location() {
        return location;
    }

    /** Null where there is none. */
    Page markdown() {
        return markdown;
    }

    CharSequence contentType() {
        return contentType;
    }

    AsciiString cacheControl() {
        return cacheControl;
    }

    List<Field> fields() {
        return fields;
    }

    /** The value of that field, which this page alone has; null where there is none. */
    AsciiString field(CharSequence name) {
        for (Field field : fields) {
            if (field.name().contentEqualsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    /** The smallest first. */
    List<Representation> representations() {
        return representations;
    }

    Representation identity() {
        return identity;
    }

    /** Whether what is sent depends on what the client takes: RFC 9110 section 12.5.5. */
    boolean varies() {
        return representations.size() > 1;
    }

    /** As {@link #parse} reads it; empty for none. */
    String fieldLines() {
        StringBuilder lines = new StringBuilder();
        for (Field field : fields) {
            lines.append(field.value() == null ? "!" + field.name() : field.name() + ": " + field.value()).append('\n');
        }
        return lines.toString();
    }

    static List<Field> parse(String lines) {
        List<Field> fields = new ArrayList<>();
        for (String line : lines.isEmpty() ? new String[0] : lines.split("\n")) {
            int colon = line.indexOf(": ");
            fields.add(line.startsWith("!") ? new Field(new AsciiString(line.substring(1)), null)
                    : new Field(new AsciiString(line.substring(0, colon)), new AsciiString(line.substring(colon + 2))));
        }
        return fields;
    }
}
