package org.bakedpage.bake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.Random;
import java.util.stream.Collectors;
import org.bakedpage.bake.HashedName.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheRulesTest {

    private static final int NAMES = 5_000;
    private static final CacheRules RULES = rules();
    private static final MediaTypes TYPES = new MediaTypes(Map.of());

    private static CacheRules rules(String... immutable) {
        return rules(List.of(), immutable);
    }

    private static CacheRules rules(List<String> files, String... immutable) {
        return new CacheRules("html", "hashed", "other", List.of(immutable), files);
    }

    private static String of(CacheRules rules, String path) {
        return rules.of(path, TYPES.of(path));
    }

    /** Of real bundles and of sites: a rule and a path in a line. */
    private static List<String> paths(String rule) throws IOException {
        try (BufferedReader names = new BufferedReader(new InputStreamReader(CacheRulesTest.class.getResourceAsStream("names.txt"),
                StandardCharsets.UTF_8))) {
            return names.lines().filter(line -> line.startsWith(rule + " ")).map(line -> line.substring(rule.length() + 1)).toList();
        }
    }

    @Test
    void no_ordinary_name_is_kept_for_a_year() throws IOException {
        List<String> paths = paths("other");
        assertTrue(paths.size() >= 100, paths.size() + " names");
        assertEquals(List.of(), paths.stream().filter(path -> !of(RULES, path).equals("other")).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no-cache                                   | true
            public, max-age=31536000, immutable        | true
            Max-Age=0 ,private="a, b"                  | true
            public, x-own=1, stale-if-error=60         | true
            max-age                                    | false
            max-age=forever                            | false
            public; max-age=1                          | false
            public,                                    | false
            caf\u00e9                                  | false
            a b                                        | false
            """)
    void a_value_is_directives(String value, boolean valid) {
        if (valid) {
            assertEquals(value, CacheRules.value("key", value));
        } else {
            assertThrows(IllegalArgumentException.class, () -> CacheRules.value("key", value));
        }
    }

    @Test
    void a_value_cannot_have_another_field_in_it() {
        assertEquals("site.cache.other=no-cache\\u000d\\u000aX: 1 is no Cache-Control, RFC 9111 section 5.2: directives with a comma between, "
                + "as public, max-age=3600", assertThrows(IllegalArgumentException.class,
                        () -> new CacheRules("html", "hashed", "no-cache\r\nX: 1", List.of(), List.of())).getMessage());
    }

    @Test
    void a_setting_that_matches_nothing_is_told() {
        CacheRules rules = rules("/assets", " /a/*", "/b/", "/*.x");
        assertEquals(List.of("site.cache.immutable: /assets is the path of no file; for all in a folder it is /assets/*",
                "site.cache.immutable: /b/ is the path of no file; for all in a folder it is /b/*"),
                rules.unmatched(List.of("/assets/a.js", "/a/b/c", "/c.x")).stream().map(Warning::toString).toList());
        assertEquals(List.of(), rules().unmatched(List.of()));
    }

    @ParameterizedTest
    @CsvSource({ "folder, 0.99", "elsewhere, 0.9" })
    void the_names_of_real_bundles_are(String rule, double share) throws IOException {
        List<String> paths = paths(rule);
        assertTrue(paths.size() >= 100, paths.size() + " names");
        List<String> missed = paths.stream().filter(path -> !of(RULES, path).equals("hashed")).toList();
        assertTrue(missed.size() <= paths.size() * (1 - share), missed.toString());
    }

    /** Random hashes of each bundler's alphabet; images of 8 digits are missed more often, for they may be articles. */
    @ParameterizedTest
    @CsvSource({
        "/assets/index-%s.js, base64url, 8, 0.99", "/assets/logo-%s.png, base64url, 8, 0.97", "/_nuxt/%s.js, base64url, 8, 0.99",
        "/_app/immutable/chunks/%s.js, base64url, 8, 0.99", "/_astro/page.%s.css, base64url, 8, 0.99", "/static/bundle/main-%s.js, base32, 8, 0.99",
        "/static/bundle/logo-%s.png, base32, 8, 0.99", "/build/root-%s.js, base32, 8, 0.99", "/assets/index-%s.js, base32, 8, 0.96",
        "/static/js/main.%s.chunk.js, hex, 8, 0.99", "/static/media/logo.%s.svg, hex, 20, 0.99", "/_next/static/chunks/1-%s.js, hex, 16, 0.99",
        "/_next/static/css/%s.css, hex, 16, 0.99", "/_next/static/media/%s-s.p.woff2, hex, 16, 0.99",
        "/index-%s.js, base64url, 8, 0.9", "/logo-%s.png, base64url, 8, 0.9", "/main-%s.js, base32, 8, 0.9", "/media/logo-%s.png, base32, 8, 0.9",
        "/main.%s.js, hex, 8, 0.9", "/logo.%s.png, hex, 8, 0.9", "/css/main.min.%s.css, hex, 64, 0.99",
        "/app-%s.js, hex, 20, 0.99",
        "/_framework/dotnet.native.%s.wasm, base36, 10, 0.93", "/_framework/App.%s.dll, base36, 10, 0.93",
        "/_framework/icudt_EFIGS.%s.dat, base36, 10, 0.93",
        "/app.%s.css, base36, 10, 0.6", "/_content/Lib/Lib.%s.bundle.scp.css, base36, 10, 0.6",
        "/App.%s.styles.css, base36, 10, 0.6", "/img/logo.%s.png, base36, 10, 0.6" })
    void hashes_are_known_in_their_folders_and_mostly_elsewhere(String path, String alphabet, int length, double share) {
        Random random = new Random(11);
        long hashed = random.ints(NAMES, 0, Integer.MAX_VALUE).filter(seed -> of(RULES, String.format(path, hash(seed, alphabet, length)))
                .equals("hashed")).count();
        assertTrue(hashed >= share * NAMES, hashed + " of " + NAMES);
    }

    private static String hash(int seed, String alphabet, int length) {
        String upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        String letters = switch (alphabet) {
            case "hex" -> "0123456789abcdef";
            case "base32" -> upper + "234567";
            case "base36" -> "0123456789" + upper.toLowerCase(Locale.ROOT);
            default -> upper + upper.toLowerCase(Locale.ROOT) + "0123456789-_";
        };
        return new Random(seed).ints(length, 0, letters.length()).mapToObj(i -> letters.substring(i, i + 1)).collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource({ "/assets/index-DiwrgTda.css, hashed", "/index-BZx_k-3d.js, hashed", "/main-F5TQPGMW.js, hashed", "/_nuxt/DTfJq9_x.js, hashed",
        "/_next/static/css/0a1b2c3d4e5f6071.css, hashed", "/_app/immutable/chunks/DTfJq9_x.js, hashed",
        "/_next/static/abc/_buildManifest.js, hashed", "/_app/immutable/entry/start.js, hashed",
        "/index.html, html", "/assets/index-DiwrgTda.html, html", "/index.0a1b2c3d.html, html", "/a.xhtml, html", "/docs/a.htm, html",
        "/app.0a1b2c3d.js, hashed", "/a/app-0123abcd4567.min.js, hashed", "/app.0a1b2c3d.js.map, hashed", "/app.js, other",
        "/app.12345678.js, other", "/app.abcdefgh.js, other", "/app.kx2c14eo7u.css, hashed",
        "/app-kx2c14eo7u.css, other", "/kx2c14eo7u.css, other",
        "/app.2d3dviewer.js, other", "/app.components.js, other", "/app.release202.js, other", "/app.v2build103.js, other",
        "/a.2024q1vs23.js, other", "/app.deadbeef.js, other", "/jquery-3.7.1.min.js, other", "/0a1b2c3d/app.js, other",
        "/app.0a1b2c3.js, other", "/0a1b2c3d4e.js, other", "/app-Copyright2026.pdf, other", "/x/assets/index-DTfJq9_x.js, hashed",
        "/assets/index-DTfJq9_x.pdf, other", "/assets/0a1b2c3d4e5f60718293a4b5c6d7e8f9.zip, other" })
    void html_is_asked_for_each_time_and_doubt_goes_to_the_hour(String path, String rule) {
        assertEquals(rule, of(RULES, path));
    }

    @ParameterizedTest
    @CsvSource({ "/img/*, /img/logo.png, hashed", "/img/*, /img/a/b/logo.pdf, hashed", "/img/*, /other/img/logo.png, other", "/img/, /img/logo.png, hashed",
        "/img/*, /img/page.html, html", "/*/v1/*, /a/v1/x.txt, hashed", "/a.b, /aXb, other", "/lib.js, /lib.js, hashed", "/*, /x, hashed",
        "' /img/* ', /img/x.png, hashed", "/img/*, /assets/index-DTfJq9_x.js, hashed", "/[a]/*, /[a]/x.png, hashed", "/[a]/*, /a/x.png, other" })
    void what_the_setting_names_is_immutable_whatever_its_name(String setting, String path, String rule) {
        assertEquals(rule, of(rules(setting), path));
    }

    @ParameterizedTest
    @CsvSource({ "img/*", "*", "''" })
    void a_setting_without_a_leading_slash_is_an_error_of_one_line(String setting) {
        String message = assertThrows(IllegalArgumentException.class, () -> rules(setting)).getMessage();
        assertEquals("site.cache.immutable=" + setting + ": a path begins with a slash, as in /assets/*", message);
    }

    @ParameterizedTest
    @CsvSource({ "/js/app.12345678.js, /js/*", "/0a1b2c3d4e5f.js, /0a1b2c3d4e5f.js" })
    void a_name_that_only_a_generator_s_folder_would_vouch_for_is_warned_of(String path, String setting) {
        Warning warning = rules(List.of(path)).warning(path, TYPES.of(path)).orElseThrow();
        assertEquals(path, warning.file());
        assertTrue(warning.text().endsWith("add " + setting + " to site.cache.immutable"), warning.text());
        assertEquals(Optional.empty(), rules(List.of(path), setting).warning(path, TYPES.of(path)));
    }

    @ParameterizedTest
    @CsvSource({ "/app.js", "/app.0a1b2c3d.js", "/assets/index-DTfJq9_x.js", "/index-DTfJq9_x.html", "/team-JohnDoe1.jpg", "/lib-VERSION2.js" })
    void no_other_is_warned_of(String path) {
        assertEquals(Optional.empty(), rules(List.of(path)).warning(path, TYPES.of(path)));
    }

    /** three and pdfjs-dist: one name in a folder may look like anything. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /jsm/renderers/ | CSS2DRenderer.js CSS3DRenderer.js Projector.js SVGRenderer.js Renderer.js | 0
            /web/images/    | secondaryToolbarButton-rotateCw.svg toolbarButton-print.svg loading.svg   | 0
            /js/            | app.12345678.js vendor.23456789.js old.js                                 | 2
            /js/            | app.12345678.js vendor.js a.css b.css                                      | 0
            """)
    void only_what_most_in_a_folder_are_is_warned_of(String folder, String names, int warnings) {
        List<String> files = Stream.of(names.split(" ")).map(name -> folder + name).toList();
        CacheRules rules = rules(files);
        assertEquals(warnings, files.stream().filter(file -> rules.warning(file, TYPES.of(file)).isPresent()).count());
    }

    /** What a client-side navigation reads in place of a page is as fresh as the page. */
    @ParameterizedTest
    @CsvSource({ "/__data.json, html", "/blog/__data.json, html", "/page-data/index/page-data.json, html", "/about/_payload.json, html",
        "/q-data.json, html", "/about.txt, html", "/docs/index.txt, html", "/about/__next.about.__PAGE__.txt, html", "/robots.txt, other",
        "/data.json, other", "/page-data/app-data.json, html", "/page-data/sq/d/1.json, html", "/__data.json.map, other" })
    void the_data_of_a_page_is_cached_as_the_page_is(String path, String rule) {
        assertEquals(rule, of(rules(List.of("/about.html", "/docs/index.html", "/index.html")), path));
    }

    @Test
    void what_a_shared_folder_takes_for_a_hash_a_generator_s_own_takes_too() throws IOException {
        List<String> names = new ArrayList<>(paths("folder"));
        names.addAll(paths("elsewhere"));
        for (String path : names) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            assertTrue(!HashedName.isHashed(name, Place.SHARED) || HashedName.isHashed(name, Place.GENERATED), name);
        }
    }
}
