package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldListTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            close              | true
            CLOSE              | true
            'x, close'         | true
            'close,x'          | true
            ',, close ,,'      | true
            ' \tclose\t '      | true
            'x,\tclose'        | true
            'c, close'         | true
            ''                 | false
            ','                | false
            c                  | false
            clo                | false
            closer             | false
            xclose             | false
            clo se             | false
            'clo,se'           | false
            close;x            | false
            "close"            | false
            close x            | false
            """)
    void a_token_is_found_whole_or_not_at_all(String list, boolean found) {
        assertEquals(found, FieldList.contains(list, "close"));
    }

    @Test
    void it_finds_what_splitting_at_commas_finds() {
        NastyInput.random(200_000, "close", "clo", "se", "c", ",", ",", " ", "\t", "e", "Close", "\u00e9", ";").forEach(list ->
                assertEquals(Arrays.stream(list.split(",")).anyMatch(token -> token.strip().equalsIgnoreCase("close")),
                        FieldList.contains(list, "close"), list));
    }

    @Test
    void time_is_linear() {
        NastyInput.assertLinear("", list -> FieldList.contains(list, "close"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            accept-encoding | Origin                  | accept-encoding, Origin
            accept-encoding | Accept-Encoding         | accept-encoding
            accept-encoding | Origin, accept-encoding | accept-encoding, Origin
            accept-encoding | *                       | *
            accept-encoding | ,                       | accept-encoding
            """)
    void vary_has_each_name_once(String own, String other, String joined) {
        assertEquals(joined, FieldList.joined(own, other));
    }
}
