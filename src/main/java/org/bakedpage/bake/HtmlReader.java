package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/** Walks over the elements of one page. */
final class HtmlReader {

    /** Deeper ones are not nested any more: browsers stop at 512 as well. */
    private static final int MAX_DEPTH = 512;

    /** Documents in attributes of documents in attributes are looked into so far. */
    private static final int MAX_FRAMES = 4;

    /** What runs is a JavaScript MIME type's essence, or one of these (HTML Standard section 4.12.1.1, prepare the script element). */
    private static final Set<String> RUN = Set.of("module", "importmap", "speculationrules");
    private static final Pattern JAVASCRIPT = Pattern.compile(
            "(?:application|text)/(?:x-)?(?:java|ecma)script|text/(?:javascript1\\.[0-5]|jscript|livescript)");

    /** Attributes of event handlers (section 8.1.8.2); others of such names are a word, or a framework's with a sign in it. */
    private static final Pattern HANDLER = Pattern.compile("on(?!ce$|ly$|line$|e$)[a-z]{3,}");

    /** A section of it, or what is between two. */
    private static final Pattern CDATA = Pattern.compile("<!\\[CDATA\\[(.*?)]]>|(?:[^<]|<(?!!\\[CDATA\\[))++", Pattern.DOTALL);

    private final String file;
    private final boolean xml;
    private final List<Inline> inlines = new ArrayList<>();
    private final List<ScriptText> scripts = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private Reference url;
    private Link base;
    private boolean elements;
    private boolean title;
    private boolean charset;
    /** How deep in attributes the document is that is read, and the line of the outermost one. */
    private int frames;
    private int frameLine;

    /** @param xml whether it is read as XML: XHTML and SVG are */
    HtmlReader(String file, Reference url, boolean xml) {
        this.file = file;
        this.url = url;
        this.xml = xml;
    }

    void read(String html) {
        Document document = parse(html, xml ? Parser.xmlParser() : Parser.htmlParser());
        Element first = document.selectFirst("base[href]");
        if (first != null) {
            base = Link.of(Link.Kind.PAGE, first.attr("href"), url, line(first));
            url = base.to();
        }
        elements = html.indexOf('<') >= 0;
        document.stream().forEach(element -> read(element, line(element)));
    }

    private static Document parse(String html, Parser parser) {
        return parser.setTrackPosition(true).setMaxDepth(MAX_DEPTH).parseInput(html, "");
    }

    private int line(Element element) {
        return frames > 0 ? frameLine : Math.max(0, element.sourceRange().start().lineNumber());
    }

    /** Where its text begins: behind its tag, which may be of several lines. */
    private int textLine(Element element) {
        return frames > 0 ? frameLine : Math.max(0, element.sourceRange().end().lineNumber());
    }

    /** In XML without the prefix of a namespace: svg:script is a script. */
    static String name(Element element, boolean xml) {
        String name = element.normalName();
        return xml ? name.substring(name.indexOf(':') + 1) : name;
    }

    private void read(Element element, int line) {
        switch (name(element, xml)) {
            case "script" -> script(element, line);
            case "style" -> style(element, line);
            case "title" -> title |= frames == 0 && !within(element, "svg") && !element.text().isBlank();
            case "meta" -> charset |= frames == 0 && (element.hasAttr("charset")
                    || element.attr("http-equiv").equalsIgnoreCase("content-type")
                    && element.attr("content").toLowerCase(Locale.ROOT).contains("charset="));
            case "iframe" -> frame(element, line);
            default -> { }
        }
        new ElementLinks(element, name(element, xml), url, line, links).add();
        element.attributes().forEach(attribute -> read(element, attribute, line));
    }

    private void read(Element element, Attribute attribute, int elementLine) {
        String name = attribute.getKey();
        int start = attribute.sourceRange().nameRange().start().lineNumber();
        int line = start > 0 && frames == 0 ? start : elementLine;
        if (name.equals("id") || name.equals("name") && element.normalName().equals("a")) {
            if (frames == 0) {
                ids.add(attribute.getValue());
            }
        } else if (name.equals("style")) {
            inlines.add(new Inline(Inline.Type.STYLE_ATTRIBUTE, name, attribute.getValue(), "", line));
            links.addAll(StyleSheet.links(attribute.getValue(), url, line));
        } else if (name.startsWith("on") && HANDLER.matcher(name).matches()) {
            inlines.add(new Inline(Inline.Type.HANDLER, name, attribute.getValue(), "", line));
        } else if (ElementLinks.NAVIGATIONS.contains(name) && attribute.getValue().indexOf(':') > 0
                && "javascript".equals(Reference.of(attribute.getValue(), url).scheme())) {
            inlines.add(new Inline(Inline.Type.NAVIGATION, name, attribute.getValue(), "", line));
        }
    }

    private void script(Element element, int line) {
        String text = text(element);
        boolean external = element.hasAttr("src") || within(element, "svg") && (element.hasAttr("href") || element.hasAttr("xlink:href"));
        // Without scripts there is no noscript, and with them nothing in it is an element.
        if (!external && !text.isEmpty() && runs(element) && !within(element, "noscript")) {
            inlines.add(new Inline(Inline.Type.SCRIPT, "script", text, element.attr("nonce"), line));
            if (element.attr("type").strip().equalsIgnoreCase("importmap")) {
                links.addAll(ScriptText.mapped(text, url, textLine(element)));
            } else {
                scripts.add(ScriptText.of(file, text, textLine(element)));
            }
        }
    }

    private static boolean runs(Element script) {
        String language = script.attr("language");
        String type = script.hasAttr("type") ? script.attr("type").strip()
                : language.isEmpty() ? "" : "text/" + language;
        if (script.hasAttr("type") ? script.attr("type").isEmpty() : type.isEmpty()) {
            return true;
        }
        String known = type.toLowerCase(Locale.ROOT);
        return RUN.contains(known) || JAVASCRIPT.matcher(known).matches();
    }

    private void style(Element element, int line) {
        String text = text(element);
        if (!text.isEmpty()) {
            inlines.add(new Inline(Inline.Type.STYLE, "style", text, element.attr("nonce"), line));
            links.addAll(StyleSheet.links(text, url, textLine(element)));
        }
    }

    /** A document in an attribute has the policy of the page it is in. */
    private void frame(Element element, int line) {
        if (element.hasAttr("srcdoc") && !within(element, "noscript") && frames < MAX_FRAMES) {
            frameLine = line;
            frames++;
            parse(element.attr("srcdoc"), Parser.htmlParser()).stream().forEach(nested -> read(nested, line));
            frames--;
        }
    }

    /** Its child text content, which is what is hashed; in SVG that is no raw text, as which jsoup reads it. */
    private String text(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node child : element.childNodes()) {
            if (child instanceof DataNode data) {
                text.append(data.getWholeData());
            } else if (child instanceof TextNode node) {
                text.append(node.getWholeText());
            }
        }
        boolean markup = !xml && within(element, "svg") && !within(element, "foreignobject");
        return markup ? CDATA.matcher(text).replaceAll(part -> Matcher.quoteReplacement(
                part.group(1) == null ? Parser.unescapeEntities(part.group(), false) : part.group(1))) : text.toString();
    }

    private boolean within(Element element, String name) {
        for (Element parent = element.parent(); parent != null; parent = parent.parent()) {
            if (name(parent, xml).equals(name)) {
                return true;
            }
        }
        return false;
    }

    List<Inline> inlines() {
        return inlines;
    }

    List<ScriptText> scripts() {
        return scripts;
    }

    List<Link> links() {
        return links;
    }

    Link base() {
        return base;
    }

    Set<String> ids() {
        return ids;
    }

    boolean hasElements() {
        return elements;
    }

    boolean hasTitle() {
        return title;
    }

    boolean hasCharset() {
        return charset;
    }
}
