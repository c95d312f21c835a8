package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole files in the manner of those that people bring from other hosts. */
class RealRuleFilesTest {

    private static Arguments file(String name, String pages, String text, String... answers) {
        return Arguments.of(name, new TreeSet<>(Arrays.asList(pages.split(" "))), text, answers);
    }

    static Stream<Arguments> redirects() {
        return Stream.of(
                file("a single-page application", "/ /index.html /assets/index-B1x2c3d4.js", """
                        # Everything is the application's
                        /*    /index.html   200
                        """, "/users/7 -> 200 /index.html", "/assets/index-B1x2c3d4.js -> page", "/assets/gone.js -> 200 /index.html"),
                file("a blog that moved from WordPress", "/ /index.html /blog/hello/ /blog/hello/index.html /feed.xml /404.html", """
                        /feed                          /feed.xml            301
                        /wp-content/uploads/*          /media/:splat        301
                        /:year/:month/:day/:slug       /blog/:slug/         301
                        /category/:name                /tags/:name/         302
                        /wp-login.php                  /404.html            404
                        """, "/2019/05/01/hello/ -> 301 /blog/hello/", "/category/a%20b?page=2 -> 302 /tags/a%20b/?page=2",
                        "/wp-content/uploads/2019/x.png -> 301 /media/2019/x.png", "/feed/ -> 301 /feed.xml", "/wp-login.php -> 404 /404.html"),
                file("the example of the specification", "/ /index.html /one.html /two.html /404.html /410.html /451.html", """
                        /redirect-one /one.html
                        /301-redirect-one /one.html 301
                        /302-redirect-two /two.html 302
                        /200-index /index.html 200
                        /posts/:year/:month/:day/:title /articles/:year/:month/:day/:title 301
                        /splat/* /redirected-splat/:splat 301
                        /not-found/* /404.html 404
                        /gone/* /410.html 410
                        /unavail/* /451.html 451
                        /* /index.html 200
                        """, "/redirect-one -> 301 /one.html", "/302-redirect-two -> 302 /two.html", "/200-index -> 200 /index.html",
                        "/posts/2022/01/01/hello-world -> 301 /articles/2022/01/01/hello-world", "/splat/one.html -> 301 /redirected-splat/one.html",
                        "/not-found/has-no-redirects-entry -> 404 /404.html", "/gone/x -> 410 /410.html", "/unavail/x -> 451 /451.html", "/x -> 200 /index.html"),
                file("documentation with versions", "/ /index.html /docs/3.x/ /docs/3.x/index.html /docs/2.x/ /docs/2.x/index.html", """
                        /docs                /docs/3.x/            302
                        /docs/latest/*       /docs/3.x/:splat      302
                        /docs/1.x/*          https://archive.example.org/1.x/:splat  301   # until 2030
                        /chat                https://chat.example.org/invite?code=a%2Bb
                        """, "/docs/ -> 302 /docs/3.x/", "/docs/latest -> 302 /docs/3.x/", "/docs/latest/a/b.html?q -> 302 /docs/3.x/a/b.html?q",
                        "/docs/1.x/a -> 301 https://archive.example.org/1.x/a", "/chat?x=1 -> 301 https://chat.example.org/invite?code=a%2Bb"),
                file("Cloudflare's kinds", "/ /index.html /trailing/ /trailing/index.html", """
                        /home301 / 301
                        /home302 / 302
                        /querystrings /?query=string 301
                        /stream https://stream.example
                        /slash /trailing/ 301
                        /page/ /page2/#fragment 301
                        /blog/* https://blog.my.example/:splat
                        /products/:code/:name /products?code=:code&name=:name
                        """, "/home302 -> 302 /", "/stream -> 301 https://stream.example", "/slash -> 301 /trailing/",
                        "/page/?a=b -> 301 /page2/?a=b#fragment", "/blog -> 301 https://blog.my.example/", "/products/1/x -> 301 /products?code=1&name=x"),
                file("Netlify's kinds", "/ /index.html /store-closed /store-closed.html /old.html /en/404.html /app/ /app/index.html", """
                        /home         /              301
                        /old.html     /app/          301!
                        /ecommerce    /store-closed  404
                        /app/*        /app/index.html 200
                        /en/*         /en/404.html   404
                        /authors/c%C3%A9line  /authors/about-c%C3%A9line
                        """, "/old.html -> 301 /app/", "/ecommerce -> 404 /store-closed", "/app/x/y -> 200 /app/index.html",
                        "/en/x -> 404 /en/404.html", "/authors/c%c3%a9line/ -> 301 /authors/about-c%C3%A9line"),
                file("a site that went to another domain", "/ /index.html /a.html", """
                        /*  https://www.new.example/:splat  301!
                        """, "/ -> 301 https://www.new.example/", "/a.html?x=1 -> 301 https://www.new.example/a.html?x=1", "/b/c -> 301 https://www.new.example/b/c"),
                file("languages", "/de/ /de/index.html /en/ /en/index.html /de/404.html /en/404.html", """
                        /            /en/            302
                        /de/*        /de/404.html    404
                        /*           /en/404.html    404
                        """, "/ -> 302 /en/", "/de/x -> 404 /de/404.html", "/x -> 404 /en/404.html"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("redirects")
    void the_redirects_answer(String name, Set<String> pages, String text, String... answers) {
        for (String line : answers) {
            String[] sides = line.split(" -> ");
            Redirects redirects = Redirects.of(text.getBytes(UTF_8), RedirectsTest.pages(pages), path -> null, path -> false);
            assertEquals(sides[1], RedirectsTest.answer(redirects, RedirectsTest.pages(pages), sides[0]), sides[0]);
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("""
                        /home  /
                        /api/*  https://api.example.com/:splat  200
                        """, "_redirects:2: https://api.example.com/:splat with 200 would be a proxy's: only files of the site are served"),
                Arguments.of("""
                        # by country
                        /  /anz  302  Country=au,nz
                        """, "_redirects:2: Country=au,nz: this server does not know where a client is"),
                Arguments.of("""
                        http://blog.example.com/* https://www.example.com/blog/:splat 301!
                        """, "_redirects:1: http://blog.example.com/* is of one domain: a site is the same under every name; give the path alone"),
                Arguments.of("""
                        /articles id=:id tag=:tag /posts/:tag/:id 301
                        """, "_redirects:1: id=:id: rules are for paths, whatever the query is"),
                Arguments.of("""
                        /*
                          X-Frame-Options: DENY
                        """, "_redirects:1: no destination; only a source with an asterisk may do without, with status 200\n"
                                + "_redirects:2: X-Frame-Options: is no path: it must begin with a slash"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_others_do_by_who_asks_is_refused(String text, String reason) {
        assertEquals(reason, assertThrows(IllegalArgumentException.class,
                () -> Redirects.of(text.getBytes(UTF_8), RedirectsTest.pages(Set.of("/")), path -> null, path -> false))
                .getMessage());
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                file("Cloudflare's kinds", "", """
                        # This is a comment
                        /secure/page
                          X-Frame-Options: DENY
                          X-Content-Type-Options: nosniff
                          Referrer-Policy: no-referrer

                        /static/*
                          Access-Control-Allow-Origin: *
                          X-Robots-Tag: nosnippet

                        /movies/:title
                          x-movie-name: You are watching ":title"
                        """, "/secure/page -> X-Frame-Options: DENY | X-Content-Type-Options: nosniff | Referrer-Policy: no-referrer",
                        "/static/styles.css -> Access-Control-Allow-Origin: * | X-Robots-Tag: nosnippet",
                        "/movies/up -> x-movie-name: You are watching \"up\""),
                file("a front end's assets", "", """
                        /*
                          Cache-Control: public, max-age=0, must-revalidate
                          Permissions-Policy: camera=(), microphone=()
                        /static/*
                          ! Cache-Control
                          Cache-Control: public, max-age=31536000, immutable
                        """, "/ -> Cache-Control: public, max-age=0, must-revalidate | Permissions-Policy: camera=(), microphone=()",
                        "/static/styles.css -> Permissions-Policy: camera=(), microphone=() | Cache-Control: public, max-age=31536000, immutable"),
                file("Netlify's list of values", "", """
                        /*
                        \tcache-control: max-age=0
                        \tlink: </a.css>; rel=preload
                        \tlink: </b.js>; rel=preload
                        """, "/ -> cache-control: max-age=0 | link: </a.css>; rel=preload, </b.js>; rel=preload"),
                file("isolation for WebAssembly threads", "", """
                        /*
                          Cross-Origin-Opener-Policy: same-origin
                          Cross-Origin-Embedder-Policy: require-corp
                        /*.jpg
                          Cross-Origin-Resource-Policy: same-site
                          ! cross-origin-embedder-policy
                        """, "/a.jpg -> Cross-Origin-Opener-Policy: same-origin | ! cross-origin-embedder-policy | Cross-Origin-Resource-Policy: same-site"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void the_headers_are_sent(String name, Set<String> pages, String text, String... answers) {
        for (String line : answers) {
            String[] sides = line.split(" -> ");
            assertEquals(sides[1], HeaderRulesTest.fields(HeaderRulesTest.read(text), sides[0]), sides[0]);
        }
    }
}
