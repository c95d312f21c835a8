package org.bakedpage;

/**
 * One range of bytes that a client asks for, RFC 9110 section 14.1.2.
 *
 * @param first the position of its first byte
 * @param last the position of its last byte; before the first where the content has no such bytes
 */
record ByteRange(long first, long last) {

    private static final String UNIT = "bytes=";

    /**
     * The range that is asked for; null for several, another unit or bad syntax, which may all be ignored (14.2). So is every
     * range of empty content: its last bytes are satisfiable, but no Content-Range can say so.
     */
    static ByteRange of(String field, int length) {
        if (field == null || length == 0 || !field.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return null;
        }
        int from = FieldList.skipSeparators(field, UNIT.length());
        int dash = endOfDigits(field, from);
        if (dash == field.length() || field.charAt(dash) != '-') {
            return null;
        }
        int end = endOfDigits(field, dash + 1);
        if (FieldList.skipSeparators(field, end) < field.length()) {
            return null;
        }
        String first = field.substring(from, dash);
        String last = field.substring(dash + 1, end);
        if (first.isEmpty()) {
            return last.isEmpty() ? null : suffix(number(last), length);
        }
        boolean backwards = !last.isEmpty() && isGreater(first, last);
        return backwards ? null : new ByteRange(number(first), last.isEmpty() ? length - 1L : Math.min(number(last), length - 1L));
    }

    private static int endOfDigits(String field, int from) {
        int at = from;
        while (at < field.length() && field.charAt(at) >= '0' && field.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static ByteRange suffix(long wanted, int length) {
        return new ByteRange(wanted == 0 ? length : Math.max(0, length - wanted), length - 1L);
    }

    /** At most Long.MAX_VALUE, which is more than any content has. */
    private static long number(String digits) {
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            number = number > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : 10 * number + digit;
        }
        return number;
    }

    /** Also of numbers that are too long for a long. */
    private static boolean isGreater(String first, String last) {
        String a = withoutZeros(first);
        String b = withoutZeros(last);
        return a.length() > b.length() || a.length() == b.length() && a.compareTo(b) > 0;
    }

    private static String withoutZeros(String digits) {
        int at = 0;
        while (at < digits.length() && digits.charAt(at) == '0') {
            at++;
        }
        return digits.substring(at);
    }

    boolean isSatisfiable() {
        return first <= last;
    }

    int length() {
        return (int) (last - first + 1);
    }
}
