package org.bakedpage.trim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what it stands in for, on the JVM. */
class MessageFormatTest {

    static Stream<Arguments> formats() {
        return Stream.of(format(""), format("a"), format("%%"), format("%n"), format("%5%|%-5%|"), format("%s", "a"), format("%s %s", "a", 1),
                format("%s", (Object) null), format("%S", "a\u00e9"), format("%5s|%-5s|", "a", "b"), format("%.2s|%5.2s", "abc", "def"),
                format("%2$s %1$s %s", "a", "b"), format("%1$s%1$s", "a"), format("%d", 1), format("%d", -1L), format("%5d|%-5d|", 1, 2),
                format("%05d", 42), format("%x %X", 255, 254), format("%x", -1), format("%x", -1L), format("%08x", 48879L),
                format("%x", (byte) -1), format("%x", (short) -1), format("%02X", (byte) 7), format("%c", 'a'), format("%c", 0x20ac),
                format("%C", 'a'), format("%b %b %b", true, null, "a"), format("%B", false), format("%h", "a"), format("%h", (Object) null),
                format("%s", new StringBuilder("a")), format("%d%%", 5), format("%3$s %1$s", 1, 2, 3), format("100%s", ""));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void a_format_is_as_the_platform_has_it(String format, Object[] arguments) {
        assertEquals(String.format(Locale.ROOT, format, arguments), MessageFormat.format(format, arguments));
    }

    @Test
    void random_formats_are_as_the_platform_has_them() {
        Random random = new Random(1);
        String[] parts = { "a", " ", "%%", "%n", "%s", "%5s", "%-7s", "%.1s", "%2$s", "%1$-3s", "%d", "%03d", "%x", "%b", "{0}", "'" };
        for (int i = 0; i < 50_000; i++) {
            StringBuilder format = new StringBuilder();
            for (int part = random.nextInt(8); part >= 0; part--) {
                format.append(parts[random.nextInt(parts.length)]);
            }
            Object[] arguments = random.ints(8, -5, 1000).boxed().map(number -> number < 0 ? -number : number).toArray();
            assertEquals(String.format(Locale.ROOT, format.toString(), arguments), MessageFormat.format(format.toString(), arguments));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "%", "a%", "%5", "%s", "%-", "%1$", "%2$s", "%." })
    void what_the_platform_refuses_stays_as_it_is(String format) {
        assertEquals(format, MessageFormat.format(format));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a", "{0}", "{1} {0}", "{0}{0}", "it''s {0}", "'{0}' {1}", "'{'{0}'}'", "a '' b", "{0} '{1}", "{2}", "{3}",
            "{1,number}", "}", "a}b", "''{0}''" })
    void braces_are_as_the_platform_has_them(String pattern) {
        Object[] arguments = { "a", 1, null };
        assertEquals(java.text.MessageFormat.format(pattern, arguments), MessageFormat.formatBraces(pattern, arguments), pattern);
    }

    private static Arguments format(String format, Object... arguments) {
        return Arguments.of(format, arguments);
    }
}
