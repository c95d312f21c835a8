package org.bakedpage.bake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningTest {

    @ParameterizedTest
    @CsvSource({ "399, 399", "400, 400", "401, 400", "100000, 400", "9000000, 400" })
    void a_long_text_has_its_begin_and_its_end(int length, int told) {
        String text = new Warning("a", 1, "image /" + "A".repeat(length - 21) + " leads nowhere").text();
        assertEquals(told, text.length());
        assertTrue(text.startsWith("image /A") && text.endsWith("A leads nowhere"), text);
    }

    @Test
    void no_character_is_cut_in_half() {
        String text = "\uD83D\uDE00".repeat(1000);
        assertEquals(List.of(400L, 0L), List.of(new Warning("a", 1, text).text().codePoints().count(),
                new Warning("a", 1, "x" + text).text().codePoints().filter(character -> character >= 0xD800 && character < 0xE000).count()));
    }

    @ParameterizedTest
    @CsvSource({ "a, 0, a: b", "a, 3, a:3: b" })
    void a_line_is_told_where_there_is_one(String file, int line, String told) {
        assertEquals(told, new Warning(file, line, "b").toString());
    }

    @ParameterizedTest
    @CsvSource({ "000A", "000D", "0009", "001B", "007F", "0085", "2028", "2029", "202E", "2066" })
    void a_control_character_breaks_no_line(String code) {
        String control = Character.toString(Integer.parseInt(code, 16));
        Warning warning = new Warning("a" + control + "b", 0, "c" + control + "d");
        assertEquals("a\uFFFDb: c\uFFFDd", warning.toString());
        assertEquals("a" + control + "b c\uFFFDd", warning.file() + " " + warning.text());
    }
}
