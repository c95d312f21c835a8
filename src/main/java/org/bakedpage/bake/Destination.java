package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.IDN;
import java.net.URI;
import java.util.HexFormat;
import org.bakedpage.RequestPath;

/** Where a rule of {@code _redirects} leads. */
final class Destination {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Destination() {
    }

    /**
     * As a Location field has it, RFC 9110 section 10.2.2: what is not ASCII percent-encoded, a host by IDNA.
     * SECURITY: the host is the rule's: no part of it may come from a request.
     *
     * @throws IllegalArgumentException with the reason, if it is none
     */
    static String of(String word) {
        if (word.indexOf('\\') >= 0) {
            throw new IllegalArgumentException(word + " has a backslash, which browsers read as a slash; itself it is %5C");
        }
        if (word.startsWith("//")) {
            throw new IllegalArgumentException(word + " is of another host: write its scheme too, https:" + word);
        }
        int scheme = word.regionMatches(true, 0, "https://", 0, 8) ? 8 : word.regionMatches(true, 0, "http://", 0, 7) ? 7 : 0;
        if (scheme == 0 && !word.startsWith("/")) {
            throw new IllegalArgumentException(word + " leads nowhere: a destination begins with a slash, https:// or http://");
        }
        int end = scheme;
        while (scheme > 0 && end < word.length() && "/?#".indexOf(word.charAt(end)) < 0) {
            end++;
        }
        String origin = scheme == 0 ? "" : word.substring(0, scheme) + authority(word.substring(scheme, end));
        String encoded = origin + encode(word.substring(end));
        if (encoded.startsWith("/.netlify/")) {
            throw new IllegalArgumentException(word + " is a function or service of Netlify: there are only files here");
        }
        if (scheme == 0 && path(encoded) == null) {
            throw new IllegalArgumentException(word + " is not UTF-8, or has a NUL");
        }
        return encoded;
    }

    private static String authority(String authority) {
        try {
            int colon = authority.lastIndexOf(':');
            boolean named = !authority.startsWith("[");
            String host = !named || colon < 0 ? authority : authority.substring(0, colon);
            String ascii = (named ? IDN.toASCII(host) : host) + (named && colon >= 0 ? authority.substring(colon) : "");
            // A name may have both anywhere, RFC 3986 section 3.2.2; a URI refuses '_', and '-' at an end of a label.
            URI uri = URI.create("https://" + ascii.replaceAll("[_-]", "x"));
            if (uri.getHost() != null && uri.getRawUserInfo() == null && ascii.indexOf('%') < 0) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            // As one without a host.
        }
        throw new IllegalArgumentException("'" + authority + "' is no host: a rule names the whole host itself, without a user");
    }

    private static String encode(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            if (b <= ' ' || b == 0x7F || "\"<>[]^`{|}".indexOf(b) >= 0) {
                HEX.toHexDigits(out.append('%'), b);
            } else {
                out.append((char) b);
            }
        }
        for (int at = out.indexOf("%"); at >= 0; at = out.indexOf("%", at + 1)) {
            if (at + 2 >= out.length() || !HexFormat.isHexDigit(out.charAt(at + 1)) || !HexFormat.isHexDigit(out.charAt(at + 2))) {
                throw new IllegalArgumentException(text + " has an invalid percent-encoding; a percent sign itself is %25");
            }
        }
        return out.toString();
    }

    /** The decoded path of one on this host. */
    static String path(String destination) {
        return RequestPath.of(withoutFragment(destination));
    }

    static String withoutFragment(String destination) {
        int hash = destination.indexOf('#');
        return hash < 0 ? destination : destination.substring(0, hash);
    }
}
