package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One HTML file, inspected once: what a browser makes of it, as far as its source tells.
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

    /** In bytes; a larger file is not inspected. An array of its characters and a tree of its elements are made of it. */
    public static final int MAX_BYTES = 16 << 20;

    /**
     * @param url where the page is read, decoded: its path behind {@code quarkus.http.root-path}, so that /app/docs/index.html
     *     or /app/docs/ for the page at /docs/index.html of a site under /app
     */
    public static HtmlPage of(String file, String path, String url, byte[] content) {
        List<Warning> warnings = new ArrayList<>();
        if (content.length > MAX_BYTES) {
            warnings.add(new Warning(file, 0, "has " + content.length + " bytes: a page of more than 16 MiB is not inspected"));
            return new HtmlPage(file, path, List.of(), List.of(), List.of(), null, Set.of(), warnings);
        }
        TextContent text = TextContent.of(content);
        text.warning(file).ifPresent(warnings::add);
        HtmlReader reader = new HtmlReader(file, Reference.page(url));
        reader.read(text.text());
        // What verifies the ownership of a site is often one line of text, no page.
        if (reader.hasElements()) {
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
}
