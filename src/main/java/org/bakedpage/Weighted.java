package org.bakedpage;

/** Walks through a list in which a client says how much it wants what, RFC 9110 section 12.4.2. */
final class Weighted {

    /** Weights are in thousandths. */
    static final int MAX_WEIGHT = 1000;
    private static final int NONE = -1;

    private final String list;
    private int name;
    private int nameEnd;
    private int weight;
    private int end;

    Weighted(String list) {
        this.list = list;
    }

    /** Of this name in a list, which is null where it was not sent; 0 where it is refused or not named. */
    static int weight(String list, String name) {
        if (list != null) {
            Weighted element = new Weighted(list);
            while (element.next()) {
                if (element.is(name) && element.weight() > 0) {
                    return element.weight();
                }
            }
        }
        return 0;
    }

    /** Of this media type in Accept, which is not null: the most specific range that it is in counts, RFC 9110 section 12.5.1. */
    static int rangeWeight(String list, String type) {
        String[] ranges = { "*/*", type.substring(0, type.indexOf('/') + 1) + "*", type };
        int found = -1;
        int weight = 0;
        for (Weighted element = new Weighted(list); element.next();) {
            for (int range = found + 1; range < ranges.length; range++) {
                if (element.is(ranges[range])) {
                    found = range;
                    weight = element.weight();
                }
            }
        }
        return weight;
    }

    /** Goes to the next element, at first to the first; false if there is none. */
    boolean next() {
        name = FieldList.skipSeparators(list, end);
        nameEnd = name;
        while (nameEnd < list.length() && list.charAt(nameEnd) != ';' && list.charAt(nameEnd) != ',') {
            nameEnd++;
        }
        end = nameEnd;
        weight = NONE;
        while (end < list.length() && list.charAt(end) == ';') {
            int parameter = FieldList.skipSpaces(list, end + 1);
            end = endOfParameter(parameter);
            weight = weight == NONE ? weight(parameter) : weight;
        }
        return name < list.length();
    }

    /** Whether the element has this name, in either case. */
    boolean is(CharSequence expected) {
        int length = expected.length();
        return list.regionMatches(true, name, expected.toString(), 0, length)
                && FieldList.skipSpaces(list, name + length) == nameEnd;
    }

    /** What is no weight is as if it were not there. */
    int weight() {
        return weight == NONE ? MAX_WEIGHT : weight;
    }

    /** A semicolon or comma, but for one within a quoted string (section 5.6.4), or the list's end. */
    private int endOfParameter(int from) {
        boolean quoted = false;
        int at = from;
        while (at < list.length()) {
            char c = list.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                at++;
            } else if (!quoted && (c == ';' || c == ',')) {
                break;
            }
            at++;
        }
        return Math.min(at, list.length());
    }

    /** Of the parameter that begins here: a digit, and up to three behind a point. */
    private int weight(int parameter) {
        int at = parameter + 3;
        if (at > end || !list.startsWith("q=", parameter) && !list.startsWith("Q=", parameter)) {
            return NONE;
        }
        int thousandths = (list.charAt(at - 1) - '0') * MAX_WEIGHT;
        if (at < end && list.charAt(at) == '.') {
            at++;
            for (int unit = MAX_WEIGHT / 10; unit > 0 && at < end && isDigit(list.charAt(at)); unit /= 10) {
                thousandths += (list.charAt(at++) - '0') * unit;
            }
        }
        boolean valid = FieldList.skipSpaces(list, at) == end && thousandths >= 0 && thousandths <= MAX_WEIGHT;
        return valid ? thousandths : NONE;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
