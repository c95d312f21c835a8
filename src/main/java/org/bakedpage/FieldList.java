package org.bakedpage;

/**
 * A field's value that is a list: elements, of which empty ones count for nothing, between commas, with or without spaces
 * and tabs around them, RFC 9110 sections 5.6.1 and 5.6.3.
 */
final class FieldList {

    private FieldList() {
    }

    /** Whether this token, in either case, is an element of it. */
    static boolean contains(String list, String token) {
        for (int from = 0; from < list.length();) {
            int end = endOfElement(list, from);
            int first = skipSpaces(list, from);
            if (list.regionMatches(true, first, token, 0, token.length()) && skipSpaces(list, first + token.length()) == end) {
                return true;
            }
            from = end + 1;
        }
        return false;
    }

    /** Of Vary, RFC 9110 section 12.5.5: both, but for what is there already; "*" has all in it. */
    static String joined(String own, String other) {
        if (contains(own, "*") || contains(other, "*")) {
            return "*";
        }
        StringBuilder joined = new StringBuilder(own);
        for (String name : other.split(",")) {
            if (!name.isBlank() && !contains(own, name.strip())) {
                joined.append(", ").append(name.strip());
            }
        }
        return joined.toString();
    }

    /** The position of the next comma, or the list's end. */
    static int endOfElement(String list, int from) {
        int comma = list.indexOf(',', from);
        return comma < 0 ? list.length() : comma;
    }

    static int skipSpaces(String list, int from) {
        int at = from;
        while (at < list.length() && isSpace(list.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The position behind empty elements too. */
    static int skipSeparators(String list, int from) {
        int at = from;
        while (at < list.length() && (isSpace(list.charAt(at)) || list.charAt(at) == ',')) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
