package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a stylesheet fetches. Reads any text in one pass: comments and strings are skipped, errors are not looked for. */
public final class StyleSheet {

    /** Each alternative ends where the next begins, and none of them backtracks (CSS Syntax Level 3 section 4). */
    private static final Pattern TOKENS = Pattern.compile("/\\*(?:[^*]|\\*(?!/))*+(?:\\*/)?"
            + "|url\\(\\s*+(?:\"(?<quoted>(?:[^\"\\\\\n]|\\\\.)*+)\"|'(?<single>(?:[^'\\\\\n]|\\\\.)*+)'|(?<plain>[^)\"']*+))"
            + "|\"(?<text>(?:[^\"\\\\\n]|\\\\.)*+)\"?|'(?<other>(?:[^'\\\\\n]|\\\\.)*+)'?"
            + "|@(?<rule>[A-Za-z-]++)|image-set\\(|[(){};]", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:([0-9A-Fa-f]{1,6})\\s?|(.))", Pattern.DOTALL);

    private final Reference base;
    private final List<Link> links = new ArrayList<>();
    private String rule = "";
    /** Parentheses that are open from that of image-set() on. */
    private int open;
    private int line;
    private int counted;

    private StyleSheet(Reference base, int line) {
        this.base = base;
        this.line = line;
    }

    /**
     * @param path of the file, decoded, with its leading slash and what {@code quarkus.http.root-path} is ahead of it
     */
    public static List<Link> links(String path, String contentType, byte[] content) {
        return links(TextContent.of(contentType, content).text(), Reference.page(path), 1);
    }

    static List<Link> links(String text, Reference base, int firstLine) {
        StyleSheet reader = new StyleSheet(base, firstLine);
        reader.read(text);
        return reader.links;
    }

    private void read(String text) {
        Matcher token = TOKENS.matcher(text);
        while (token.find()) {
            String url = first(token, "quoted", "single", "plain");
            String string = first(token, "text", "other");
            if (token.group("rule") != null) {
                rule = token.group("rule").toLowerCase(Locale.ROOT);
            } else if (url != null) {
                add(text, token.start(), url);
            } else if (string != null && (rule.equals("import") || open == 1)) {
                add(text, token.start(), string);
            } else if (token.group().equals("}") || token.group().equals(";") && !rule.equals("font-face")) {
                rule = "";
            }
            count(url == null ? token.group().toLowerCase(Locale.ROOT) : "(");
        }
    }

    /** A string in image-set() itself is a URL (CSS Images Level 4), one in its type() is none. */
    private void count(String token) {
        switch (token) {
            case "image-set(" -> open = 1;
            case "(" -> open += open > 0 ? 1 : 0;
            case ")" -> open -= open > 0 ? 1 : 0;
            case "{", "}", ";" -> open = 0;
            default -> { }
        }
    }

    private static String first(Matcher token, String... groups) {
        for (String group : groups) {
            if (token.group(group) != null) {
                return token.group(group);
            }
        }
        return null;
    }

    private void add(String text, int position, String escaped) {
        for (; counted < position; counted++) {
            line += text.charAt(counted) == '\n' ? 1 : 0;
        }
        String url = ESCAPE.matcher(escaped).replaceAll(escape -> Matcher.quoteReplacement(escape.group(2) != null ? escape.group(2)
                : Character.toString(Math.min(Integer.parseInt(escape.group(1), 16), Character.MAX_CODE_POINT)))).strip();
        Link.Kind kind = switch (rule) {
            case "import" -> Link.Kind.STYLE;
            case "font-face" -> Link.Kind.FONT;
            default -> Link.Kind.IMAGE;
        };
        // A fragment alone names an element of the page itself; a namespace is a name that nobody fetches.
        if (!url.isEmpty() && !url.startsWith("#") && !rule.equals("namespace")) {
            links.add(Link.of(kind, url, base, line));
        }
        // What follows in the same @import are conditions: layer(), supports().
        rule = kind == Link.Kind.STYLE ? "" : rule;
    }
}
