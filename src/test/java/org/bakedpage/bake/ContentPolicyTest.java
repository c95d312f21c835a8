package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentPolicyTest {

    /** Of the script "a". */
    private static final String HASH = "'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='";

    private static ContentPolicy.Decision decide(String policy, String html) {
        return ContentPolicy.of(policy).decide(HtmlPageTest.page(html));
    }

    private static String told(List<Warning> warnings) {
        return warnings.stream().map(warning -> warning.line() + " " + warning.text()).collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "default-src 'self' | default-src 'self'; script-src 'self' HASH",
            "default-src 'none' | default-src 'none'; script-src HASH", "script-src 'self' b.example; img-src * | script-src 'self' b.example HASH; img-src *",
            "SCRIPT-SRC 'self';; ; | script-src 'self' HASH", "script-src-elem 'self'; script-src 'none' | script-src-elem 'self' HASH; script-src 'none'",
            "script-src | script-src HASH", "script-src 'self'; script-src 'unsafe-inline' | script-src 'self' HASH",
            "default-src 'self', script-src b.example | default-src 'self'; script-src 'self' HASH, script-src b.example HASH",
            "script-src 'unsafe-inline' 'nonce-x' | script-src 'unsafe-inline' 'nonce-x' HASH",
            "script-src 'unsafe-inline' 'strict-dynamic' | script-src 'unsafe-inline' 'strict-dynamic' HASH" })
    void the_directive_that_counts_gets_the_hash(String policy, String expected) {
        ContentPolicy.Decision decision = decide(policy, "<script>a</script><p><script>a</script>");
        assertEquals(expected.replace("HASH", HASH), decision.value());
        assertEquals(List.of(), decision.warnings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "img-src 'self'", "script-src 'unsafe-inline'", "default-src  'self'  'unsafe-inline' ;",
            "script-src 'nonce-n'", "script-src 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7_gUfE5yuYB3ha_uSLs='", "script-src 'SHA384-"
                    + "VKWbnyKwuAiA2EJ+VIt8I6vYc0huHwNdzpzWl+hRdQM8qojm1XvDXvrgta/TFF8x'", ";" })
    void a_policy_that_lets_the_script_run_is_left_as_it_is(String policy) {
        ContentPolicy.Decision decision = decide(policy, "<script nonce=n>a</script>");
        assertEquals(policy.strip(), decision.value());
    }

    @Test
    void without_a_policy_there_is_none() {
        assertNull(decide(null, "<script>a</script>").value());
        assertNull(decide(" ", "<p onclick=a>").value());
        assertEquals(List.of(), decide(null, "<p onclick=a>").warnings());
    }

    @Test
    void hashes_are_in_the_order_of_the_scripts() {
        HtmlPage page = HtmlPageTest.page("<script>b</script><script>a</script><script>b</script>");
        String hashes = page.inlines().stream().limit(2).map(inline -> "'" + inline.hash(256) + "'").collect(Collectors.joining(" "));
        assertEquals("script-src 'self' " + hashes, ContentPolicy.of("script-src 'self'").decide(page).value());
    }

    @ParameterizedTest
    @CsvSource({ "40, true, 0", "70, true, 1", "120, false, 2" })
    void a_policy_longer_than_heads_may_be_is_told_and_then_not_made(int scripts, boolean made, int warnings) {
        String html = "";
        for (int i = 0; i < scripts; i++) {
            html += "<script>self.__next_f.push([1," + i + "])</script>";
        }
        ContentPolicy.Decision decision = decide("default-src 'self'", html);
        assertEquals(made, decision.value().contains("'sha256-"));
        assertTrue(decision.value().length() <= ContentPolicy.MAX_LENGTH);
        assertEquals(warnings, decision.warnings().size(), decision.warnings()::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "<p onclick=a><p onclick=b> | 1 inline event handler onclick is blocked by default-src: use addEventListener in a script (1 more in this file)",
            "<link rel=stylesheet href=a.css media=print onload=\"this.media='all'\"> | 1 inline event handler onload is blocked by default-src: "
                    + "load the stylesheet without it (Angular: optimization.styles.inlineCritical=false)",
            "<a href=javascript:a> | 1 javascript: URL is blocked by default-src: use a button and a script",
            "<style>a</style> | 1 inline style is blocked by style-src: move it into a stylesheet, or add 'unsafe-inline' to style-src",
            "<p style=a> | 1 style attribute is blocked by style-src: move it into a stylesheet, or add 'unsafe-inline' to style-src",
            "<script src=https://cdn.example/a.js></script> | 1 script https://cdn.example/a.js is blocked by default-src: "
                    + "allow it by script-src 'self' https://cdn.example, or serve it from this site",
            "<img src=data:a> | 1 image data: is blocked by img-src: allow it by img-src 'self' https://ok.example data:",
            "<img src=https://OK.example/a><img src=//ok.example/b><img src=/c> | ``",
            "<img src=http://ok.example/a> | 1 image http://ok.example/a is blocked by img-src: allow it by img-src 'self' https://ok.example "
                    + "http://ok.example, or serve it from this site",
            "<iframe src=https://video.example/x></iframe> | 1 frame https://video.example/x is blocked by default-src: "
                    + "allow it by frame-src 'self' https://video.example, or serve it from this site",
            "<form action=https://f.example> | 1 form https://f.example is blocked by form-action: "
                    + "allow it by form-action 'self' https://f.example, or serve it from this site",
            "<base href=https://b.example/> | 1 base https://b.example/ is blocked by base-uri: "
                    + "allow it by base-uri 'self' https://b.example, or serve it from this site",
            "<a href=https://other.example>a</a><iframe src=about:blank></iframe> | ``",
            "<script>fetch('https://api.example/x')</script> | 1 connection https://api.example/x is blocked by default-src: "
                    + "allow it by connect-src 'self' https://api.example, or serve it from this site",
            "<script>WebAssembly.instantiate(x)</script> | 1 WebAssembly is blocked by SCRIPTS: add 'wasm-unsafe-eval'",
            "<script>new Worker(URL.createObjectURL(b))</script> | 1 a worker made of a blob is blocked by SCRIPTS: add worker-src 'self' blob:" })
    void what_is_blocked_is_told_with_line_and_remedy(String html, String warnings) {
        HtmlPage page = HtmlPageTest.page(html);
        String policy = "default-src 'self'; style-src 'self'; img-src 'self' https://ok.example; base-uri 'self'; form-action 'self'";
        assertEquals(warnings.replaceAll("blocked by SCRIPTS", "blocked by"),
                told(ContentPolicy.of(policy).decide(page).warnings()).replaceAll("blocked by script-src [^:]*:", "blocked by:"));
    }

    @ParameterizedTest
    @CsvSource({ "*, true", "https:, true", "http:, true", "data:, false", "'none', false", "cdn.example, true", "*.example, true",
            "*.cdn.example, false", "cdn.example:443, true", "cdn.example:8443, false", "cdn.example:*, true", "https://cdn.example/a/, true",
            "https://cdn.example/b/, false", "https://cdn.example/a/x.js, true", "https://cdn.example/a, false", "http://cdn.example, true",
            "wss://cdn.example, true", "CDN.example, true", "cdn.example.org, false" })
    void sources_match_as_in_level_3(String source, boolean allowed) {
        String html = "<script src='https://cdn.example/a/x.js?y'></script>";
        assertEquals(allowed, decide("script-src " + source, html).warnings().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'self' 'strict-dynamic'    | src=/a.js                            | false
            'self' 'strict-dynamic'    | src=https://cdn.example/a.js         | false
            'strict-dynamic' 'nonce-n' | src=/a.js nonce=n                    | true
            'nonce-n'                  | src=https://cdn.example/a.js nonce=n | true
            'nonce-n'                  | src=/a.js nonce=m                    | false
            'sha384-a+b/c=='           | src=/a.js integrity=sha384-a+b/c==   | true
            'strict-dynamic' 'sha384-a' | src=/a.js integrity='sha384-a sha512-b' | false
            'strict-dynamic' 'sha384-a' 'sha512-b' | src=/a.js integrity=' sha384-a sha512-b ' | true
            'sha384-ab'                | src=/a.js integrity=sha384-a         | false
            'strict-dynamic'           | src=/a.js integrity=sha384-a         | false
            """)
    void a_script_is_allowed_by_itself(String sources, String attributes, boolean allowed) {
        assertEquals(allowed, decide("script-src " + sources, "<script " + attributes + "></script>").warnings().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            import x from 'https://esm.example/x'                          | script https://esm.example/x
            import*as x from"https://esm.example/x"                        | script https://esm.example/x
            import {a,b as c} from 'https://esm.example/x'                 | script https://esm.example/x
            import 'https://esm.example/x'                                 | script https://esm.example/x
            export {a} from 'https://esm.example/x'                        | script https://esm.example/x
            await import('https://esm.example/x')                          | script https://esm.example/x
            import(/* @vite-ignore */ `https://esm.example/x`)             | script https://esm.example/x
            importScripts("https://cdn.example/w.js")                      | script https://cdn.example/w.js
            j.async=true;j.src='https://www.gtm.example/gtm.js?id='+i+dl;  | script https://www.gtm.example/gtm.js?id=
            img.src = "https://img.example/a.png"                          | ~~
            fetch("https://api.example/x")                                 | connection https://api.example/x
            img.src = "https://chart.js.example/a.png"                     | ~~
            f.src = "https://cdn.example/pdf.js/web/viewer.html"           | ~~
            // import x from 'https://esm.example/x'                       | ~~
            a(); // import x from 'https://esm.example/x'                  | ~~
            /*! lib */import x from'https://esm.example/x'                 | script https://esm.example/x
            /*#__PURE__*/import("https://esm.example/x")                   | script https://esm.example/x
            /******/ script.src = 'https://cdn.example/a.js'               | script https://cdn.example/a.js
            /* import x from 'https://esm.example/x' */                    | ~~
            * import x from 'https://esm.example/x'                        | ~~
            import x from './x.js'                                         | ~~
            x.import("https://esm.example/x")                              | ~~
            "import x from 'https://esm.example/x'"                        | ~~
            """)
    void what_a_script_names_of_other_hosts_is_told(String script, String blocked) {
        ScriptText text = ScriptText.of("a.js", "text/javascript", script.getBytes(UTF_8));
        List<Warning> warnings = ContentPolicy.of("default-src 'self'").check(text);
        assertEquals(blocked, warnings.stream().map(warning -> warning.text().replaceFirst(" is blocked by .*", "")).collect(Collectors.joining("; ")));
        assertEquals(0, ContentPolicy.of("script-src 'strict-dynamic' 'nonce-n'; connect-src *").check(text).size());
    }

    /** A minified file is one line. */
    @Test
    void a_long_line_takes_no_long_time() {
        String script = "/*! lib */" + "import 'https://a.example/';".repeat(40_000) + "import".repeat(40_000) + ("import" + " ".repeat(9)).repeat(10_000);
        assertTimeout(Duration.ofSeconds(2), () -> ScriptText.of("a.js", "text/javascript", script.getBytes(UTF_8)));
    }

    @Test
    void an_import_map_is_read() {
        String html = "<script type=importmap>\n{\"imports\": {\"three\": \"https://cdn.example/three.js\", \"x/\": \"https://b.example/x/\"}}</script>";
        List<Warning> warnings = ContentPolicy.of("script-src 'self'").decide(HtmlPageTest.page(html)).warnings();
        assertEquals(List.of(2, 2), warnings.stream().map(Warning::line).toList());
        assertTrue(told(warnings).contains("script https://cdn.example/three.js is blocked by script-src"), () -> told(warnings));
        assertEquals(List.of(), ContentPolicy.of("script-src 'nonce-n'").decide(HtmlPageTest.page(html.replace("<script", "<script nonce=n"))).warnings());
        assertEquals(2, ContentPolicy.of("script-src 'self'").decide(HtmlPageTest.page(html.replace("/", "\\/").replace("<\\/", "</"))).warnings().size());
    }

    @Test
    void files_beside_the_pages_are_checked_too() {
        ContentPolicy policy = ContentPolicy.of("default-src 'self'");
        byte[] css = "\n@font-face{src:url(data:font/woff2,x)}".getBytes(StandardCharsets.UTF_8);
        assertEquals("a.css:2: font data: is blocked by default-src: allow it by font-src 'self' data:",
                policy.check("a.css", StyleSheet.links("/a.css", "text/css", css)).get(0).toString());
        byte[] script = "\n\nWebAssembly.compileStreaming(x)".getBytes(StandardCharsets.UTF_8);
        assertEquals("a.js:3: WebAssembly is blocked by default-src 'self': add 'wasm-unsafe-eval'",
                policy.check(ScriptText.of("a.js", "text/javascript", script)).get(0).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            eval("1")                                  | 1
            var f = new Function("a", "return a")      | 1
            return Function("a")()                     | 1
            setTimeout("a()", 1)                       | 1
            let A = Object.getPrototypeOf(async function () {}).constructor | 1
            try { return new Function("return this")() } catch (e) { } | 0
            Function('return this')()                  | 0
            x.eval("1"), medieval(1), eval(), Function() | 0
            try{new Function("");return!0}catch{return!1} | 0
            try { const f = new Function('a', 'return a') } catch { } | 0
            try { return eval("class A{}"), true } catch (e) { } | 0
            try { eval(code) } catch (e) { } | 1
            try { a() } catch { } new Function("a", b)() | 1
            if(n.FeatureTest.isEvalSupported){const e=c(l);if(e)return new Function("src","srcOffset","dest","destOffset",e)} | 0
            w=Function("binder","return function ("+a.join(",")+"){ return binder.apply(this,arguments); }")(b) | 0
            Function("r", "regeneratorRuntime = r")(runtime) | 0
            eval("require")("fs") | 0
            eval("quire".replace(/^/,"re"))(name) | 0
            isEvalSupported(); function other() {}; LONG new Function("a", b) | 1
            setTimeout(a, 1)                           | 0
            setTimeout(`document.title='x'`, 10)       | 1
            Function(`return this`)()                  | 0
            Function(`r`,`regeneratorRuntime = r`)(x)  | 0
            Function('return require("'+name+'")')()   | 0
            Function('return async function*(){}()')() | 0
            var f = isCallable(h) ? h : Function(h)    | 0
            var f = isCallable(h) ? g : Function(h)    | 1
            declare function eval(x: string): any      | 0
            """)
    void code_that_is_made_of_text_is_told(String script, int warnings) {
        ScriptText text = ScriptText.of("a.js", "text/javascript", script.replace("LONG", "a();".repeat(200)).getBytes(UTF_8));
        assertEquals(warnings, ContentPolicy.of("script-src 'self'").check(text).size(), script);
        assertEquals(0, ContentPolicy.of("script-src 'self' 'unsafe-eval'").check(text).size());
    }
}
