package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    private static final int LENGTH = 100;

    /** What it was before numbers of more than 18 digits were numbers, and lists could have empty elements. */
    private static final Pattern BEFORE = Pattern.compile("(?i:bytes)=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-0                                            | 0  | 0
            bytes=0-9                                            | 0  | 9
            BYTES=0-9                                            | 0  | 9
            bytes=99-                                            | 99 | 99
            bytes=50-99                                          | 50 | 99
            bytes=50-100                                         | 50 | 99
            bytes=0-9223372036854775807                          | 0  | 99
            bytes=0-9223372036854775808                          | 0  | 99
            bytes=0-99999999999999999999999999999999             | 0  | 99
            bytes=00000000000000000000000000000005-0006          | 5  | 6
            bytes=-1                                             | 99 | 99
            bytes=-100                                           | 0  | 99
            bytes=-101                                           | 0  | 99
            bytes=-99999999999999999999999999999999              | 0  | 99
            bytes=-00000000000000000000000000000001              | 99 | 99
            'bytes= \t1-2\t '                                    | 1  | 2
            'bytes=,, 1-2 ,,'                                    | 1  | 2
            """)
    void a_range_is_part_of_the_content(String field, long first, long last) {
        ByteRange range = ByteRange.of(field, LENGTH);
        assertEquals(new ByteRange(first, last), range);
        assertTrue(range.isSatisfiable());
        assertEquals(last - first + 1, range.length());
    }

    @ParameterizedTest
    @ValueSource(strings = { "bytes=100-", "bytes=100-100", "bytes=101-200", "bytes=-0", "bytes=-00", "bytes=9223372036854775807-",
            "bytes=9223372036854775808-", "bytes=99999999999999999999999999999999-",
            "bytes=99999999999999999998-99999999999999999999", "bytes=18446744073709551616-18446744073709551617" })
    void a_range_beyond_the_end_is_not_satisfiable(String field) {
        assertFalse(ByteRange.of(field, LENGTH).isSatisfiable());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "bytes", "bytes=", "bytes=-", "bytes=,", "bytes=5-2", "bytes=99999999999999999999-99999999999999999998",
            "bytes=99999999999999999999-1", "bytes=000000000000000000009-8", "bytes=a-b", "bytes=0-1x", "bytes=0 -1", "bytes=0- 1",
            "bytes=0-1,3-4", "bytes=0-1,,3-4", "bytes=0-1 3-4", "bytes=--1", "bytes=+1-2", "bytes=0x0-1", "bytes =0-1", " bytes=0-1",
            "items=0-1", "byte=0-1", "bytess=0-1", "0-1", "bytes=0", "bytes=0-1;q=1", "bytes=\u00b2-" })
    void what_is_not_one_range_is_ignored(String field) {
        assertNull(ByteRange.of(field, LENGTH));
    }

    @ParameterizedTest
    @ValueSource(strings = { "bytes=0-", "bytes=0-0", "bytes=-1", "bytes=-0", "bytes=5-", "bytes=x" })
    void every_range_of_empty_content_is_ignored(String field) {
        assertNull(ByteRange.of(field, 0));
    }

    @Test
    void short_numbers_are_what_they_were() {
        NastyInput.random(200_000, "bytes=", "Bytes=", "=", "0", "1", "99", "100", "-", "-", " ", "\t", "\u00b2").forEach(field -> {
            Matcher before = BEFORE.matcher(field);
            boolean some = before.matches() && before.group(1).length() + before.group(2).length() > 0
                    && (before.group(1).isEmpty() || before.group(2).isEmpty()
                            || Long.parseLong(before.group(1)) <= Long.parseLong(before.group(2)));
            ByteRange range = ByteRange.of(field, LENGTH);
            assertEquals(some, range != null, field);
            if (some && !before.group(1).isEmpty()) {
                assertEquals(Long.parseLong(before.group(1)), range.first(), field);
            }
        });
    }

    @Test
    void time_is_linear() {
        for (String before : new String[] { "", "bytes=", "bytes=0-", "bytes=-" }) {
            NastyInput.assertLinear(before, field -> ByteRange.of(field, LENGTH));
        }
        String digits = "9".repeat(1 << 20);
        assertNotNull(ByteRange.of("bytes=" + digits + "-" + digits, LENGTH));
    }
}
