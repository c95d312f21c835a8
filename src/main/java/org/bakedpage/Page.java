package org.bakedpage;

import io.netty.util.AsciiString;
import java.util.Comparator;
import java.util.List;

/**
 * What is sent for one path, known in full before the first request. Immutable, shared by every event loop. Fields are kept
 * as the bytes that are sent: a string would be turned into them for every answer.
 */
final class Page {

    private final AsciiString contentType;
    private final AsciiString cacheControl;
    private final List<Representation> representations;
    private final Representation identity;

    /**
     * @param contentType RFC 9110 section 8.3
     * @param cacheControl RFC 9111 section 5.2
     * @param representations in different codings; one of them is the identity
     */
    Page(CharSequence contentType, CharSequence cacheControl, List<Representation> representations) {
        this.contentType = AsciiString.of(contentType);
        this.cacheControl = AsciiString.of(cacheControl);
        this.representations = representations.stream().sorted(Comparator.comparingInt(Representation::length)).toList();
        this.identity = representations.stream().filter(r -> r.coding() == Coding.IDENTITY).findFirst().orElseThrow();
    }

    CharSequence contentType() {
        return contentType;
    }

    CharSequence cacheControl() {
        return cacheControl;
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
}
