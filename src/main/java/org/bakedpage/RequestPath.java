package org.bakedpage;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * Which page a request target names: percent-encoding decoded once (RFC 3986 section 2.1), then empty segments and dot
 * segments removed (5.2.4), so that an encoded dot is a dot too. Bytes that ought to have been encoded count as if they were:
 * a name has one answer, however it is sent. Nothing above the root can be named; what is left is
 * only ever looked up among the pages, never in a file system.
 */
public final class RequestPath {

    /** What stands for an encoded slash in {@link #ofRequest}: nothing decodes to it, for UTF-8 has no surrogates. */
    static final char ENCODED_SLASH = '\uD800';

    private RequestPath() {
    }

    /**
     * Of a reference; an encoded slash is a slash.
     *
     * @param target in origin-form, RFC 9112 section 3.2.1; each character is a byte
     * @return null if it is not a path: an invalid percent-encoding, bytes that are not UTF-8, a NUL
     */
    public static String of(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        String decoded = isPlain(path) ? path : decode(path);
        if (decoded == null || decoded.indexOf('\0') >= 0) {
            return null;
        }
        return normalize(decoded);
    }

    /**
     * The same of a request, where an encoded slash is no slash, RFC 3986 section 2.2, and is in the path of no page.
     * SECURITY: routers and proxies that guard a folder read it so.
     */
    public static String ofRequest(String target) {
        String path = of(target);
        if (path == null || !target.contains("%2")) {
            return path;
        }
        int query = target.indexOf('?');
        String sent = (query < 0 ? target : target.substring(0, query)).replace("%2f", "%2F");
        int at = sent.indexOf("%2F");
        if (at < 0) {
            return path;
        }
        StringBuilder decoded = new StringBuilder(sent.length());
        int from = 0;
        for (; at >= 0; at = sent.indexOf("%2F", from)) {
            decoded.append(decode(sent.substring(from, at))).append(ENCODED_SLASH);
            from = at + 3;
        }
        return normalize(decoded.append(decode(sent.substring(from))).toString());
    }

    private static boolean isPlain(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '%' || path.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /**
     * Percent-encoding decoded once.
     *
     * @param path each character is a byte
     * @return null if it has an invalid one, or is not UTF-8
     */
    public static String decode(String path) {
        ByteBuffer bytes = ByteBuffer.allocate(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '%') {
                bytes.put((byte) path.charAt(i));
            } else if (Host.isEscape(path, i)) {
                bytes.put((byte) HexFormat.fromHexDigits(path, i + 1, i + 3));
                i += 2;
            } else {
                return null;
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** @param path decoded; without empty segments and dot segments then */
    public static String normalize(String path) {
        if (!path.contains("//") && !path.contains("/.")) {
            return path;
        }
        Deque<String> segments = new ArrayDeque<>();
        String[] parts = path.split("/", -1);
        for (String part : parts) {
            if (part.equals("..")) {
                segments.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                segments.addLast(part);
            }
        }
        String last = parts[parts.length - 1];
        boolean directory = last.isEmpty() || last.equals(".") || last.equals("..");
        return "/" + String.join("/", segments) + (directory && !segments.isEmpty() ? "/" : "");
    }
}
