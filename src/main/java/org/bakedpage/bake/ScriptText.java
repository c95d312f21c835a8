package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be told of a script from its text alone: that it makes code of text, compiles WebAssembly, makes a worker of a blob, or
 * connects to an address that is written in the call. No more than that: what a script does is not known without running it.
 *
 * @param evaluation the first line that makes code of text; 0 for none
 * @param webAssembly the first line that compiles some; 0 for none
 * @param blobWorker the first line that starts a worker in a script that makes URLs of blobs; 0 for none
 */
public record ScriptText(String file, int evaluation, int webAssembly, int blobWorker, List<Link> connections) {

    /** More are not looked for. */
    private static final int MAX_CONNECTIONS = 100;

    /**
     * But for what libraries ask for and do without: the global object, Node's require, and, of old polyfills, a function with
     * as many parameters as the bound one, and the runtime of generators.
     */
    private static final Pattern EVALUATION = Pattern.compile("(?<![.\\w$\"'`])(?:"
            + "eval\\((?!\\s*\\)|\\s*[\"'](?:this|(?:re)?quire)[\"'])"
            + "|(?:new\\s+)?Function\\((?!\\s*\\)|\\s*\\\\?[\"']return (?:this|globalThis);?\\\\?[\"']"
            + "|\\s*[\"']binder[\"']|\\s*[\"']r[\"'],\\s*[\"']regeneratorRuntime = r[\"'])"
            + "|set(?:Timeout|Interval)\\(\\s*[\"'])|getPrototypeOf\\(async function\\s*\\(\\)\\s*\\{\\s*\\}\\)\\.constructor");
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
    private static final Pattern CONNECTION = Pattern.compile(
            "\\b(?:fetch|WebSocket|EventSource|sendBeacon)\\(\\s{0,9}[\"'`]((?:https?|wss?)://[^\"'`\\s$]{1,2048})");

    /** @param file as its author knows it */
    public static ScriptText of(String file, String contentType, byte[] content) {
        return of(file, TextContent.of(contentType, content).text(), 1);
    }

    static ScriptText of(String file, String text, int firstLine) {
        List<Link> connections = new ArrayList<>();
        Matcher connection = CONNECTION.matcher(text);
        while (connections.size() < MAX_CONNECTIONS && connection.find()) {
            connections.add(Link.of(Link.Kind.CONNECTION, connection.group(1), Reference.page("/"),
                    line(text, connection.start(), firstLine)));
        }
        return new ScriptText(file, evaluation(text, firstLine), find(WEB_ASSEMBLY, text, firstLine),
                BLOB.matcher(text).find() ? find(WORKER, text, firstLine) : 0, List.copyOf(connections));
    }

    private static int evaluation(String text, int firstLine) {
        Matcher found = EVALUATION.matcher(text);
        while (found.find()) {
            String ahead = text.substring(Math.max(0, found.start() - NEAR), found.start());
            boolean probe = TRY.matcher(ahead).find() && OWN_TEXTS.matcher(text).region(found.end(), text.length()).lookingAt();
            if (!probe && !ASKED.matcher(ahead).find()) {
                return line(text, found.start(), firstLine);
            }
        }
        return 0;
    }

    private static int find(Pattern pattern, String text, int firstLine) {
        Matcher found = pattern.matcher(text);
        return found.find() ? line(text, found.start(), firstLine) : 0;
    }

    private static int line(String text, int position, int firstLine) {
        return firstLine + (int) text.chars().limit(position).filter(character -> character == '\n').count();
    }
}
