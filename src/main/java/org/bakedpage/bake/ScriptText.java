package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be told of a script from its text alone: that it makes code of text, compiles WebAssembly, makes a worker of a blob, or
 * loads a script from, or connects to, an address that is written there. No more than that: what a script does is not known without
 * running it.
 *
 * @param evaluation the first line that makes code of text; 0 for none
 * @param webAssembly the first line that compiles some; 0 for none
 * @param blobWorker the first line that starts a worker in a script that makes URLs of blobs; 0 for none
 * @param links the scripts that it loads, and its connections
 */
public record ScriptText(String file, int evaluation, int webAssembly, int blobWorker, List<Link> links) {

    /** More are not looked for. */
    private static final int MAX_LINKS = 100;

    /**
     * But for what libraries ask for and do without: the global object, Node's require, and, of old polyfills, a function with
     * as many parameters as the bound one, the runtime of generators, and the kind of asynchronous ones.
     */
    private static final Pattern EVALUATION = Pattern.compile("(?<![.\\w$\"'`])(?<!\\bfunction )(?:"
            + "eval\\((?!\\s*\\)|\\s*[\"'`](?:this|(?:re)?quire)[\"'`])"
            + "|(?:new\\s+)?Function\\((?!\\s*\\)|\\s*\\\\?[\"'`]return (?:this|globalThis);?\\\\?[\"'`]"
            + "|\\s*[\"'`]return require\\(|\\s*[\"'`]return async function\\s?\\*\\s?\\(\\)\\s?\\{\\s?\\}\\s?\\(\\)[\"'`]"
            + "|\\s*[\"'`]binder[\"'`]|\\s*[\"'`]r[\"'`],\\s*[\"'`]regeneratorRuntime = r[\"'`])"
            + "|set(?:Timeout|Interval)\\(\\s*[\"'`])|getPrototypeOf\\(async function\\s*\\(\\)\\s*\\{\\s*\\}\\)\\.constructor");
    /** A handler of a timer, which is a text in old browsers' code only: isCallable(f) ? f : Function(f). */
    private static final Pattern OTHERWISE = Pattern.compile("\\?\\s*([\\w$]+)\\s*:\\s*$");
    /** What asks whether code can be made of text, by a text of its own, as the first of a try. */
    private static final Pattern TRY = Pattern.compile(
            "\\btry\\s*\\{\\s*(?:return\\b\\s*|(?:(?:var|let|const)\\s+)?[\\w$.]+\\s*=\\s*)?!?$");
    private static final Pattern OWN_TEXTS = Pattern.compile("(?:\\s*+(?:\"[^\"\n]*+\"|'[^'\n]*+'|`[^`$]*+`)\\s*+,?+)++\\)");
    /** What is made of text where that has said yes: pdf.js's isEvalSupported. */
    private static final Pattern ASKED = Pattern.compile("\\w*[eE]val(?:Supported|Allowed|Enabled|Available)\\b"
            + "|\\b(?:can|allows?|supports?|has)Eval\\b");
    /** In characters, from the question to what depends on it. */
    private static final int NEAR = 600;

    private static final Pattern WEB_ASSEMBLY = Pattern.compile("WebAssembly\\.(?:instantiate|compile|Module\\()");
    private static final Pattern WORKER = Pattern.compile("new (?:Shared)?Worker\\(");
    private static final Pattern BLOB = Pattern.compile("createObjectURL\\(");
    private static final String QUOTED = "[\"'`](?<url>(?:https?|wss?)://[^\"'`\\s$]{1,2048})";
    private static final Pattern CONNECTION = Pattern.compile(
            "\\b(?:fetch|WebSocket|EventSource|sendBeacon)\\(\\s{0,9}" + QUOTED);
    /** Imports; what is put into an element as its source, by its extension: images and frames are loaded so as well. */
    private static final Pattern IMPORT = Pattern.compile("(?<![.\\w$\"'`])(?:import\\s{0,9}+(?:[\\w$\\s{},*]{0,2000}\\bfrom\\s{0,9}+)?"
            + "|export\\s{0,9}+[\\w$\\s{},*]{1,2000}\\bfrom\\s{0,9}+|(?:import|importScripts)\\(\\s{0,9}+(?:/\\*[^*]{0,200}\\*/\\s{0,9}+){0,5})" + QUOTED
            + "|\\.src\\s?=\\s?(?=[\"'`][^\"'`?#\\s]{1,2048}\\.m?js[\"'`?#])[\"'`](?<source>https?://[^\"'`\\s$]{1,2048})");
    private static final Pattern MAPPED = Pattern.compile("\"\\s*:\\s*\"(?<url>(?:\\.{0,2}/|https?://)[^\"\\\\]{1,2048})\"");
    private static final Pattern TRAILING = Pattern.compile("(?<![:\"'`\\\\])//");
    /** In characters: a line that is longer is no longer one that somebody has written. */
    private static final int LINE = 300;

    /** @param file as its author knows it */
    public static ScriptText of(String file, String contentType, byte[] content) {
        return of(file, TextContent.of(contentType, content).text(), 1);
    }

    static ScriptText of(String file, String text, int firstLine) {
        List<Link> links = new ArrayList<>();
        add(links, Link.Kind.IMPORT, IMPORT, text, firstLine);
        add(links, Link.Kind.CONNECTION, CONNECTION, text, firstLine);
        return new ScriptText(file, evaluation(text, firstLine), find(WEB_ASSEMBLY, text, firstLine),
                BLOB.matcher(text).find() ? find(WORKER, text, firstLine) : 0, List.copyOf(links));
    }

    private static void add(List<Link> links, Link.Kind kind, Pattern pattern, String text, int firstLine) {
        Matcher found = pattern.matcher(text);
        for (int count = 0; count < MAX_LINKS && found.find(); count++) {
            String url = found.group("url") == null ? found.group("source") : found.group("url");
            if (!isComment(text, found.start())) {
                links.add(Link.of(kind, url, Reference.page("/"), line(text, found.start(), firstLine)));
            }
        }
    }

    /** By what its line begins with: that of a comment of several lines often has an asterisk there. */
    private static boolean isComment(String text, int position) {
        int start = text.lastIndexOf('\n', position) + 1;
        int first = start;
        while (first < position && Character.isWhitespace(text.charAt(first))) {
            first++;
        }
        if (text.startsWith("/*", first)) {
            int end = text.indexOf("*/", first);
            return end < 0 || end > position;
        }
        boolean trailing = position - start < LINE && TRAILING.matcher(text).region(start, position).find();
        return text.startsWith("*", first) || text.startsWith("//", first) || trailing;
    }

    /**
     * The scripts that an import map names (HTML Standard section 8.1.6.2), but for folders of this site.
     *
     * @param page from where relative ones are seen
     */
    static List<Link> mapped(String text, Reference page, int firstLine) {
        List<Link> links = new ArrayList<>();
        Matcher found = MAPPED.matcher(text.replace("\\/", "/"));
        while (links.size() < MAX_LINKS && found.find()) {
            Link link = Link.of(Link.Kind.IMPORT, found.group("url"), page, line(text, found.start(), firstLine));
            if (!link.to().isInternal() || !link.written().endsWith("/")) {
                links.add(link);
            }
        }
        return links;
    }

    private static int evaluation(String text, int firstLine) {
        Matcher found = EVALUATION.matcher(text);
        while (found.find()) {
            String ahead = text.substring(Math.max(0, found.start() - NEAR), found.start());
            boolean probe = TRY.matcher(ahead).find() && OWN_TEXTS.matcher(text).region(found.end(), text.length()).lookingAt();
            if (!probe && !isOtherwise(ahead, text, found.end()) && !ASKED.matcher(ahead).find()) {
                return line(text, found.start(), firstLine);
            }
        }
        return 0;
    }

    private static boolean isOtherwise(String ahead, String text, int arguments) {
        Matcher value = OTHERWISE.matcher(ahead);
        return value.find() && text.startsWith(value.group(1) + ")", arguments);
    }

    private static int find(Pattern pattern, String text, int firstLine) {
        Matcher found = pattern.matcher(text);
        return found.find() ? line(text, found.start(), firstLine) : 0;
    }

    private static int line(String text, int position, int firstLine) {
        return firstLine + (int) text.chars().limit(position).filter(character -> character == '\n').count();
    }
}
