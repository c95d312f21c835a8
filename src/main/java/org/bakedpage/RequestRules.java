package org.bakedpage;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/**
 * What RFC 9112 asks of a request beyond the syntax of its lines.
 * SECURITY: read in linear time, without regular expressions: one that backtracks freezes an event loop.
 */
final class RequestRules {

    private RequestRules() {
    }

    /**
     * Method, target in origin-form, and version of a request line of these three words.
     *
     * @throws IllegalArgumentException if one of them is malformed
     */
    static String[] requestLine(String[] words) {
        if (!isToken(words[0])) {
            throw new IllegalArgumentException("invalid method");
        }
        if (!isVersion(words[2])) {
            throw new IllegalArgumentException("not HTTP/1");
        }
        // RFC 9110 section 2.5: a higher minor version is answered as the highest that is known.
        String version = words[2].equals("HTTP/1.0") ? words[2] : HttpVersion.HTTP_1_1.text();
        return new String[] { words[0], originForm(words[0], words[1]), version };
    }

    /** RFC 9110 section 5.6.2. */
    private static boolean isToken(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!CommonRequest.isToken(word.charAt(i))) {
                return false;
            }
        }
        return !word.isEmpty();
    }

    private static boolean isVersion(String word) {
        return word.length() == 8 && word.startsWith("HTTP/1.") && word.charAt(7) >= '0' && word.charAt(7) <= '9';
    }

    /** RFC 9112 section 3.2: each form of a target has the same page as the origin-form. */
    private static String originForm(String method, String target) {
        if (method.equals("CONNECT") || method.equals("OPTIONS") && target.equals("*")) {
            return "/";
        }
        String path = target.startsWith("/") ? target : withoutAuthority(target);
        if (path == null || path.indexOf('#') >= 0) {
            throw new IllegalArgumentException("invalid request target");
        }
        if (path.indexOf('%') >= 0 && !isEncoded(path)) {
            throw new IllegalArgumentException("invalid percent-encoding");
        }
        return path.startsWith("/") ? path : "/" + path;
    }

    /** Path and query of an absolute-form, RFC 9112 section 3.2.2; null if it is none, or has no host (RFC 9110 section 4.2.1). */
    private static String withoutAuthority(String target) {
        int from = target.regionMatches(true, 0, "http://", 0, 7) ? 7 : target.regionMatches(true, 0, "https://", 0, 8) ? 8 : 0;
        int end = from;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        String authority = target.substring(from, end);
        boolean named = from > 0 && !authority.isEmpty() && !authority.startsWith(":");
        return named && Host.isValid(authority) ? target.substring(end) : null;
    }

    /** RFC 3986 section 2.1, but for a query, which is nothing to this server. */
    private static boolean isEncoded(String target) {
        for (int i = 0; i < target.length() && target.charAt(i) != '?'; i++) {
            if (target.charAt(i) == '%' && !Host.isEscape(target, i)) {
                return false;
            }
        }
        return true;
    }

    /** What is wrong with its fields; null if nothing is. */
    static String error(HttpRequest request) {
        String host = hostError(request);
        return host != null ? host : transferEncodingError(request);
    }

    /** RFC 9112 section 3.2: exactly one Host, and a valid one; HTTP/1.0 may have none. */
    private static String hostError(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty()) {
            return request.protocolVersion().equals(HttpVersion.HTTP_1_0) ? null : "missing Host";
        }
        return hosts.size() == 1 && Host.isValid(hosts.get(0)) ? null : "invalid Host, or several";
    }

    /**
     * SECURITY: RFC 9112 section 6.3: where a coding is not known, another may see the end of the content elsewhere. Its
     * empty elements are not ignored: servers do not agree on "chunked,".
     */
    private static String transferEncodingError(HttpRequest request) {
        if (!request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return null;
        }
        List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))
                ? null : "a Transfer-Encoding that is not just chunked";
    }

    /**
     * RFC 9112 section 9.3: "close" may be one option of several, on several lines; Vert.x looks for it alone.
     *
     * @return whether another request may follow
     */
    static boolean settlePersistence(HttpRequest request) {
        HttpHeaders fields = request.headers();
        if (hasOption(fields, "close")) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            return false;
        }
        if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            if (!hasOption(fields, "keep-alive")) {
                return false;
            }
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return true;
    }

    /** Not by containsValue: Vert.x's map takes each beginning of an option for the option. */
    private static boolean hasOption(HttpHeaders fields, String option) {
        for (String line : fields.getAll(HttpHeaderNames.CONNECTION)) {
            if (FieldList.contains(line, option)) {
                return true;
            }
        }
        return false;
    }
}
