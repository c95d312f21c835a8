package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {

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
            "Fri, 01 Jan 2100 00:00:00 GMT,Fri, 01 Jan 2100 00:00:00 GMT" })
    void nothing_else_is(String value) {
        assertNull(HttpDate.parse(value));
    }
}
