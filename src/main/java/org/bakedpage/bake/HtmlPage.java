package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of HTML, XHTML or SVG, inspected once: what a browser makes of it, as far as its source tells.
 *
 * @param file as its author knows it
 * @param path of the file on the site, decoded, with its leading slash and without {@code quarkus.http.root-path}
 * @param inlines scripts that a browser runs, event handlers and styles, in the order of the source
 * @param scripts what its inline scripts do
 * @param links what it names, in the order of the source
 * @param base what its base element names, or null
 * @param ids what a fragment can name
 * @param warnings of the file itself: no title, no charset, not UTF-8, too large
 */
public record HtmlPage(String file, String path, List<Inline> inlines, List<ScriptText> scripts, List<Link> links, Link base,
        Set<String> ids, List<Warning> warnings) {

    /** In bytes: a tree of the elements is made of no larger file, of which scripts alone are looked at. */
    static final int MAX_TREE = 16 << 20;
    /** In bytes: a larger file is not inspected, for an array of its characters is made. */
    static final int MAX_BYTES = 256 << 20;

    private static final Pattern SCRIPT = Pattern.compile("<script[\\s/>]", Pattern.CASE_INSENSITIVE);
    private static final Pattern ACTIVE = Pattern.compile("<(?:\\w+:)?script[\\s/>]|\\son[a-z]{3,}\\s*=", Pattern.CASE_INSENSITIVE);
    private static final Pattern SCRIPT_END = Pattern.compile("</script", Pattern.CASE_INSENSITIVE);

    /**
     * @param url where the page is read, decoded: its path behind {@code quarkus.http.root-path}, so that /app/docs/index.html
     *     or /app/docs/ for the page at /docs/index.html of a site under /app
     */
    public static HtmlPage of(String file, String path, String url, String contentType, byte[] content) {
        List<Warning> warnings = new ArrayList<>();
        if (content.length > MAX_BYTES) {
            warnings.add(new Warning(file, 0, "has " + content.length + " bytes: a page of more than " + (MAX_BYTES >> 20)
                    + " MiB is not inspected, and its inline scripts are blocked"));
            return new HtmlPage(file, path, List.of(), List.of(), List.of(), null, Set.of(), warnings);
        }
        TextContent text = TextContent.of(contentType, content);
        text.warning(file).ifPresent(warnings::add);
        boolean whole = content.length <= MAX_TREE;
        boolean xml = isXml(contentType);
        HtmlReader reader = new HtmlReader(file, Reference.page(url), xml);
        reader.read(whole ? text.text() : scripts(text.text()));
        if (!whole) {
            warnings.add(new Warning(file, 0, "has " + content.length + " bytes: of a page of more than " + (MAX_TREE >> 20)
                    + " MiB scripts alone are inspected"));
        } else if (reader.hasElements() && !xml) {
            // What verifies the ownership of a site is often one line of text, no page.
            if (!reader.hasTitle()) {
                warnings.add(new Warning(file, 0, "has no <title>"));
            }
            if (!text.marked() && !reader.hasCharset()) {
                warnings.add(new Warning(file, 0, "has no <meta charset=\"utf-8\">: read from a disk or an archive its text may be garbled"));
            }
        }
        return new HtmlPage(file, path, List.copyOf(reader.inlines()), List.copyOf(reader.scripts()), List.copyOf(reader.links()),
                reader.base(), Set.copyOf(reader.ids()), List.copyOf(warnings));
    }

    /**
     * The first part that browsers look for somewhere else, where this page answers at another path than its own.
     *
     * @param at such a path, with {@code quarkus.http.root-path} ahead of it
     */
    public Optional<Warning> relativePart(String at) {
        Reference other = Reference.page(at);
        Reference from = base == null ? other : Reference.of(base.written(), other);
        for (Link link : links) {
            String path = link.to().path();
            String there = Reference.of(link.written(), from).path();
            if (link.kind().isPart() && path != null && !path.equals(there)) {
                return Optional.of(new Warning(file, link.line(), link.written() + " is relative: at " + at
                        + ", where this page answers too, it is " + there + ": write " + path));
            }
        }
        return Optional.empty();
    }

    /** Whether it is a page, in either syntax. */
    public static boolean isHtml(String contentType) {
        return contentType.startsWith("text/html") || contentType.startsWith("application/xhtml+xml");
    }

    /** Whether it is a document of XML whose scripts a browser runs: XHTML and SVG. */
    static boolean isXml(String contentType) {
        return contentType.startsWith("application/xhtml+xml") || contentType.startsWith("image/svg+xml");
    }

    /** An image that has none is not looked into. */
    public static boolean mayHaveScripts(String contentType, byte[] content) {
        return content.length <= MAX_BYTES && ACTIVE.matcher(TextContent.of(contentType, content).text()).find();
    }

    /** Each in its line. */
    private static String scripts(String html) {
        StringBuilder scripts = new StringBuilder();
        Matcher tag = SCRIPT.matcher(html);
        int end = 0;
        while (tag.find(end)) {
            int start = tag.start();
            scripts.append("\n".repeat(newLines(html, end, start)));
            // What has no end is no script.
            end = tag.usePattern(SCRIPT_END).find(start) ? tag.start() : html.length();
            scripts.append(html, start, end).append("</script>");
            tag.usePattern(SCRIPT);
        }
        return scripts.toString();
    }

    private static int newLines(String text, int from, int to) {
        int lines = 0;
        for (int at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
            lines++;
        }
        return lines;
    }
}
