package org.bakedpage;

import java.util.HexFormat;

/** The value of a Host field, RFC 9110 section 7.2: a host as RFC 3986 section 3.2.2 has it, and perhaps a port. */
final class Host {

    private static final int MAX_PORT = 65_535;

    private Host() {
    }

    /** A name or an IPv4 address, which may be empty, or an IPv6 address in brackets. */
    static boolean isValid(String host) {
        int end = host.startsWith("[") ? endOfAddress(host) : endOfName(host);
        return end == host.length() || end >= 0 && host.charAt(end) == ':' && isPort(host, end + 1);
    }

    private static int endOfName(String host) {
        int at = 0;
        while (at < host.length()) {
            if (isOfName(host.charAt(at))) {
                at++;
            } else if (isEscape(host, at)) {
                at += 3;
            } else {
                break;
            }
        }
        return at;
    }

    private static boolean isOfName(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c) || ".-_~!$&'()*+,;=".indexOf(c) >= 0;
    }

    /** Whether a percent-encoded byte begins here, RFC 3986 section 2.1. */
    static boolean isEscape(String text, int at) {
        return text.charAt(at) == '%' && at + 2 < text.length() && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }

    /** Behind its bracket; -1 if it is no address. */
    private static int endOfAddress(String host) {
        int at = 1;
        while (at < host.length() && (HexFormat.isHexDigit(host.charAt(at)) || host.charAt(at) == ':' || host.charAt(at) == '.')) {
            at++;
        }
        return at > 1 && at < host.length() && host.charAt(at) == ']' ? at + 1 : -1;
    }

    /** Section 3.2.3: it may be empty, and have zeros ahead. One above 65535 Vert.x answers with 500. */
    private static boolean isPort(String host, int from) {
        int port = 0;
        for (int at = from; at < host.length(); at++) {
            int digit = host.charAt(at) - '0';
            if (digit < 0 || digit > 9 || port > MAX_PORT) {
                return false;
            }
            port = 10 * port + digit;
        }
        return port <= MAX_PORT;
    }
}
