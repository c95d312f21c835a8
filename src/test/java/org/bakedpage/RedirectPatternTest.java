package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectPatternTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            /posts/*                  | /articles/:splat                   | /posts/2022/06/15/hello-world | /articles/2022/06/15/hello-world
            /posts/*                  | /articles/:splat                   | /posts/                       | /articles/
            /posts/*                  | /articles/:splat                   | /posts                        | /articles/
            /posts/*                  | /articles/:splat                   | /posting                      | -
            /posts/*                  | /articles/:splat                   | /Posts/a                      | -
            /posts/*                  | /articles/:splat                   | /posts/a/                     | /articles/a/
            /posts*                   | /articles/:splat                   | /posts-old                    | /articles/-old
            /*                        | /index.html                        | /                             | /index.html
            /*                        | /:splat                            | /a/b                          | /a/b
            /posts/:month/:day/:year/:slug | /articles/:year/:month/:day/:slug | /posts/06/15/2022/hello-world | /articles/2022/06/15/hello-world
            /posts/:month/:day/:year/:slug | /articles/:year/:month/:day/:slug | /posts/06/15/2022/            | -
            /posts/:month/:day/:year/:slug | /articles/:year/:month/:day/:slug | /posts/06/15/2022/a/b         | -
            /news/:year/:month        | /blog-:year-:month.html            | /news/2024/03                 | /blog-2024-03.html
            /news/:year               | /blog/:year                        | /news/2024/                   | /blog/2024
            /news/:year/              | /blog/:year/                       | /news/2024                    | /blog/2024/
            /:lang/docs/*             | /docs/:splat?lang=:lang            | /de/docs/a/b                  | /docs/a/b?lang=de
            /p/:id/:id_2              | /q/:id_2/:id                       | /p/1/2                        | /q/2/1
            /p/:id                    | /q/:idea/:id                       | /p/1                          | /q/:idea/1
            /a/:x                     | /wiki/Category:y/:x#top            | /a/1                          | /wiki/Category:y/1#top
            /blog/*                   | https://blog.example/:splat        | /blog/a                       | https://blog.example/a
            /blog/*                   | https://blog.example:8080/x        | /blog/a                       | https://blog.example:8080/x
            /a%2A/*                   | /b/:splat                          | /a*/x                         | /b/x
            /a%3Ab/*                  | /b/:splat                          | /a:b/x                        | /b/x
            /caf%C3%A9/*              | /b/:splat                          | /caf\u00e9/\u20ac b           | /b/%E2%82%AC%20b
            """)
    void a_path_is_redirected(String source, String destination, String path, String location) {
        assertEquals(location, new RedirectPattern(source, destination).destination(path, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            /x          | -         | /x
            /x          | ''        | /x
            /x          | a=1&b=%20 | /x?a=1&b=%20
            /x?own=1    | a=1       | /x?own=1
            /x#here     | a=1       | /x?a=1#here
            /x?o#here   | a=1       | /x?o#here
            /x#a?b      | a=1       | /x?a=1#a?b
            https://a.example | a=1 | https://a.example?a=1
            /x          | 'a b"<>\\' | /x?a%20b%22%3C%3E%5C
            /x          | \u00c3\u00a9#\u007f | /x?%C3%A9%23%7F
            """)
    void the_query_of_a_request_is_kept_unless_the_destination_has_one(String destination, String query, String location) {
        assertEquals(location, Location.withQuery(destination, query));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /go/*          | /:splat                     | /go//evil.example
            /go/*          | /:splat                     | '/go/\\evil.example'
            /go/*          | /:splat                     | '/go/\t/evil.example'
            /go/*          | /:splat                     | /go/https://evil.example
            /go*           | /:splat                     | /go//evil.example
            /go/*          | /:splat/evil.example        | /go/
            /go/*          | /:splat/evil.example?x      | /go
            /go/*          | /:splat/evil.example#x      | /go
            /:a/:b/*       | /:splat/:splat/evil.example | /a/b/
            /go/*          | /.:splat                    | /go//evil.example
            /go/*          | https://good.example/:splat | /go/@evil.example
            /go/*          | https://good.example/:splat | /go//evil.example
            /go/*          | https://good.example/?:splat | /go/#@evil.example
            """)
    void no_request_names_the_host(String source, String destination, String path) {
        String location = new RedirectPattern(source, destination).destination(path, null);
        boolean good = location.startsWith("https://good.example/") || location.matches("/([^/\\\\].*)?");
        assertTrue(good && location.matches("[!-~&&[^\\\\]]+"), location);
    }

    @Test
    void what_is_captured_is_data_wherever_it_is_put() {
        RedirectPattern pattern = new RedirectPattern("/go/*", "/to/:splat?q=:splat#:splat");
        assertEquals("/to/a%3Fb%23c&d%25%0D%0A%22:*/e?q=a%3Fb%23c%26d%25%0D%0A%22%3A%2A%2Fe#a%3Fb%23c%26d%25%0D%0A%22%3A%2A%2Fe",
                pattern.destination("/go/a?b#c&d%\r\n\":*/e", "x=1"));
        assertEquals("/to/%3F", new RedirectPattern("/go/*", "/to/:splat").destination("/go/\udc00", null));
    }

    @Test
    void the_page_of_a_rewrite_is_a_decoded_path() {
        RedirectPattern pattern = new RedirectPattern("/:lang/*", "/caf%C3%A9/:splat/:lang.html");
        assertEquals("/caf\u00e9/a?b/%41/de.html", pattern.page("/de/a?b/%41"));
        assertNull(pattern.page("/"));
        assertEquals(Map.of("lang", "de", "splat", ""), pattern.captures("/de"));
        assertNull(pattern.captures("/"));
        assertTrue(new RedirectPattern("/*.jpg", null).matches("/a/b.jpg"));
    }

    @Test
    void it_agrees_with_a_regular_expression() {
        Random random = new Random(1);
        String[] parts = { "a", "b", "ab", "", "a.b", "%2A", "%C3%A9" };
        String[] decoded = { "a", "b", "ab", "", "a.b", "*", "\u00e9", "b/a", "ab/" };
        int matched = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder source = new StringBuilder();
            int segments = 1 + random.nextInt(4);
            for (int j = 0; j < segments; j++) {
                boolean last = j == segments - 1;
                int kind = random.nextInt(3);
                String literal = parts[random.nextInt(parts.length)];
                source.append('/').append(kind == 0 ? ":n" + j : kind == 1 && last ? literal + "*" : literal.isEmpty() && !last ? "a" : literal);
            }
            StringBuilder path = new StringBuilder();
            for (int j = 1 + random.nextInt(4); j > 0; j--) {
                path.append('/').append(decoded[random.nextInt(decoded.length)]);
            }
            String normal = path.toString().replaceAll("/+", "/");
            Map<String, String> expected = naive(source.toString(), normal);
            assertEquals(expected, new RedirectPattern(source.toString(), null).captures(normal), source + " " + normal);
            matched += expected == null ? 0 : 1;
        }
        assertTrue(matched > 10_000, matched + " match");
    }

    private static Map<String, String> naive(String source, String path) {
        StringBuilder regex = new StringBuilder();
        Matcher tokens = Pattern.compile("/\\*$|\\*$|:[a-z][0-9]|%2A|%C3%A9|/$|.").matcher(source);
        List<String> names = new ArrayList<>();
        while (tokens.find()) {
            String token = tokens.group();
            if (token.endsWith("*")) {
                names.add("splat");
            } else if (token.startsWith(":")) {
                names.add(token.substring(1));
            }
            regex.append(token.equals("/*") ? source.length() == 2 ? "/(.*)" : "(?:/(.*))?" : token.equals("*") ? "(.*)"
                    : token.startsWith(":") ? "([^/]+)" : token.equals("%2A") ? "\\*" : token.equals("%C3%A9") ? "\u00e9"
                    : token.equals("/") && tokens.end() == source.length() && source.length() > 1 ? "" : Pattern.quote(token));
        }
        Matcher matcher = Pattern.compile(regex + (source.endsWith("*") ? "" : "/?"), Pattern.DOTALL).matcher(path);
        if (!matcher.matches()) {
            return null;
        }
        Map<String, String> captured = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            captured.put(names.get(i), matcher.group(i + 1) == null ? "" : matcher.group(i + 1));
        }
        return captured;
    }

    @Test
    void time_is_linear() {
        RedirectPattern pattern = new RedirectPattern("/a/:b/:c/d*", "/:c/:splat?:b");
        NastyInput.assertLinear("/a/", path -> pattern.destination(path, path));
        NastyInput.assertLinear("/a/b/c/d", path -> pattern.destination(path, path));
    }
}
