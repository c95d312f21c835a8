package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightedTest {

    /** What it was before quoted strings were read as such. */
    private static final Pattern WEIGHT = Pattern.compile(";[ \t]*[qQ]=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)[ \t]*(?:;|\\z)");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a                      | 1000
            A                      | 1000
            a;q=1                  | 1000
            a;q=1.000              | 1000
            a;q=0                  | 0
            a;q=0.                 | 0
            a;q=0.000              | 0
            a;q=0.001              | 1
            a;Q=0.5                | 500
            a;q=0.25               | 250
            'a \t;\t q=0.5 \t'     | 500
            a;b=c;q=0.5;d          | 500
            a;b=";q=0.1";q=0.5     | 500
            a;b="\\";q=0.1";q=0.5  | 500
            a;q=0.5;q=0.1          | 500
            a;q=x;q=0.1            | 100
            a;q                    | 1000
            a;q=                   | 1000
            a;q=2                  | 1000
            a;q=-1                 | 1000
            a;q=.5                 | 1000
            a;q=01                 | 1000
            a;q=1.001              | 1000
            a;q=0.0001             | 1000
            a;q=99999999999999999999 | 1000
            a;q=0 .5               | 1000
            a;q = 0.5              | 1000
            a;q="0.5"              | 1000
            a;xq=0.5               | 1000
            a;                     | 1000
            """)
    void an_element_has_a_weight(String list, int weight) {
        Weighted element = new Weighted(list);
        assertEquals(true, element.next());
        assertEquals(true, element.is("a"), list);
        assertEquals(weight, element.weight());
        assertEquals(false, element.next());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            text/html                            | true
            TEXT/html                            | true
            'text/plain, text/html;level=1'      | true
            ',,text/html ,'                      | true
            text/html;q=0.001                    | true
            text/html;q=0                        | false
            text/htm                             | false
            text/htmlx                           | false
            text/html x                          | false
            text/*                               | false
            */*                                  | false
            t                                    | false
            ''                                   | false
            ','                                  | false
            -                                    | false
            'text/plain;a=", text/html"'         | false
            'text/plain;a=", text/html'          | false
            'text/plain;a="\\", text/html"'      | false
            'text/plain;a="\\\\", text/html'     | true
            """)
    void a_name_is_found_whole_or_not_at_all(String list, boolean found) {
        assertEquals(found, Weighted.weight(list, "text/html") > 0);
    }

    @Test
    void without_quotes_it_is_what_it_was() {
        NastyInput.random(300_000, "a", "b", ";", ",", "q=", ";q=", ";Q=0", "0", "1", ".", "5", "0.123", " ", "\t", "\u0085", "=", "*")
                .forEach(list -> {
                    List<Integer> weights = new ArrayList<>();
                    Weighted element = new Weighted(list);
                    while (element.next()) {
                        weights.add(element.is("a") ? element.weight() : -1);
                    }
                    assertEquals(before(list), weights, list);
                });
    }

    private static List<Integer> before(String list) {
        List<Integer> weights = new ArrayList<>();
        for (String element : list.split(",")) {
            if (!element.isBlank()) {
                Matcher weight = WEIGHT.matcher(element);
                int value = weight.find() ? Integer.parseInt((weight.group(1).replace(".", "") + "000").substring(0, 4)) : 1000;
                boolean named = element.replaceFirst("(?s);.*", "").strip().toLowerCase(Locale.ROOT).equals("a");
                weights.add(named ? value : -1);
            }
        }
        return weights;
    }

    @Test
    void time_is_linear() {
        for (String before : new String[] { "", "a;", "a;q=", "a;b=\"" }) {
            NastyInput.assertLinear(before, list -> Weighted.weight(list, "text/html"));
        }
    }
}
