package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {

    private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    private static final String MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    private static final String TIME = "[0-9]{2}:[0-9]{2}:[0-9]{2}";
    /** What the formats were before: those of them that the calendar has are dates. */
    private static final Pattern FORMATS = Pattern.compile(DAY + ", [0-9]{2} " + MONTH + " [0-9]{4} " + TIME + " GMT"
            + "|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [0-9]{2}-" + MONTH + "-[0-9]{2} " + TIME + " GMT"
            + "|" + DAY + " " + MONTH + " (?:[0-9]{2}| [0-9]) " + TIME + " [0-9]{4}");
    /** Which the calendar has not; all other numbers stay small. */
    private static final Pattern DAY_ZERO = Pattern.compile(".*[ ,-]+00?[ -]" + MONTH + ".*|... ... ( 0|00) .*");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Sun, 06 Nov 1994 08:49:37 GMT  | 1994-11-06T08:49:37Z
            Sunday, 06-Nov-94 08:49:37 GMT | 1994-11-06T08:49:37Z
            Sun Nov  6 08:49:37 1994       | 1994-11-06T08:49:37Z
            Sun Nov 16 08:49:37 1994       | 1994-11-16T08:49:37Z
            Thu, 01 Jan 1970 00:00:00 GMT  | 1970-01-01T00:00:00Z
            Wed, 29 Feb 2040 23:59:59 GMT  | 2040-02-29T23:59:59Z
            Sat, 31 Dec 2016 23:59:60 GMT  | 2016-12-31T23:59:59Z
            Fri, 01 Jan 2100 00:00:00 GMT  | 2100-01-01T00:00:00Z
            Friday, 31-Dec-99 23:59:59 GMT | 1999-12-31T23:59:59Z
            Monday, 01-Jan-40 00:00:00 GMT | 2040-01-01T00:00:00Z
            Wednesday, 09-Nov-94 08:49:37 GMT | 1994-11-09T08:49:37Z
            Sat, 01 Jan 0000 00:00:00 GMT  | 0000-01-01T00:00:00Z
            Fri, 31 Dec 9999 23:59:59 GMT  | 9999-12-31T23:59:59Z
            Mon, 06 Nov 1994 08:49:37 GMT  | 1994-11-06T08:49:37Z
            """)
    void each_of_the_three_formats_is_a_date(String value, Instant date) {
        assertEquals(date.getEpochSecond(), HttpDate.parse(value));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "yesterday", "4102444800", "Sun, 31 Feb 2100 00:00:00 GMT", "Tue, 29 Feb 2100 00:00:00 GMT",
            "Fri, 01 Jan 2100 00:00:00", "Fri, 01 Jan 2100 00:00:00 +0100", "Fri, 01 Jan 2100 00:00:00 GMT junk",
            "fri, 01 jan 2100 00:00:00 gmt", "Fri, 1 Jan 2100 00:00:00 GMT", "Fri, 01 Jan 2100 24:00:00 GMT",
            "Fri, 01 Jan 2100 00:60:00 GMT", "Fri, 01 Jan 2100 00:00:61 GMT", "Fri, 00 Jan 2100 00:00:00 GMT",
            "01 Jan 2100 00:00:00 GMT", "Fri, 01-Jan-2100 00:00:00 GMT", "Fri, 01-Jan-00 00:00:00 GMT", "Fri Jan 1 00:00:00 2100",
            "Fri Jan 01 00:00:00 2100 GMT", " Fri, 01 Jan 2100 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 UTC",
            "Fri, 01 Jan 10000 00:00:00 GMT", "Fri, 01 Jan -001 00:00:00 GMT",
            "Fri, 1  Jan 2100 00:00:00 GMT", "Fri, \u0660\u0661 Jan 2100 00:00:00 GMT", "Fry, 01 Jan 2100 00:00:00 GMT",
            "Fri, 01 anF 2100 00:00:00 GMT", "Friday, 32-Dec-99 23:59:59 GMT", "Fri, 31-Dec-99 23:59:59 GMT",
            "Freeday, 31-Dec-99 23:59:59 GMT", "Friday, 31-Dec-1999 23:59:59 GMT", "Fri Jan  0 00:00:00 2100",
            "Fri Jan 1  00:00:00 2100", "Fri Jan    00:00:00 2100",
            "Fri, 01 Jan 2100 00:00:00 GMT,Fri, 01 Jan 2100 00:00:00 GMT" })
    void nothing_else_is(String value) {
        assertNull(HttpDate.parse(value));
    }

    @Test
    void a_date_is_what_it_was() {
        for (String date : List.of("Fri, 01 Jan 2100 00:00:00 GMT", "Friday, 01-Jan-00 00:00:00 GMT", "Fri Jan  1 00:00:00 2100")) {
            NastyInput.random(20_000, "0", "1", " ", ":", ",", "-", "a", "Jan", "Sun", "Sunday", "GMT", "\u00b2").forEach(part -> {
                int at = Math.floorMod(part.hashCode(), date.length());
                for (int dropped = 0; dropped <= Math.min(3, date.length() - at); dropped++) {
                    String value = date.substring(0, at) + part + date.substring(at + dropped);
                    boolean before = FORMATS.matcher(value).matches() && !DAY_ZERO.matcher(value).matches();
                    assertEquals(before, HttpDate.parse(value) != null, value);
                }
            });
        }
    }

    @Test
    void time_is_linear() {
        for (String before : new String[] { "", "Fri, ", "Friday, ", "Fri Jan " }) {
            NastyInput.assertLinear(before, HttpDate::parse);
        }
    }
}
