package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptEncodingsTest {

    /** Each coding against identity, which is longer, and all of them together. */
    private static final List<Page> PAGES = List.of(page(Coding.GZIP), page(Coding.BROTLI), page(Coding.ZSTD),
            page(Coding.ZSTD, Coding.BROTLI, Coding.GZIP), page(Coding.GZIP, Coding.ZSTD, Coding.BROTLI));

    private final AcceptEncodings known = new AcceptEncodings();

    /** Many more than there are slots, so that most lookups take over a slot. */
    @Test
    void a_value_means_the_same_whatever_was_asked_for_before() {
        NastyInput.random(20_000, "gzip", "br", "zstd", "identity", "*", ",", ", ", ";q=0", ";q=0.5", ";", "x", "\t").forEach(value -> {
            AcceptEncoding expected = AcceptEncoding.of(value);
            for (int i = 0; i < 2; i++) {
                AcceptEncoding actual = of(value);
                PAGES.forEach(page -> assertSame(expected.choose(page), actual.choose(page), value));
            }
        });
    }

    @Test
    void a_value_that_is_asked_for_again_is_not_parsed_again() {
        assertSame(of("gzip, br"), of("gzip, br"));
        assertSame(of(""), of(""));
    }

    @Test
    void a_newcomer_takes_over_the_slot() {
        AcceptEncoding first = of("gzip, Aa");
        AcceptEncoding second = of("gzip, BB");
        assertNotSame(first, second);
        assertSame(second, of("gzip, BB"));
        assertNotSame(first, of("gzip, Aa"));
    }

    @Test
    void of_many_values_no_more_are_kept_than_there_are_slots() {
        List<AcceptEncoding> first = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            first.add(of("x" + i));
        }
        long kept = 0;
        for (int i = 999; i >= 0; i--) {
            kept += of("x" + i) == first.get(i) ? 1 : 0;
        }
        assertEquals(true, kept > 0 && kept <= 64, kept + " kept");
    }

    @Test
    void what_is_longer_than_a_browser_sends_is_not_kept() {
        String longest = "gzip" + " ".repeat(124);
        assertSame(of(longest), of(longest));
        String longer = longest + " ";
        assertNotSame(of(longer), of(longer));
        PAGES.forEach(page -> assertSame(AcceptEncoding.of("gzip").choose(page), of(longer).choose(page)));
    }

    private AcceptEncoding of(String value) {
        byte[] bytes = ("x" + value + "x").getBytes(ISO_8859_1);
        return known.of(bytes, 1, bytes.length - 1);
    }

    private static Page page(Coding... codings) {
        List<Representation> representations = new ArrayList<>();
        representations.add(Representation.of(Coding.IDENTITY, new byte[9]));
        for (Coding coding : codings) {
            representations.add(Representation.of(coding, new byte[9 - representations.size()]));
        }
        return new Page("text/html", "no-cache", representations);
    }
}
