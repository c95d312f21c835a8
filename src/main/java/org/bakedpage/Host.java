package org.bakedpage;

import java.util.HexFormat;

/** The value of a Host field, RFC 9110 section 7.2: a host as RFC 3986 section 3.2.2 has it, and perhaps a port. */
final class Host {

    private static final int MAX_PORT = 65_535;
    /** Of an IPv6 address, 16 bits each. */
    private static final int GROUPS = 8;

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

    /** Whether it is of a reg-name, RFC 3986 section 3.2.2, and no escape. */
    static boolean isOfName(char c) {
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
        return at < host.length() && host.charAt(at) == ']' && isAddress(host.substring(1, at)) ? at + 1 : -1;
    }

    /** Eight groups, of which "::" stands for one or more that are zero. */
    private static boolean isAddress(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == GROUPS;
        }
        int before = gap == 0 ? 0 : groups(text.substring(0, gap), false);
        int after = gap + 2 == text.length() ? 0 : groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    /**
     * @param last whether the last two may be an IPv4 address
     * @return how many; -1 if one is none
     */
    private static int groups(String text, boolean last) {
        int count = 0;
        int from = 0;
        for (int end; (end = text.indexOf(':', from)) >= 0; from = end + 1) {
            if (!isGroup(text, from, end)) {
                return -1;
            }
            count++;
        }
        return isGroup(text, from, text.length()) ? count + 1 : last && isIpv4(text, from) ? count + 2 : -1;
    }

    private static boolean isGroup(String text, int from, int end) {
        return end > from && end - from <= 4 && text.substring(from, end).indexOf('.') < 0;
    }

    private static boolean isIpv4(String text, int from) {
        int numbers = 0;
        int at = from;
        while (numbers < 4) {
            int end = at;
            int number = 0;
            while (end < text.length() && end < at + 3 && Character.digit(text.charAt(end), 10) >= 0) {
                number = 10 * number + Character.digit(text.charAt(end++), 10);
            }
            if (end == at || number > 255 || end > at + 1 && text.charAt(at) == '0'
                    || ++numbers < 4 && (end == text.length() || text.charAt(end) != '.')) {
                return false;
            }
            at = numbers < 4 ? end + 1 : end;
        }
        return at == text.length();
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
