package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            "a{b:url(https://cdn.example/x)} | IMAGE https::1",
            "a{b:image-set(\"x.png\" 1x, 'y.png' 2x)} | IMAGE /css/x.png:1 IMAGE /css/y.png:1",
            "a{b:-webkit-image-set( \"x.png\" 1x)} | IMAGE /css/x.png:1",
            "a{b:Image-Set(url(x) 1x, url(\"y\") 2x)} | IMAGE /css/x:1 IMAGE /css/y:1",
            "a{b:image-set(\"x\" type(\"image/avif\"), url(\"y\") type('image/png') 2x, \"z\")} | "
                    + "IMAGE /css/x:1 IMAGE /css/y:1 IMAGE /css/z:1",
            "a{b:image-set(linear-gradient(rgb(1,2,3),red) 1x, \"x\" calc(1x*(1 + 1)));content:\"y\"} | IMAGE /css/x:1",
            "a{b:image-set(\"data:x\" 1x);c:attr(d \"e\")} | IMAGE data::1",
            "a{b:image-set(;c:\"y\"} | ``", "a{b:)))image-set(\"x\"} | IMAGE /css/x:1", "a{b:\"image-set(\";c:\"y\"} | ``",
            "a{b:url( | ``", "a{b:url(\"x | ``", "}}}{@import | ``", "/* | ``" })
    void what_a_stylesheet_fetches_is_found(String css, String links) {
        assertEquals(links, links(css));
    }

    @Test
    void lines_are_counted_through_comments_and_strings() {
        assertEquals("IMAGE /css/x:5 IMAGE /css/y:6", links("/*\n\n*/\r\na{content:\"\\\n\";b:url(x)}\nc{d:url(y)}"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "image-set(", "(", ")", "image-", "type(\"", "url(", "image-set(\"a\"", "@", "\\" })
    void hostile_styles_end_in_time(String part) {
        byte[] css = part.repeat(200_000).getBytes(UTF_8);
        assertTimeout(Duration.ofSeconds(10), () -> StyleSheet.links("/a.css", "text/css", css));
    }

    @Test
    void a_font_of_megabytes_in_the_stylesheet_is_read() {
        assertEquals("FONT data::1", links("@font-face{src:url(\"data:font/woff2;base64," + "A".repeat(5_000_000) + "\")}"));
    }
}
