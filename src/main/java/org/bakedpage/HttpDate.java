package org.bakedpage;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A date as RFC 9110 section 5.6.7 has it: read in one of its three formats and in no other, written in the first. */
public final class HttpDate {

    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    private static final String MONTH = "(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    private static final String TIME = "(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})";

    private static final Pattern[] FORMATS = {
        Pattern.compile(DAY + ", (?<day>[0-9]{2}) " + MONTH + " (?<year>[0-9]{4}) " + TIME + " GMT"),
        Pattern.compile("(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>[0-9]{2})-" + MONTH + "-(?<year>[0-9]{2}) "
                + TIME + " GMT"),
        Pattern.compile(DAY + " " + MONTH + " (?<day>[0-9]{2}| [0-9]) " + TIME + " (?<year>[0-9]{4})") };

    private HttpDate() {
    }

    /** An IMF-fixdate. @param second since 1970 */
    public static String format(long second) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        int day = 3 * (time.getDayOfWeek().getValue() - 1);
        int month = 3 * (time.getMonthValue() - 1);
        return DAYS.substring(day, day + 3) + ", " + two(time.getDayOfMonth()) + " " + MONTHS.substring(month, month + 3) + " "
                + time.getYear() + " " + two(time.getHour()) + ":" + two(time.getMinute()) + ":" + two(time.getSecond()) + " GMT";
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    /** In seconds since 1970; null if it is no date. */
    static Long parse(String value) {
        for (Pattern format : FORMATS) {
            Matcher date = format.matcher(value);
            if (date.matches()) {
                return seconds(date);
            }
        }
        return null;
    }

    private static Long seconds(Matcher date) {
        int month = MONTHS.indexOf(date.group("month")) / 3 + 1;
        // A leap second is the last second of its minute here, as it is to every clock of the system.
        int second = number(date, "second") == 60 ? 59 : number(date, "second");
        try {
            return LocalDateTime.of(year(date.group("year")), month, number(date, "day"), number(date, "hour"),
                    number(date, "minute"), second).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Two digits that would be more than 50 years ahead are of the past. */
    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        if (digits.length() > 2) {
            return year;
        }
        int now = LocalDateTime.ofEpochSecond(System.currentTimeMillis() / 1000, 0, ZoneOffset.UTC).getYear();
        int same = now - now % 100 + year;
        return same > now + 50 ? same - 100 : same;
    }

    private static int number(Matcher date, String group) {
        return Integer.parseInt(date.group(group).strip());
    }
}
