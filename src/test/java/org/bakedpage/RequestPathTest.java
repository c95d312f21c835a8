package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    /** '|' is an encoded slash. */
    @ParameterizedTest
    @CsvSource({ "/a/b, /a/b", "/a%2Fb, /a|b", "/a%2fb/%C3%A9%2F, /a|b/\u00e9|", "/a%2F..%2Fb, /a|..|b", "/%2F%2F, /||", "/a%2F/../b, /b",
            "/a?b%2Fc, /a", "/a%252Fb, /a%2Fb", "/a%2F%2e%2e, /a|..", "/%2e%2e/a%2F, /a|" })
    void an_encoded_slash_of_a_request_is_no_slash(String target, String segments) {
        assertEquals(segments, RequestPath.ofRequest(target).replace(RequestPath.ENCODED_SLASH, '|'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /                  | /
            /?a=/../b%zz       | /
            /a/b.html          | /a/b.html
            /a/                | /a/
            //                 | /
            ///a//b//          | /a/b/
            /.                 | /
            /..                | /
            /../../a           | /a
            /a/..              | /
            /a/../b            | /b
            /a/b/..            | /a/
            /a/b/.             | /a/b/
            /a/./b             | /a/b
            /...               | /...
            /.a/..b            | /.a/..b
            /%2e%2e/a          | /a
            /a%2F..%2fb        | /b
            /%2561             | /%61
            /a%3fb             | /a?b
            /a%20b+c           | /a b+c
            /%e2%82%ac         | /\u20ac
            /%F0%9F%98%80      | /\uD83D\uDE00
            /a\\..\\b          | /a\\..\\b
            """)
    void a_target_names_a_path(String target, String path) {
        assertEquals(path, RequestPath.of(target));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/%", "/%4", "/%4g", "/a%", "/%%41", "/%00", "/a%00b", "/%ff", "/%c3", "/%c3%28", "/%c0%ae", "/%ed%a0%80",
            "/%f5%80%80%80", "/caf\u00e9.html", "/\u00c3", "/\u00ff/../", "/%c3\u0041", "/\0" })
    void what_is_no_text_names_none(String target) {
        assertNull(RequestPath.of(target));
    }

    @Test
    void a_name_has_one_answer_however_it_is_sent() {
        String raw = new String("/caf\u00e9 \u20ac.html".getBytes(UTF_8), ISO_8859_1);
        for (String target : new String[] { raw, "/caf%C3%A9%20%e2%82%ac.html", raw.replace(".", "%2E"),
                raw.replace("\u00c3", "%C3") + "?\u00ff" }) {
            assertEquals("/caf\u00e9 \u20ac.html", RequestPath.of(target), target);
        }
    }

    @Test
    void nothing_above_the_root_is_named() {
        NastyInput.random(200_000, "/", "/", ".", "..", "%2e", "%2f", "%2F", "a", "\\", "%5c", "?", "//", "/../").forEach(rest -> {
            String path = RequestPath.of("/" + rest);
            assertTrue(path.startsWith("/") && !path.contains("//"), rest);
            assertFalse((path + "/").contains("/../") || (path + "/").contains("/./"), rest);
        });
    }

    @Test
    void time_is_linear() {
        NastyInput.assertLinear("/", RequestPath::of);
        NastyInput.assertLinear("/%41", RequestPath::of);
    }
}
