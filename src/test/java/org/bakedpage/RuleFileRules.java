package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.AsciiString;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bakedpage.bake.Field;
import org.bakedpage.bake.HeaderRules;
import org.bakedpage.bake.Redirects;
import org.bakedpage.bake.Rule;

/** SECURITY: what holds for any {@code _redirects} or {@code _headers} that is not refused, whatever a request then asks for. */
final class RuleFileRules {

    private static final Map<String, String> PAGES = Map.of("/", "/", "/index.html", "/", "/404.html", "/404.html", "/docs", "/docs/",
            "/docs/", "/docs/", "/caf\u00e9.html", "/caf\u00e9.html", "/a\r\nb", "/a\r\nb");
    private static final List<List<String>> PAGE_PATHS = List.of(List.of("/", "/index.html"), List.of("/docs/", "/docs"),
            List.of("/caf\u00e9.html"), List.of("/a\r\nb/c", "/odd"), List.of("/a/b/c.css"));
    /** What a request may have where a rule has a name or an asterisk. */
    private static final List<String> CAPTURED = List.of("", "x", "a/b", "/other.example", "//other.example", "\\other.example",
            "@other.example", ":80", "\r\nX: y", "?q", "#f", "%0d%0a", "..", "../..", "\u00e9\u2028", "\0", ".other.example");
    private static final List<String> QUERIES = List.of("", "a=b", "\r\nX: y", "\u00ff#?", "%0d%0a");
    private static final URI BASE = URI.create("http://own.example/");

    private RuleFileRules() {
    }

    static void checkRedirects(byte[] content) {
        Redirects redirects;
        try {
            redirects = Redirects.of(content, PAGES, path -> null, path -> false);
        } catch (IllegalArgumentException e) {
            assertLines(Redirects.NAME, e);
            return;
        }
        redirects.warnings().forEach(warning -> assertPrintable(warning.toString()));
        redirects.entries().forEach((path, rule) -> check(rule, path));
        for (Rule rule : redirects.dynamic()) {
            for (String captured : CAPTURED) {
                // As the router has it: decoded, without empty segments and dot segments.
                String path = RequestPath.normalize(RequestPath.decode(rule.source().replaceAll(":[A-Za-z][A-Za-z0-9_]*|\\*", "\u0001"))
                        .replace("\u0001", captured));
                check(rule, path);
            }
        }
    }

    private static void check(Rule rule, String path) {
        assertVisible(rule.destination());
        assertTrue(Set.of(200, 301, 302, 303, 307, 308, 404, 410, 451).contains(rule.status()), rule::toString);
        for (String query : QUERIES) {
            // The same object as the program makes of the texts that it finds in its site.
            RedirectPattern pattern = new RedirectPattern(rule.source(), rule.destination());
            String destination = rule.isDynamic() ? pattern.destination(path, query) : Location.withQuery(rule.destination(), query);
            if (destination != null) {
                assertVisible(destination);
                assertEquals(authority(rule.destination()), authority(destination), () -> rule + " at " + path);
            }
        }
        String page = rule.isRedirect() ? null : new RedirectPattern(rule.source(), rule.destination()).page(path);
        assertTrue(page == null || page.startsWith("/") && page.equals(RequestPath.normalize(page)), () -> rule + " has " + page);
    }

    /** Where a browser goes: it reads a backslash as a slash. */
    private static String authority(String destination) {
        String slashes = destination.replace('\\', '/');
        int scheme = slashes.startsWith("//") ? 0 : slashes.startsWith("/") ? -1 : slashes.indexOf("://") + 1;
        return scheme < 0 ? BASE.getAuthority() : slashes.substring(scheme + 2).split("[/?#]", 2)[0];
    }

    static void checkHeaders(byte[] content) {
        HeaderRules headers;
        try {
            headers = HeaderRules.of(content, PAGE_PATHS);
        } catch (IllegalArgumentException e) {
            assertLines(HeaderRules.NAME, e);
            return;
        }
        headers.warnings().forEach(warning -> assertPrintable(warning.toString()));
        for (List<String> paths : PAGE_PATHS) {
            List<Field> fields = headers.fieldsOf(paths);
            Set<String> names = new HashSet<>();
            for (Field field : fields) {
                assertTrue(field.name().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"), field.name());
                assertTrue(field.value() == null || field.value().matches("[\t -~]+"), field::toString);
                String name = field.name().toLowerCase(Locale.ROOT);
                assertTrue(names.add(name) || name.equals("set-cookie"), name);
                assertTrue(!Set.of("content-length", "transfer-encoding", "connection", "location", "date").contains(name), name);
            }
            assertKept(fields);
        }
    }

    /** A page has them in one text, see SiteFormat. */
    private static void assertKept(List<Field> fields) {
        List<Page.Field> own = fields.stream().map(field -> new Page.Field(ascii(field.name()), ascii(field.value()))).toList();
        assertEquals(own, Page.parse(Page.placeholder().withFields(own).fieldLines()));
    }

    private static AsciiString ascii(String text) {
        return text == null ? null : new AsciiString(text);
    }

    /** One for each line that is refused; and one for the rest of many. */
    private static void assertLines(String file, IllegalArgumentException e) {
        assertTrue(e.getMessage() != null && e.getMessage().matches("(?s)" + file + ":[0-9]+: .+"), e::toString);
        for (String line : e.getMessage().split("\n")) {
            assertTrue(line.matches(file + ":(?:[0-9]+:)? .+"), e::toString);
            assertPrintable(line);
        }
    }

    /** On a terminal and in a log. */
    private static void assertPrintable(String text) {
        assertTrue(text.codePoints().noneMatch(c -> c != '\t' && Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0x202E), text);
    }

    private static void assertVisible(String location) {
        assertTrue(location.matches("[!-~]+") && location.indexOf('\\') < 0, location);
    }
}
