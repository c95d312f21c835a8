package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bakedpage.Location;
import org.bakedpage.RequestPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectsTest {

    private static final Map<String, String> PAGES = pages(Set.of("/", "/index.html", "/404.html", "/410.html", "/451.html", "/one.html",
            "/two.html", "/docs/", "/docs/index.html", "/about", "/about.html", "/caf\u00e9.html", "/new", "/a b.html"));

    /** With the redirects to folders. */
    static Map<String, String> pages(Set<String> paths) {
        Map<String, String> pages = new HashMap<>();
        paths.forEach(path -> pages.put(path.replaceFirst("(.)/$", "$1"), path));
        paths.forEach(path -> pages.put(path, path));
        return pages;
    }

    /** Of each page its file, and the error page as rules of other hosts name it. */
    private static String file(String path) {
        String file = path.endsWith("/") ? path + "index.html" : path.endsWith(".html") ? path : path + ".html";
        return PAGES.containsKey(file) ? file : null;
    }

    static Redirects read(String text) {
        return Redirects.of(text.getBytes(UTF_8), PAGES, RedirectsTest::file, path -> false);
    }

    private static String warnings(String text) {
        return read(text).warnings().stream().map(warning -> warning.line() + ": " + warning.text()).collect(Collectors.joining("\n"));
    }

    private static String error(String text) {
        return assertThrows(IllegalArgumentException.class, () -> read(text), text).getMessage();
    }

    /** What the program makes of it: entries, pages, then dynamic rules in order. */
    static String answer(Redirects redirects, Map<String, String> pages, String target) {
        String path = RequestPath.ofRequest(target);
        int question = target.indexOf('?');
        String query = question < 0 ? null : target.substring(question + 1);
        Rule rule = redirects.entries().get(path);
        if (rule != null) {
            return rule.status() + " " + (rule.isRedirect() ? Location.withQuery(rule.destination(), query) : rule.page());
        }
        if (pages.containsKey(path)) {
            return "page";
        }
        for (Rule dynamic : redirects.dynamic()) {
            if (dynamic.pattern().matches(path)) {
                return dynamic.status() + " " + (dynamic.isRedirect() ? dynamic.pattern().destination(path, query)
                        : dynamic.pattern().page(path));
            }
        }
        return "nothing";
    }

    @Test
    void all_lines_that_are_refused_are_told_at_once() {
        assertEquals("_redirects:2: no destination; only a source with an asterisk may do without, with status 200\n"
                + "_redirects:4: 999 is no status of a rule: 200, 301, 302, 303, 307, 308, 404, 410, 451\n"
                + "_redirects:5: a control character",
                error("/a /b\n/c\n\n/d /e 999\n/f \0\n/g /h"));
        String many = error("/a\n".repeat(RuleFile.MAX_ERRORS + 3));
        assertEquals(RuleFile.MAX_ERRORS + 1, many.lines().count());
        assertTrue(many.endsWith("\n_redirects: 3 more lines are refused"), many);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /home /                      | /home          | 301 /
            /home / 301                  | /home          | 301 /
            /home / 302                  | /home          | 302 /
            /home / 303                  | /home          | 303 /
            /home / 307                  | /home          | 307 /
            /home / 308                  | /home          | 308 /
            /app /index.html 200         | /app           | 200 /index.html
            /app /docs 200               | /app           | 200 /docs/
            /app /about?x=1#y 200        | /app           | 200 /about
            /lost /404.html 404          | /lost          | 404 /404.html
            /gone/* /410.html 410        | /gone/a/b      | 410 /410.html
            /law/* /451.html 451         | /law/          | 451 /451.html
            /* /index.html 200           | /any/thing     | 200 /index.html
            /* /index.html 200           | /one.html      | page
            /* /index.html 200           | /docs          | page
            /* /index.html 200           | /docs/         | page
            /x* /p/:splat.html 200       | /xa            | 200 /p/a.html
            /posts/* /articles/:splat    | /posts/a/b     | 301 /articles/a/b
            /one.html / 301!             | /one.html      | 301 /
            /one.html /two.html 200!     | /one.html      | 200 /two.html
            /docs/* https://a.example/:splat 301! | /docs/index.html | 301 https://a.example/index.html
            /docs/* https://a.example/:splat 301! | /docs | 301 https://a.example/
            /docs/* https://a.example/:splat 301! | /docs/x | 301 https://a.example/x
            /google https://www.google.example | /google  | 301 https://www.google.example
            /q /?query=string 301        | /q             | 301 /?query=string
            /q /?query=string 301        | /q?a=b         | 301 /?query=string
            /q / 301                     | /q?a=b&c       | 301 /?a=b&c
            /page/ /new#fragment 301     | /page/?a       | 301 /new?a#fragment
            /x%20y /a%20b.html           | /x%20y         | 301 /a%20b.html
            /%63af%C3%A9 /caf\u00e9.html | /caf%c3%a9     | 301 /caf%C3%A9.html
            /caf\u00e9 /caf%C3%A9.html   | /caf%C3%A9     | 301 /caf%C3%A9.html
            /caf\u00e9/* /:splat         | /caf%C3%A9/%E2%82%AC | 301 /%E2%82%AC
            /x /?q=\u00fc#\u00fc         | /x             | 301 /?q=%C3%BC#%C3%BC
            /x https://b\u00fccher.example/\u00fc | /x    | 301 https://xn--bcher-kva.example/%C3%BC
            /x HTTPS://a.example:8080/b  | /x             | 301 HTTPS://a.example:8080/b
            /x https://[2001:db8::1]/    | /x             | 301 https://[2001:db8::1]/
            /x https://[2001:db8::1]:80/[a] | /x          | 301 https://[2001:db8::1]:80/%5Ba%5D
            /x https://my_bucket.s3.example:80/x | /x     | 301 https://my_bucket.s3.example:80/x
            /x https://_a.b-.-c.example/ | /x             | 301 https://_a.b-.-c.example/
            /x /x[1].html?[2]#[3]        | /x             | 301 /x%5B1%5D.html?%5B2%5D#%5B3%5D
            /x /{a}"<b>^`                | /x             | 301 /%7Ba%7D%22%3Cb%3E%5E%60
            /a%2Ab /new                  | /a*b           | 301 /new
            /a%3Ab /new                  | /a:b           | 301 /new
            /old /new                    | /old/          | 301 /new
            /old/ /new                   | /old           | 301 /new
            /trailing /trailing/ 301     | /trailing      | 301 /trailing/
            /trailing /trailing/ 301     | /trailing/     | nothing
            /n/:year/:m /blog-:year-:m   | /n/2024/03/    | 301 /blog-2024-03
            /products/:code/:name /products?code=:code&name=:name | /products/a&b/c | 301 /products?code=a%26b&name=c
            /admin/* 200                 | /admin/x       | 200 /admin/x
            /other / 301                 | /another       | nothing
            """)
    void a_request_is_answered(String rule, String target, String answer) {
        assertEquals(answer, answer(read(rule), PAGES, target));
    }

    @Test
    void the_first_rule_that_matches_counts() {
        Redirects redirects = read("/a/b /one.html\n/a/:x /two.html\n/a/* /new\n/* /404.html 404\n/z /new\n");
        assertEquals("301 /one.html", answer(redirects, PAGES, "/a/b"));
        assertEquals("301 /two.html", answer(redirects, PAGES, "/a/c"));
        assertEquals("301 /new", answer(redirects, PAGES, "/a/c/d"));
        assertEquals("404 /404.html", answer(redirects, PAGES, "/z"));
        assertEquals(3, redirects.dynamic().size());
    }

    @ParameterizedTest
    @ValueSource(strings = { "/home / 302", "\ufeff/home / 302", "/home\t\t/  302\r\n", "\r\n# x\r\n  # y\r\n\t/home / 302\r\n\r\n", "/home / 302 # why",
            "/home / 302\t#why not", "# /home /new\n/home / 302" })
    void comments_blank_lines_and_line_ends_are_no_matter(String text) {
        assertEquals(text.indexOf("/home /new") < 0 && !text.contains("# x") ? 1 : text.contains("# x") ? 4 : 2,
                read(text).entries().get("/home").line());
        assertEquals("302 /", answer(read(text), PAGES, "/home"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /a                              | no destination
            /a 301                          | no destination
            /a 200                          | no destination
            /a/* 301                        | no destination
            /a # b                          | no destination
            a /b                            | a is no path
            /a b                            | b leads nowhere
            /a javascript:alert(1)          | javascript:alert(1) leads nowhere
            /a data:text/html,x             | data:text/html,x leads nowhere
            /a mailto:a@b.example           | mailto:a@b.example leads nowhere
            /a ftp://b.example/             | ftp://b.example/ leads nowhere
            /a //evil.example/              | is of another host
            /a /\\evil.example              | has a backslash
            /a https:\\\\evil.example       | has a backslash
            /a/* https://:splat             | is no host
            /a/* https://:splat/            | is no host
            /a/* https://x:splat/           | is no host
            /a/:h https://:h.example/       | is no host
            /a https://user@b.example/      | is no host
            /a https://                     | is no host
            /a https:///b                   | is no host
            /a https://:80/b                | is no host
            /a https://b_c.example:8_0/     | is no host
            /a https://b_c.example:80-80/   | is no host
            /a https://us_er@b_c.example/   | is no host
            /a https://b_c[1].example/      | is no host
            /a https://[::_]/               | is no host
            /a https://[fe80::1%en0]/       | is no host
            /a https://b_c%2f.example/      | is no host
            /a https://a b                  | b is no status
            /a /b 300                       | 300 is no status of a rule
            /a /b 304                       | 304 is no status of a rule
            /a /b 500                       | 500 is no status of a rule
            /a /b 42                        | 42 is no status of a rule
            /a /b !301                      | !301 is no status of a rule
            /a /b 301!!                     | 301!! is no status of a rule
            /a /b 301#x                     | 301#x is no status of a rule
            /a /b 301 302                   | 302 is one word too many
            /store id=:id /blog/:id 301     | id=:id: rules are for paths
            /a?id=:id /b                    | has a query
            / /anz 302 Country=au,nz        | Country=au,nz: this server does not know where
            / /de 302 Language=de           | Language=de: a redirect here is the same for every language
            / /de 302 language=de           | language=de: a redirect here is the same for every language
            /admin/* 200! Role=admin        | Role=admin: this server knows neither users
            /admin/* /x 200 Role=admin      | Role=admin: this server knows neither users
            /* /p/:splat 302 Cookie=beta    | Cookie=beta: this server knows neither users nor sessions
            /api/* https://api.example/:splat 200 | would be a proxy's
            /api/* https://api.example/:splat 200! Sign=KEY | nothing is proxied
            /x https://api.example/ 404     | would be a proxy's
            /api/* /.netlify/functions/:splat 200 | is a function or service of Netlify
            https://a.example/* /b          | is of one domain
            http://a.example/* https://b.example/:splat 301! | is of one domain
            //a.example/b /c                | is of one domain
            /a/*/b /c                       | has an asterisk that is not at its end
            /a/*/* /c                       | has more than one asterisk
            /*.html /:splat                 | has an asterisk that is not at its end
            /a/:x/:x /c                     | has :x twice
            /a/:splat/* /c                  | has :splat twice
            /a/x-:y /c                      | is no whole segment
            /a/:y.html /c                   | is no whole segment
            /a:b /c                         | is no whole segment
            /a/b /c/:splat                  | has :splat, and the source no asterisk
            /a//b /c                        | has an empty segment
            /a/./b /c                       | has a dot segment
            /a/%2e%2e/b /c                  | has a dot segment
            /a%2 /c                         | has an invalid percent-encoding
            _redirects:1 /c                 | _redirects:1 is no path
            /a%ff /c                        | has an invalid percent-encoding
            /a /john%smith                  | has an invalid percent-encoding
            /a /c%ff                        | is not UTF-8, or has a NUL
            /a /c%00 200                    | is not UTF-8, or has a NUL
            /a /c%4                         | has an invalid percent-encoding
            /app /nothing 200               | /nothing is no page of this site
            /* /nothing.html 200            | /nothing.html is no page of this site
            """)
    void what_cannot_be_done_is_refused_with_file_line_and_reason(String line, String reason) {
        String error = error("# first\n" + line + "\n");
        assertTrue(error.startsWith("_redirects:2: ") && error.contains(reason) && error.lines().count() == 1, error);
    }

    @Test
    void what_is_no_text_is_refused() {
        assertEquals("_redirects:2: not UTF-8", assertThrows(IllegalArgumentException.class,
                () -> Redirects.of(new byte[] { '#', '\n', '/', (byte) 0xE9, ' ', '/' }, PAGES, RedirectsTest::file,
                        path -> false)).getMessage());
        assertEquals("_redirects:1: not UTF-8", assertThrows(IllegalArgumentException.class,
                () -> Redirects.of("\ufeff/a /b".getBytes(UTF_16LE), PAGES, RedirectsTest::file, path -> false)).getMessage());
        assertEquals("_redirects:1: not UTF-8", assertThrows(IllegalArgumentException.class,
                () -> Redirects.of(new byte[] { '/', (byte) 0xC3 }, PAGES, RedirectsTest::file, path -> false)).getMessage());
        assertEquals("_redirects:1: a control character", error("/a /b\0"));
        assertEquals("_redirects:1: a control character", error("/a /b\r/c /d"));
        assertEquals("_redirects:1: a control character", error("/a /b\u0085"));
    }

    @Test
    void there_are_limits() {
        String path = "/" + "a".repeat(Redirects.MAX_LINE - 3);
        assertEquals("301 /", answer(read(path + " /"), PAGES, path));
        assertEquals("_redirects:1: a line may have 1000 characters, this has 1001", error(path + "a /"));
        String statics = lines("/s%d /new\n", Redirects.MAX_STATIC);
        String dynamics = lines("/d%d/* /new\n", Redirects.MAX_DYNAMIC);
        assertEquals(2 * Redirects.MAX_STATIC, read(statics + dynamics).entries().size());
        assertEquals("_redirects:2001: more than 2000 rules without a placeholder or an asterisk", error(statics + "/x /new"));
        assertEquals("_redirects:101: more than 100 rules with a placeholder or an asterisk", error(dynamics + "/x/:y /new"));
        assertEquals("65550 bytes: an IPFS gateway takes 65536; here it is no matter", read("#" + " ".repeat(64 << 10) + "\n/home / # x\n")
                .warnings().get(0).text());
        assertTrue(error("/" + ":a/" + lines(":a%d/", 20) + " /").contains("more than 20 placeholders"));
    }

    private static String lines(String format, int count) {
        return IntStream.range(0, count).mapToObj(i -> String.format(format, i)).collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /one.html /new                    | 1: never reached: there is a page at /one.html; 301! would be ahead of it
            /docs /new                        | 1: never reached: there is a page at /docs; 301! would be ahead of it
            /about /new 302                   | 1: never reached: there is a page at /about; 302! would be ahead of it
            / /index.html 200                 | ''
            /about.html /about.html 200       | ''
            /about /about.html 200            | ''
            /docs /docs/index.html 200        | ''
            /about /one.html 200              | 1: never reached: there is a page at /about; 200! would be ahead of it
            /about /about.html 404            | 1: never reached: there is a page at /about; 404! would be ahead of it
            /lost /404 404                    | ''
            /lost/* /404 410                  | ''
            /404 /one.html 200                | ''
            /a /new;/a /two.html              | 2: never reached: line 1 is ahead of it, for all paths of /a
            /caf%c3%a9 /new;/caf\u00e9 /new   | 2: never reached: line 1 is ahead of it, for all paths of /caf%C3%A9
            /a/* /new;/a/b /two.html          | 2: never reached: line 1 is ahead of it, for all paths of /a/b
            /a/* /new;/a /two.html            | 2: never reached: line 1 is ahead of it, for all paths of /a
            /a/* /new;/a/:b /two.html         | 2: never reached: line 1 is ahead of it, for all paths of /a/:b
            /a/* /new;/a/:b/* /two.html       | 2: never reached: line 1 is ahead of it, for all paths of /a/:b/*
            /a/:b /new;/a/:c /two.html        | 2: never reached: line 1 is ahead of it, for all paths of /a/:c
            /* /new;/one.html /two.html 301   | 2: never reached: there is a page at /one.html; 301! would be ahead of it
            /* https://a.example 301!;/one.html /two.html 301! | 2: never reached: line 1 is ahead of it, for all paths of /one.html
            /lost /nothing.html 404           | 1: /nothing.html is no page of this site: the answer is the status alone
            /a /nothing                       | 1: leads nowhere: there is neither a page nor a rule for /nothing
            /a /nothing;/* /404.html 404      | 1: leads nowhere: there is neither a page nor a rule for /nothing
            /a/* /nothing?x=1#y               | 1: leads nowhere: there is neither a page nor a rule for /nothing?x=1#y
            /a#b /new                         | 1: the fragment of /a#b is ignored: a browser does not send it
            /a/* https://a.example/*          | 1: the asterisk of https://a.example/* is sent as it is: what the source's stands for is :splat
            /a /b;/b /new                     | 1: 2 redirects to /new, by line 2 too: one is enough
            /a /b;/b /c;/c https://c.example/ | 1: 3 redirects to https://c.example/, by line 2, 3 too: one is enough
            /old/* /mid/:splat;/mid/* /to/:splat | 1: 2 redirects to /to/:splat, by line 2 too: one is enough
            /o/:a/:b /m/:b/:a;/m/* /to/:splat | 1: 2 redirects to /to/:b/:a, by line 2 too: one is enough
            """)
    void what_is_doubtful_is_told(String rules, String first) {
        assertEquals(first, warnings(rules.replace(';', '\n')).lines().findFirst().orElse(""));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/a /new", "/a /docs", "/a /docs/", "/a /about#x", "/a /caf%C3%A9.html?x", "/a/b /new;/a/* /two.html", "/one.html /new 301!",
            "/a/:b/* /new;/a/* /two.html", "/a/b* /new;/a/* /two.html", "/* /index.html 200", "/a /x;/* /index.html 200", "/* / 302", "/a/* /:splat",
            "/* /new;/one.html /two.html 301!", "/x/* /new;/x/* /two.html 301!", "/old/* /:splat" })
    void what_is_well_is_not(String rules) {
        assertEquals("", warnings(rules.replace(';', '\n')));
    }

    @Test
    void with_a_fallback_every_path_leads_somewhere() {
        assertEquals(List.of(), Redirects.of("/a /nothing".getBytes(UTF_8), PAGES, RedirectsTest::file, path -> true).warnings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /a /a                              | 1: /a is redirected without end, by line 1
            /a /a?x=1                          | 1: /a is redirected without end, by line 1
            /a /b;/b /a                        | 1: /a is redirected without end, by line 1, 2
            /a /b;/b /c;/c /b                  | 1: /a is redirected without end, by line 1, 2, 3
            /* /x/:splat 301                   | 1: /* is redirected without end, by line 1
            /* /:splat 301                     | 1: /* is redirected without end, by line 1
            /* /nothing 301                    | 1: /* is redirected without end, by line 1
            /* / 301!                          | 1: /* is redirected without end, by line 1
            /one.html /one.html 301!           | 1: /one.html is redirected without end, by line 1
            /x/:y /x/:y/ 301                   | 1: /x/:y is redirected without end, by line 1
            /a/* /b/:splat;/b/* /a/:splat      | 1: /a/* is redirected without end, by line 1, 2
            /a/:x /b/:x/1;/b/:x/:y /a/:y       | 1: /a/:x is redirected without end, by line 1, 2
            /a/:x /b/:x;/b/foo /a/foo          | 2: /b/foo is redirected without end, by line 2, 1
            /b/foo /a/foo;/a/:x /b/:x          | 1: /b/foo is redirected without end, by line 1, 2
            /a /one.html;/one.html /b 301!;/b /a | 1: /a is redirected without end, by line 1, 2, 3
            """)
    void a_loop_is_refused_with_all_its_lines(String rules, String reason) {
        assertEquals("_redirects:" + reason, error(rules.replace(';', '\n')));
    }

    @Test
    void what_is_baked_agrees_with_all_rules_in_order() {
        String[] sources = { "/a", "/a/b", "/one.html", "/docs/x", "/:x", "/a/:x", "/:x/b", "/a/*", "/*", "/a*", "/docs/*", "/:x/:y/*" };
        String[] paths = { "/a", "/a/b", "/a/c", "/b", "/c/b", "/one.html", "/docs/", "/docs/x", "/docs/index.html", "/ab/c", "/x/y/z", "/" };
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            List<Rule> rules = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int line = 1; line < 7; line++) {
                rules.add(new Rule(line, sources[random.nextInt(sources.length)], 301, "https://x.example/" + line, random.nextInt(3) == 0));
                Rule rule = rules.get(line - 1);
                text.append(rule.source()).append(' ').append(rule.destination()).append(rule.forced() ? " 301!\n" : "\n");
            }
            Redirects redirects = read(text.toString());
            for (String path : paths) {
                String expected = rules.stream().filter(rule -> rule.forced() || !PAGES.containsKey(path))
                        .filter(rule -> rule.pattern().matches(path)).findFirst()
                        .map(rule -> "301 " + rule.destination()).orElse(PAGES.containsKey(path) ? "page" : "nothing");
                assertEquals(expected, answer(redirects, PAGES, path), () -> path + "\n" + text);
            }
        }
    }

    @Test
    void a_site_may_be_below_the_root() {
        Rule rule = read("/a/* /b/:splat?x").dynamic().get(0);
        assertEquals(new Rule(1, "/app/a/*", 301, "/app/b/:splat?x", false), rule.under("/app"));
        assertEquals(rule.under("/app"), rule.under("/app/"));
        assertEquals(rule, rule.under("/"));
        assertEquals("/app/b/c?x", rule.under("/app").pattern().destination("/app/a/c", "y"));
        assertEquals("https://a.example/", read("/a https://a.example/").entries().get("/a").under("/app").destination());
        assertEquals("/app/caf\u00e9", read("/caf\u00e9 /new").entries().get("/caf\u00e9").under("/app").path());
    }

    @Test
    void many_rules_are_read_in_time() {
        String text = lines("/old/%1$d/page /to/%1$d/page 301\n", Redirects.MAX_STATIC)
                + lines("/section%1$d/:a/* /new%1$d/:a/:splat 301\n", Redirects.MAX_DYNAMIC);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            Redirects redirects = read(text);
            assertEquals(Redirects.MAX_DYNAMIC, redirects.dynamic().size());
            assertEquals("301 /to/1999/page", answer(redirects, PAGES, "/old/1999/page"));
        });
    }
}
