package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages of the shape that generators write, under the project's policy. */
class GeneratorPagesTest {

    private static final String POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; worker-src 'self' blob:; "
            + "connect-src 'self' data: blob:; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    private static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of("Vite", 0, """
                        <!doctype html><html lang="en"><head><meta charset="UTF-8" /><title>Vite App</title>
                        <link rel="icon" type="image/svg+xml" href="/vite.svg" />
                        <script type="module" crossorigin src="/assets/index-DiwrgTda.js"></script>
                        <link rel="stylesheet" crossorigin href="/assets/index-BZx_k-3d.css"></head><body><div id="root"></div></body></html>""", ""),
                Arguments.of("Next", 3, """
                        <!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><title>N</title>
                        <link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/0b9.js"/>
                        <script src="/_next/static/chunks/polyfills-42372ed130431b0a.js" noModule=""></script></head>
                        <body><h1>Hi</h1><script>(self.__next_f=self.__next_f||[]).push([0])</script>
                        <script>self.__next_f.push([1,"1:\\"$Sreact.fragment\\"\\n2:I[9766,[],\\"\\"]\\n"])</script>
                        <script>self.__next_f.push([1,"</div>"])</script></body></html>""", ""),
                Arguments.of("Docusaurus", 1, """
                        <!doctype html><html lang="en" dir="ltr"><head><meta charset="UTF-8"><title data-rh="true">D</title>
                        <link rel="preconnect" href="https://www.google-analytics.com"><script src="/assets/js/main.abc.js" defer="defer"></script></head>
                        <body class="navigation-with-keyboard"><svg style="display: none;"><defs><symbol id="theme-svg-external-link" viewBox="0 0 24 24">
                        <path d="M21"/></symbol></defs></svg><script>!function(){var t=function(){try{return window.localStorage.getItem("theme")}\
                        catch(t){}}();document.documentElement.setAttribute("data-theme",t||"light")}()</script></body></html>""", ""),
                Arguments.of("VitePress", 2, """
                        <!DOCTYPE html><html lang="en-US" dir="ltr"><head><meta charset="utf-8"><title>V</title>
                        <script id="check-dark-mode">(()=>{const e=localStorage.getItem("vitepress-theme-appearance")||"auto"})();</script>
                        <script id="check-mac-os">document.documentElement.classList.toggle("mac",/Mac/i.test(navigator.platform));</script></head>
                        <body><div id="app"></div></body></html>""", ""),
                Arguments.of("Astro", 2, """
                        <!DOCTYPE html><html><head><meta charset="utf-8"><title>A</title><style>astro-island,astro-slot{display:contents}</style>
                        <script>(()=>{var e=async t=>{await(await t())()};(self.Astro||(self.Astro={})).load=e})();</script></head><body>
                        <astro-island uid="Z1" component-url="/_astro/Counter.js" client="load" props="{&quot;a&quot;:[0,1]}"></astro-island>
                        <script type="module">const a=1;</script></body></html>""", ""),
                Arguments.of("Angular", 0, """
                        <!doctype html><html lang="en" data-beasties-container><head><meta charset="utf-8"><title>NG</title><base href="/">
                        <style>html{height:100%}</style><link rel="stylesheet" href="styles-5INURTSO.css" media="print" onload="this.media='all'">
                        <noscript><link rel="stylesheet" href="styles-5INURTSO.css"></noscript></head>
                        <body><app-root></app-root><script src="main-F5TQPGMW.js" type="module"></script></body></html>""",
                        "2: inline event handler onload is blocked by script-src: load the stylesheet without it "
                                + "(Angular: optimization.styles.inlineCritical=false)"),
                Arguments.of("SvelteKit", 1, """
                        <!doctype html><html lang="en"><head><meta charset="utf-8" /><title>S</title>
                        <link rel="modulepreload" href="./_app/immutable/entry/start.DTfJq9_x.js"></head>
                        <body data-sveltekit-preload-data="hover"><div style="display: contents">
                        <script>
                        	{
                        		__sveltekit_1a2b3c = { base: new URL(".", location).pathname.slice(0, -1) };
                        		Promise.all([import("./_app/immutable/entry/start.DTfJq9_x.js")]).then(([kit, app]) => kit.start(app));
                        	}
                        </script></div></body></html>""", ""),
                Arguments.of("Hugo alias", 0, """
                        <!DOCTYPE html><html lang="en"><head><title>/new/</title><link rel="canonical" href="/new/">
                        <meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/new/"></head></html>""", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void a_page_gets_the_hashes_of_its_scripts(String generator, int hashes, String html, String warnings) {
        HtmlPage page = HtmlPage.of("index.html", "/index.html", "/", "text/html", html.getBytes(UTF_8));
        assertEquals(List.of(), page.warnings());
        ContentPolicy.Decision decision = ContentPolicy.of(POLICY).decide(page);
        assertEquals(hashes, decision.value().split("'sha256-", -1).length - 1, decision.value());
        assertEquals(warnings,
                decision.warnings().stream().map(warning -> warning.line() + ": " + warning.text()).collect(Collectors.joining("; ")));
        assertEquals(POLICY, decision.value().replaceAll(" 'sha256-[^']*'", ""));
    }
}
