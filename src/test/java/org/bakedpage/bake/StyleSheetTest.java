package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StyleSheetTest {

    private static String links(String css) {
        return String.join(" ", StyleSheet.links("/css/a.css", "text/css", css.getBytes(UTF_8)).stream().map(link -> link.kind() + " "
                + (link.to().isInternal() ? link.to().path() : link.to().scheme() + ":") + ":" + link.line()).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "a{b:url(x.png)} | IMAGE /css/x.png:1", "a{b:URL( \"x.png\" )} | IMAGE /css/x.png:1",
            "a{b:url('x (1).png')} | IMAGE /css/x (1).png:1", "a{b:url(x\\ y.png)} | IMAGE /css/x y.png:1", "@import \"x.css\"; | STYLE /css/x.css:1",
            "@import url(../x.css) layer(a) supports(b: \"c\"); | STYLE /x.css:1", "@charset \"utf-8\"; | ``",
            "@font-face{font-family:\"A\";src:local(\"A\"),url(a.woff2) format(\"woff2\")} b{c:url(d)} | FONT /css/a.woff2:1 IMAGE /css/d:1",
            "@font-face{src:url(data:font/woff2;base64,AAAA)} | FONT data::1", "/* url(x) */ a{b:url(y)} | IMAGE /css/y:1",
            "a{content:\"url(x)\"} | ``", "a{b:url(#x)} | ``", "@namespace svg url(http://www.w3.org/2000/svg); | ``",
            "@media print{a{b:url(x)}} | IMAGE /css/x:1", "a{b:url(x),url(y)} | IMAGE /css/x:1 IMAGE /css/y:1",
            "a{b:url(https://cdn.example/x)} | IMAGE https::1", "a{b:url( | ``", "a{b:url(\"x | ``", "}}}{@import | ``", "/* | ``" })
    void what_a_stylesheet_fetches_is_found(String css, String links) {
        assertEquals(links, links(css));
    }

    @Test
    void lines_are_counted_through_comments_and_strings() {
        assertEquals("IMAGE /css/x:5 IMAGE /css/y:6", links("/*\n\n*/\r\na{content:\"\\\n\";b:url(x)}\nc{d:url(y)}"));
    }

    @Test
    void a_font_of_megabytes_in_the_stylesheet_is_read() {
        assertEquals("FONT data::1", links("@font-face{src:url(\"data:font/woff2;base64," + "A".repeat(5_000_000) + "\")}"));
    }
}
