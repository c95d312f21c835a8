package org.bakedpage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule of {@code _redirects} whose source has placeholders or a splat. Both texts are as {@link org.bakedpage.bake.Redirects} writes
 * them: ASCII, percent-encoded, in a source also each colon and asterisk that stand for themselves.
 * SECURITY: matched in time linear in the length of the path, without regular expressions.
 */
public final class RedirectPattern {

    /** What '*' captures. */
    public static final String SPLAT = "splat";

    /** Decoded; what is ahead of each capture, and behind the last. */
    private final List<String> literals = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    /** What every path that matches begins with. */
    private final String head;
    private final boolean splat;
    /** Whether it is a splat of all in a folder: the folder itself, without its slash, is of it, too. */
    private final boolean folder;

    private final List<String> texts = new ArrayList<>();
    /** By its place among the names, what stands behind each text but the last. */
    private final List<Integer> captures = new ArrayList<>();

    /** @param destination null where only the source counts */
    public RedirectPattern(String source, String destination) {
        int from = 0;
        for (int at = 0, end; at < source.length(); at = Math.max(end, at + 1)) {
            end = source.charAt(at) == '*' ? at + 1 : endOfName(source, at);
            if (end > at) {
                literals.add(RequestPath.decode(source.substring(from, at)));
                names.add(source.charAt(at) == '*' ? SPLAT : source.substring(at + 1, end));
                from = end;
            }
        }
        splat = source.indexOf('*') >= 0;
        // A slash at the end counts only behind a splat.
        boolean slash = !splat && source.endsWith("/") && source.length() > 1;
        literals.add(RequestPath.decode(source.substring(from, source.length() - (slash ? 1 : 0))));
        folder = source.endsWith("/*");
        String first = literals.get(0);
        head = folder && names.size() == 1 ? first.substring(0, first.length() - 1) : first;
        if (destination != null) {
            readDestination(destination);
        }
    }

    private void readDestination(String destination) {
        int from = 0;
        for (int at = 0; at < destination.length(); at++) {
            int end = endOfName(destination, at);
            int capture = end > at ? names.indexOf(destination.substring(at + 1, end)) : -1;
            if (capture >= 0) {
                texts.add(destination.substring(from, at));
                captures.add(capture);
                from = end;
                at = end - 1;
            }
        }
        texts.add(destination.substring(from));
    }

    /** Behind the name of a placeholder; as far as it was where none begins: a colon, a letter, then letters, digits, '_'. */
    private static int endOfName(String text, int at) {
        if (text.charAt(at) != ':' || at + 1 == text.length() || !isLetter(text.charAt(at + 1))) {
            return at;
        }
        int end = at + 2;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    static boolean isLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Begin and end of each capture; null where the path does not match. */
    private int[] match(String path) {
        if (!path.startsWith(head)) {
            return null;
        }
        int[] bounds = new int[2 * names.size()];
        int at = 0;
        for (int i = 0; i < names.size(); i++) {
            String literal = literals.get(i);
            boolean isSplat = splat && i == names.size() - 1;
            boolean itself = folder && isSplat && path.length() == at + literal.length() - 1;
            if (!path.regionMatches(at, literal, 0, literal.length() - (itself ? 1 : 0))) {
                return null;
            }
            at = Math.min(at + literal.length(), path.length());
            int end = isSplat ? path.length() - literals.get(i + 1).length() : endOfSegment(path, at);
            if (end < at || end == at && !isSplat) {
                return null;
            }
            bounds[2 * i] = at;
            bounds[2 * i + 1] = end;
            at = end;
        }
        String tail = literals.get(names.size());
        int left = path.length() - at - tail.length();
        return path.startsWith(tail, at) && (left == 0 || left == 1 && !splat && path.endsWith("/")) ? bounds : null;
    }

    private static int endOfSegment(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    /** Of the captures in the source, in order. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** Whether the destination depends on the path. */
    public boolean hasCaptures() {
        return !captures.isEmpty();
    }

    /** @param path decoded, see {@link RequestPath} */
    public boolean matches(String path) {
        return match(path) != null;
    }

    /** What the names of the source stand for in this path, decoded; null where it does not match. */
    public Map<String, String> captures(String path) {
        int[] bounds = match(path);
        if (bounds == null) {
            return null;
        }
        Map<String, String> captured = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            captured.put(names.get(i), path.substring(bounds[2 * i], bounds[2 * i + 1]));
        }
        return captured;
    }

    /**
     * The value of Location, RFC 9110 section 10.2.2, for a redirect.
     *
     * @param path decoded, see {@link RequestPath#ofRequest}
     * @param query of the request as it was sent, each character a byte; null for none
     * @return null where the path does not match
     */
    public String destination(String path, String query) {
        int[] bounds = match(path);
        return bounds == null ? null : Location.withQuery(expand(path, bounds), query);
    }

    /** The decoded path whose page is the answer, for a rewrite; null where this path does not match. */
    public String page(String path) {
        int[] bounds = match(path);
        return bounds == null ? null : RequestPath.of(expand(path, bounds));
    }

    /**
     * SECURITY: what a request gives is percent-encoded, so that it has no CR, LF, backslash or '?'; and a path on this host keeps no
     * empty segment: "/" and then "/other.example" would name another host.
     */
    private String expand(String path, int[] bounds) {
        StringBuilder out = new StringBuilder();
        boolean internal = texts.get(0).startsWith("/");
        boolean inPath = true;
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            append(text, internal && inPath, out);
            inPath &= text.indexOf('?') < 0 && text.indexOf('#') < 0;
            if (i < captures.size()) {
                int capture = 2 * captures.get(i);
                String captured = path.substring(bounds[capture], bounds[capture + 1]);
                append(encode(captured, inPath), internal && inPath, out);
            }
        }
        return out.toString();
    }

    /** An encoded slash stays one, RFC 3986 section 2.2. */
    private static String encode(String captured, boolean inPath) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at; (at = captured.indexOf(RequestPath.ENCODED_SLASH, from)) >= 0; from = at + 1) {
            out.append(encodePart(captured.substring(from, at), inPath)).append("%2F");
        }
        return out.append(encodePart(captured.substring(from), inPath)).toString();
    }

    private static String encodePart(String captured, boolean inPath) {
        return inPath ? Location.encodePath(captured) : Location.encodeValue(captured);
    }

    private static void append(String text, boolean mergeSlashes, StringBuilder out) {
        int from = 0;
        boolean merge = mergeSlashes && out.length() > 0 && out.charAt(out.length() - 1) == '/';
        while (merge && from < text.length() && text.charAt(from) == '/') {
            from++;
        }
        out.append(text, from, text.length());
    }
}
