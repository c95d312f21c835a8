package org.bakedpage.bake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {

    @ParameterizedTest
    @CsvSource(nullValues = "null", value = { "x, /app/docs/x, null", "./x, /app/docs/x, null", "../x#a, /app/x, a", "../../../x, /x, null",
            "/x, /x, null", "'', /app/docs/page, null", "#a, /app/docs/page, a", "?q#a, /app/docs/page, a", "x?y/../z, /app/docs/x, null",
            "caf%C3%A9, /app/docs/café, null", "café, /app/docs/café, null", "a b, /app/docs/a b, null", "%2e%2e/x, /app/x, null",
            "x%2Fy, /app/docs/x/y, null", "'\\x', /x, null", "' x ', /app/docs/x, null", "x//y, /app/docs/x/y, null", "..,  /app/, null",
            "., /app/docs/, null", "%zz, null, null", "%ff, null, null", "%, null, null", "%00, null, null", "#%, /app/docs/page, %" })
    void a_path_is_resolved_as_browsers_do_and_decoded_as_the_server_does(String written, String path, String fragment) {
        Reference to = Reference.of(written, Reference.page("/app/docs/page"));
        assertEquals(new Reference(null, null, path, fragment), to);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", value = { "https://a.example/x, https, https://a.example/x", "HTTP://a.example, http, http://a.example",
            "//a.example/x, https, https://a.example/x", "'\\\\a.example/x', https, https://a.example/x", "mailto:a@b.example, mailto, null",
            "tel:+1, tel, null", "'data:text/html,x', data, null", "blob:x, blob, null", "' JavaScript:a', javascript, null" })
    void what_is_elsewhere_has_a_scheme(String written, String scheme, String address) {
        Reference to = Reference.of(written, Reference.page("/"));
        assertEquals(new Reference(scheme, address, null, null), to);
    }
}
