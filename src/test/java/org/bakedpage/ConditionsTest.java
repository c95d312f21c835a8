package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

    private static final AsciiString ETAG = AsciiString.of("\"e,t\"");
    private static final long LAST_MODIFIED = Instant.parse("1994-11-06T08:49:37Z").getEpochSecond();

    /** How a list was read before: every tag was found, whatever stood around it. */
    private static final Pattern TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")");
    /** RFC 9110 sections 5.6.1 and 8.8.3. */
    private static final Pattern LIST = Pattern.compile("[ \t,]*(?:(?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\"[ \t]*(?:,[ \t,]*|\\z))*");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "e,t"               | true  | true
            W/"e,t"             | true  | false
            *                   | true  | true
            ~ * ~               | true  | true
            "a", "e,t"          | true  | true
            "a",W/"e,t"         | true  | false
            W/"a","e,t"         | true  | true
            ~,, "e,t" ,,~       | true  | true
            ~"a"\t,\t"e,t"\t~   | true  | true
            "a,b","e,t"         | true  | true
            "a\\","e,t"         | true  | true
            "a b", "e,t"        | true  | true
            "", "e,t"           | true  | true
            garbage, "e,t"      | true  | true
            garbage "e,t"       | false | false
            "e,t" garbage       | false | false
            "e,t"garbage        | false | false
            "a""e,t"            | false | false
            "x,"e,t"            | false | false
            *, "a"              | false | false
            *,*                 | false | false
            **                  | false | false
            w/"e,t"             | false | false
            W/ "e,t"            | false | false
            W/W/"e,t"           | false | false
            "W/"e,t"            | false | false
            e,t                 | false | false
            'e,t'               | false | false
            "E,T"               | false | false
            "e,t                | false | false
            e,t"                | false | false
            "e,"                | false | false
            "e,t,u"             | false | false
            "e, "t"             | false | false
            "                   | false | false
            ~~                  | false | false
            ,                   | false | false
            """)
    void a_list_matches_weakly_or_strongly(String list, boolean weakly, boolean strongly) {
        assertEquals(weakly, conditions("If-None-Match", list).isUnmodified());
        assertEquals(strongly, !conditions("If-Match", list).failed());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Sun, 06 Nov 1994 08:49:37 GMT                                | true  | false
            Sunday, 06-Nov-94 08:49:37 GMT                               | true  | false
            Sun Nov  6 08:49:37 1994                                     | true  | false
            Sun, 06 Nov 1994 08:49:38 GMT                                | true  | false
            Sun, 06 Nov 1994 08:49:36 GMT                                | false | true
            Sat, 01 Jan 0000 00:00:00 GMT                                | false | true
            Fri, 31 Dec 9999 23:59:60 GMT                                | true  | false
            Sun, 06 Nov 1994 08:49:37 GMT,Sun, 06 Nov 1994 08:49:37 GMT  | false | false
            Sun, 31 Feb 2100 00:00:00 GMT                                | false | false
            yesterday                                                    | false | false
            ''                                                           | false | false
            """)
    void a_date_is_compared_and_what_is_none_is_ignored(String date, boolean unmodified, boolean failed) {
        assertEquals(unmodified, conditions("If-Modified-Since", date).isUnmodified());
        assertEquals(failed, conditions("If-Unmodified-Since", date).failed());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "e,t"                           | true
            W/"e,t"                         | false
            "a"                             | false
            "e,t", "e,t"                    | false
            *                               | false
            Sun, 06 Nov 1994 08:49:37 GMT   | true
            Sunday, 06-Nov-94 08:49:37 GMT  | true
            Sun Nov  6 08:49:37 1994        | true
            Sun, 06 Nov 1994 08:49:38 GMT   | false
            Sun, 06 Nov 1994 08:49:36 GMT   | false
            garbage                         | false
            ~~                              | false
            """)
    void a_range_is_allowed_to_who_has_the_rest(String value, boolean allowed) {
        assertEquals(allowed, conditions("If-Range", value).allowRange());
    }

    /** What this start has made: no date is that of its last change. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            If-Range            | Wed, 31 Dec 1969 23:59:59 GMT | false
            If-Range            | Sun, 06 Nov 1994 08:49:37 GMT | false
            If-Range            | "e,t"                         | true
            If-Modified-Since   | Sun, 06 Nov 1994 08:49:37 GMT | true
            If-Unmodified-Since | Wed, 31 Dec 1969 23:59:58 GMT | true
            """)
    void without_last_modified_no_date_counts(String name, String value, boolean allowed) {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap().add(name, value);
        Conditions conditions = new Conditions(field -> Conditions.joined(fields, field), ETAG, Conditions.UNKNOWN);
        assertEquals(allowed, conditions.allowRange());
        assertFalse(conditions.failed());
        assertFalse(conditions.isUnmodified());
    }

    @Test
    void without_fields_everything_is_sent() {
        Conditions none = conditions("X", "y");
        assertFalse(none.failed());
        assertFalse(none.isUnmodified());
        assertTrue(none.allowRange());
    }

    @Test
    void a_tag_counts_before_a_date() {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap().add("If-None-Match", "garbage").add("If-Match", "*")
                .add("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT").add("If-Unmodified-Since", "Sat, 01 Jan 0000 00:00:00 GMT");
        Conditions conditions = new Conditions(name -> Conditions.joined(fields, name), ETAG, LAST_MODIFIED);
        assertFalse(conditions.failed());
        assertFalse(conditions.isUnmodified());
    }

    @Test
    void several_lines_are_one_list() {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap().add("If-None-Match", "\"a\"").add("If-None-Match", "")
                .add("If-None-Match", "\"e,t\"").add("X", "y");
        assertEquals("\"a\",,\"e,t\"", Conditions.joined(fields, "if-none-match"));
        assertEquals("y", Conditions.joined(fields, "X"));
        assertNull(Conditions.joined(fields, "Y"));
    }

    @Test
    void a_list_that_is_one_is_read_as_before() {
        String[] parts = { "\"", "\"", "W/", ",", ", ", "\"e,t\"", "\"a\"", "e", " ", "\t", "\\", "*", "\u00e9", "\"," };
        long lists = NastyInput.random(500_000, parts).filter(list -> {
            boolean valid = LIST.matcher(list).matches();
            if (valid) {
                assertEquals(matchedBefore(list, true), conditions("If-None-Match", list).isUnmodified(), list);
                assertEquals(matchedBefore(list, false), !conditions("If-Match", list).failed(), list);
            }
            return valid;
        }).count();
        assertTrue(lists > 10_000, lists + " valid lists");
    }

    private static boolean matchedBefore(String list, boolean weak) {
        Matcher tag = TAG.matcher(list);
        while (tag.find()) {
            if ((weak || tag.group(1) == null) && tag.group(2).contentEquals(ETAG)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void time_is_linear() {
        for (String name : new String[] { "If-None-Match", "If-Modified-Since", "If-Range" }) {
            NastyInput.assertLinear("", value -> {
                Conditions conditions = conditions(name, value);
                conditions.failed();
                conditions.isUnmodified();
                conditions.allowRange();
            });
        }
    }

    private static Conditions conditions(String name, String value) {
        return new Conditions(asked -> name.equalsIgnoreCase(asked.toString()) ? value : null, ETAG, LAST_MODIFIED);
    }
}
