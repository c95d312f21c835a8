package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/**
 * Parts of a Location field, RFC 9110 section 10.2.2.
 * SECURITY: whatever a request gives, they have neither white space nor control characters.
 */
public final class Location {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    /** RFC 3986 section 2.3, but for letters and digits. */
    private static final String UNRESERVED = "-._~";
    /** Of a segment, and the slash, RFC 3986 section 3.3; without what has a meaning in a source of {@code _redirects}. */
    private static final String LITERAL = UNRESERVED + "!$&'()+,;=@/";
    private static final String IN_PATH = LITERAL + ":*";

    private Location() {
    }

    /** As a source of {@code _redirects} has it: no character in it has a meaning there. */
    public static String encode(String text) {
        return encode(text, LITERAL);
    }

    /** As a path, RFC 3986 section 3.3. */
    public static String encodePath(String text) {
        return encode(text, IN_PATH);
    }

    /** As a part of a query's or fragment's parameter. */
    static String encodeValue(String text) {
        return encode(text, UNRESERVED);
    }

    /** Where a relative reference leads to, RFC 3986 section 5.2; the paths are decoded. */
    static String resolve(String path, String reference) {
        return RequestPath.normalize(path.substring(0, path.lastIndexOf('/') + 1) + RequestPath.decode(reference));
    }

    private static String encode(String text, String unencoded) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xFF);
            if (RedirectPattern.isLetter(c) || RedirectPattern.isDigit(c) || unencoded.indexOf(c) >= 0) {
                out.append(c);
            } else {
                HEX.toHexDigits(out.append('%'), b);
            }
        }
        return out.toString();
    }

    /**
     * A Location with the request's query, unless it has one of its own; ahead of its fragment.
     * SECURITY: of the query, what is no visible ASCII character is percent-encoded, and what would begin a fragment.
     *
     * @param query as it was sent, each character a byte; null for none
     */
    public static String withQuery(String location, String query) {
        int hash = location.indexOf('#');
        int end = hash < 0 ? location.length() : hash;
        int own = location.indexOf('?');
        if (query == null || query.isEmpty() || own >= 0 && own < end) {
            return location;
        }
        StringBuilder out = new StringBuilder(location.length() + query.length() + 1).append(location, 0, end).append('?');
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c > ' ' && c < 0x7F && "\"#<>\\^`{|}".indexOf(c) < 0) {
                out.append(c);
            } else {
                HEX.toHexDigits(out.append('%'), (byte) c);
            }
        }
        return out.append(location, end, location.length()).toString();
    }
}
