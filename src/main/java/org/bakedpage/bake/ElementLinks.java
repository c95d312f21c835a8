package org.bakedpage.bake;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** The links of one element, by HTML Standard section 4.2.4.1 and its index of attributes. */
final class ElementLinks {

    /** The attributes whose URL a browser follows, a javascript: URL too. */
    static final Set<String> NAVIGATIONS = Set.of("href", "src", "action", "formaction", "xlink:href");

    /** No characters of a srcset are read twice (section 4.8.4.2, parsing a srcset attribute). */
    private static final Pattern CANDIDATE = Pattern.compile("[\\s,]*+(\\S++)([^,(]*+(?:\\([^)]*+\\)?[^,(]*+)*+)");
    private static final Pattern REFRESH = Pattern.compile("\\s*[0-9.]+\\s*[;,\\s]\\s*(?:url\\s*=\\s*)?[\"']?([^\"']+).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Set<String> HINTS = Set.of("preconnect", "dns-prefetch");
    private static final Set<String> ICONS = Set.of("icon", "apple-touch-icon", "apple-touch-icon-precomposed", "apple-touch-startup-image",
            "mask-icon");

    private final Element element;
    private final String name;
    private final Reference base;
    private final int line;
    private final List<Link> links;

    /** @param name the element's, in small letters and without a prefix */
    ElementLinks(Element element, String name, Reference base, int line, List<Link> links) {
        this.element = element;
        this.name = name;
        this.base = base;
        this.line = line;
        this.links = links;
    }

    void add() {
        switch (name) {
            case "a", "area" -> add(Link.Kind.PAGE, "href", "xlink:href");
            case "form" -> add(Link.Kind.FORM, "action");
            case "button" -> add(Link.Kind.FORM, "formaction");
            case "input" -> {
                add(Link.Kind.FORM, "formaction");
                add(Link.Kind.IMAGE, "src");
            }
            case "script" -> add(Link.Kind.SCRIPT, "src", "href", "xlink:href");
            case "link" -> link();
            case "img" -> images("src", "srcset");
            case "source" -> source();
            case "image", "use", "feimage" -> add(Link.Kind.IMAGE, "href", "xlink:href");
            case "video" -> {
                add(Link.Kind.MEDIA, "src");
                add(Link.Kind.IMAGE, "poster");
            }
            case "audio", "track" -> add(Link.Kind.MEDIA, "src");
            case "iframe", "frame" -> add(Link.Kind.FRAME, "src");
            case "object" -> add(Link.Kind.OBJECT, "data");
            case "embed" -> add(Link.Kind.OBJECT, "src");
            case "meta" -> refresh();
            // No longer for authors, but fetched: HTML Standard sections 15.3.2 and 15.3.8.
            case "body", "table", "thead", "tbody", "tfoot", "tr", "td", "th" -> add(Link.Kind.IMAGE, "background");
            default -> { }
        }
    }

    private void add(Link.Kind kind, String... attributes) {
        for (String attribute : attributes) {
            if (element.hasAttr(attribute)) {
                addLink(kind, element.attr(attribute));
            }
        }
    }

    private void addLink(Link.Kind kind, String written) {
        // An empty one is the page itself, or nothing at all; a part that is a fragment is in the page.
        if (!written.isBlank() && !(kind.isPart() && written.startsWith("#"))) {
            links.add(Link.of(kind, written, base, line).of(element.attr("nonce"), element.attr("integrity")));
        }
    }

    private void images(String source, String set) {
        add(Link.Kind.IMAGE, source);
        Matcher candidate = CANDIDATE.matcher(element.attr(set));
        while (candidate.lookingAt()) {
            String url = candidate.group(1);
            boolean alone = url.endsWith(",");
            addLink(Link.Kind.IMAGE, alone ? url.replaceAll(",+$", "") : url);
            candidate.region(alone ? candidate.end(1) : candidate.end(), candidate.regionEnd());
        }
    }

    private void source() {
        if (element.parent() != null && element.parent().normalName().equals("picture")) {
            images("", "srcset");
        } else {
            add(Link.Kind.MEDIA, "src");
        }
    }

    private void link() {
        List<String> relations = Arrays.asList(element.attr("rel").toLowerCase(Locale.ROOT).split("\\s+"));
        if (relations.contains("stylesheet")) {
            add(Link.Kind.STYLE, "href");
        } else if (relations.contains("modulepreload")) {
            add(Link.Kind.SCRIPT, "href");
        } else if (relations.contains("preload")) {
            add(preloaded(), "href");
            images("", "imagesrcset");
        } else if (relations.stream().anyMatch(ICONS::contains)) {
            add(Link.Kind.IMAGE, "href");
        } else if (relations.contains("manifest")) {
            add(Link.Kind.MANIFEST, "href");
        } else if (relations.stream().noneMatch(HINTS::contains)) {
            add(Link.Kind.PAGE, "href");
        }
    }

    private Link.Kind preloaded() {
        return switch (element.attr("as").toLowerCase(Locale.ROOT)) {
            case "script" -> Link.Kind.SCRIPT;
            case "style" -> Link.Kind.STYLE;
            case "image" -> Link.Kind.IMAGE;
            case "font" -> Link.Kind.FONT;
            case "audio", "video", "track" -> Link.Kind.MEDIA;
            default -> Link.Kind.CONNECTION;
        };
    }

    private void refresh() {
        Matcher refresh = REFRESH.matcher(element.attr("content"));
        if (element.attr("http-equiv").equalsIgnoreCase("refresh") && refresh.matches()) {
            addLink(Link.Kind.PAGE, refresh.group(1).strip());
        }
    }
}
