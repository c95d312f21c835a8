package org.bakedpage;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** A date as RFC 9110 section 5.6.7 has it: read in one of its three formats and in no other, written in the first. */
public final class HttpDate {

    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final List<String> LONG_DAYS = List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
            "Saturday", "Sunday");

    /** Each 0 is for a digit, ? for a digit or a space, _ for any character; the second begins behind a long day. */
    private static final String IMF_FIXDATE = "___, 00 ___ 0000 00:00:00 GMT";
    private static final String RFC850_DATE = ", 00-___-00 00:00:00 GMT";
    private static final String ASCTIME_DATE = "___ ___ ?0 00:00:00 0000";

    private HttpDate() {
    }

    /** An IMF-fixdate. @param second since 1970 */
    public static String format(long second) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        int day = 3 * (time.getDayOfWeek().getValue() - 1);
        int month = 3 * (time.getMonthValue() - 1);
        return DAYS.substring(day, day + 3) + ", " + two(time.getDayOfMonth()) + " " + MONTHS.substring(month, month + 3) + " "
                + two(time.getYear() / 100) + two(time.getYear() % 100) + " "
                + two(time.getHour()) + ":" + two(time.getMinute()) + ":" + two(time.getSecond()) + " GMT";
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    /** In seconds since 1970; null if it is no date. */
    static Long parse(String value) {
        if (fits(value, 0, IMF_FIXDATE) && indexOf(DAYS, value, 0) >= 0) {
            return seconds(number(value, 12, 4), indexOf(MONTHS, value, 8), number(value, 5, 2), value, 17);
        }
        if (fits(value, 0, ASCTIME_DATE) && indexOf(DAYS, value, 0) >= 0) {
            return seconds(number(value, 20, 4), indexOf(MONTHS, value, 4), number(value, 8, 2), value, 11);
        }
        int comma = value.length() - RFC850_DATE.length();
        if (fits(value, comma, RFC850_DATE) && LONG_DAYS.contains(value.substring(0, comma))) {
            int year = inCentury(number(value, comma + 9, 2));
            return seconds(year, indexOf(MONTHS, value, comma + 5), number(value, comma + 2, 2), value, comma + 12);
        }
        return null;
    }

    private static boolean fits(String value, int from, String format) {
        if (from < 0 || value.length() - from != format.length()) {
            return false;
        }
        for (int i = 0; i < format.length(); i++) {
            char c = value.charAt(from + i);
            boolean digit = c >= '0' && c <= '9';
            boolean fit = switch (format.charAt(i)) {
                case '0' -> digit;
                case '?' -> digit || c == ' ';
                case '_' -> true;
                default -> c == format.charAt(i);
            };
            if (!fit) {
                return false;
            }
        }
        return true;
    }

    /** Of a name of three letters that stands here, from 1 on. */
    static int month(String value, int at) {
        return indexOf(MONTHS, value, at) + 1;
    }

    /** Which of these names, of three letters each, stands here; -1 for none. */
    private static int indexOf(String names, String value, int at) {
        for (int i = 0; i < names.length(); i += 3) {
            if (value.startsWith(names.substring(i, i + 3), at)) {
                return i / 3;
            }
        }
        return -1;
    }

    /** A space is a zero. */
    private static int number(String value, int at, int digits) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            number = 10 * number + Math.max(0, value.charAt(i) - '0');
        }
        return number;
    }

    /** Two digits that would be more than 50 years ahead are of the past. */
    private static int inCentury(int year) {
        int now = LocalDateTime.ofEpochSecond(System.currentTimeMillis() / 1000, 0, ZoneOffset.UTC).getYear();
        int same = now - now % 100 + year;
        return same > now + 50 ? same - 100 : same;
    }

    /**
     * @param month 0 for January
     * @param at where the time of day begins
     */
    private static Long seconds(int year, int month, int day, String value, int at) {
        // A leap second is the last second of its minute here, as it is to every clock of the system.
        int second = number(value, at + 6, 2) == 60 ? 59 : number(value, at + 6, 2);
        try {
            return LocalDateTime.of(year, month + 1, day, number(value, at, 2), number(value, at + 3, 2), second)
                    .toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
