package org.bakedpage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes that a client asks for, RFC 9110 section 14.1.2.
 *
 * @param first the position of its first byte
 * @param last the position of its last byte; before the first where the content has no such bytes
 */
record ByteRange(long first, long last) {

    /** 18 digits are a long, whatever they are. */
    private static final Pattern ONE = Pattern.compile("(?i:bytes)=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*");

    /** The range that is asked for; null for several, another unit or bad syntax, which may all be ignored (14.2). */
    static ByteRange of(String field, int length) {
        Matcher range = field == null ? null : ONE.matcher(field);
        if (range == null || !range.matches()) {
            return null;
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? null : suffix(Long.parseLong(last), length);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
        return from > to ? null : new ByteRange(from, Math.min(to, length - 1L));
    }

    private static ByteRange suffix(long wanted, int length) {
        return new ByteRange(wanted == 0 ? length : Math.max(0, length - wanted), length - 1L);
    }

    boolean isSatisfiable() {
        return first <= last;
    }

    int length() {
        return (int) (last - first + 1);
    }
}
