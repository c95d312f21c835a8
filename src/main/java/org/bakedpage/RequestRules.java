package org.bakedpage;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What RFC 9112 asks of a request beyond the syntax of its lines. */
final class RequestRules {

    // A pattern costs more than all the rest of a usual request's decoding: what nearly every request has is told without.

    /** RFC 9110 section 5.6.2. */
    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VERSION = Pattern.compile("HTTP/1\\.[0-9]");
    /** RFC 9112 section 3.2.2, and 3.2.1 as a part of it. */
    private static final Pattern TARGET = Pattern.compile("([Hh][Tt][Tt][Pp][Ss]?://[^/?#@]+)?((?:/[^#]*)?(?:\\?[^#]*)?)");
    /** RFC 3986 section 2.1, but for a query, which is nothing to this server. */
    private static final Pattern ESCAPED = Pattern.compile("(?:[^%?]|%[0-9A-Fa-f]{2})*+(?:\\?.*)?");
    /**
     * RFC 3986 section 3.2.2 and 3.2.3: a name or address, or an IPv6 address in brackets, and a port.
     * SECURITY: possessive, for a group that is matched by recursion overflows the stack where the name is long.
     */
    private static final Pattern HOST =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*+)(?::[0-9]*)?");

    private RequestRules() {
    }

    /** Method, target in origin-form, and version of a request line of these three words. */
    static String[] requestLine(String[] words) {
        if (!words[0].equals("GET") && !METHOD.matcher(words[0]).matches()) {
            throw new IllegalArgumentException("not a method");
        }
        if (!words[2].equals("HTTP/1.1") && !VERSION.matcher(words[2]).matches()) {
            throw new IllegalArgumentException("not HTTP/1");
        }
        // RFC 9110 section 2.5: a higher minor version is answered as the highest that is known.
        String version = words[2].equals("HTTP/1.0") ? words[2] : HttpVersion.HTTP_1_1.text();
        return new String[] { words[0], originForm(words[0], words[1]), version };
    }

    /** RFC 9112 section 3.2: each form of a target has the same page as the origin-form. */
    private static String originForm(String method, String target) {
        if (method.equals("CONNECT") || method.equals("OPTIONS") && target.equals("*")) {
            return "/";
        }
        if (target.startsWith("/") && target.indexOf('#') < 0 && target.indexOf('%') < 0) {
            return target;
        }
        Matcher matcher = TARGET.matcher(target);
        if (!matcher.matches() || matcher.group(1) == null && !target.startsWith("/")) {
            throw new IllegalArgumentException("not a request target");
        }
        String path = matcher.group(2);
        if (path.indexOf('%') >= 0 && !ESCAPED.matcher(path).matches()) {
            throw new IllegalArgumentException("a bad escape");
        }
        return path.startsWith("/") ? path : "/" + path;
    }

    /** What is wrong with its fields; null if nothing is. */
    static String complaint(HttpRequest request) {
        String host = hostComplaint(request);
        return host != null ? host : transferEncodingComplaint(request);
    }

    /** RFC 9112 section 3.2: exactly one Host, and a valid one; HTTP/1.0 may have none. */
    private static String hostComplaint(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty()) {
            return request.protocolVersion().equals(HttpVersion.HTTP_1_0) ? null : "no Host";
        }
        return hosts.size() == 1 && isHost(hosts.get(0)) ? null : "a bad Host, or several";
    }

    private static boolean isHost(String host) {
        return isPlain(host) || HOST.matcher(host).matches();
    }

    /** Whether it is what nearly every Host is: a name in lower case or an IPv4 address, and perhaps a port. */
    private static boolean isPlain(String host) {
        boolean port = false;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean name = c >= 'a' && c <= 'z' || c == '.' || c == '-';
            if (c == ':' && !port) {
                port = true;
            } else if ((c < '0' || c > '9') && (port || !name)) {
                return false;
            }
        }
        return true;
    }

    /** SECURITY: RFC 9112 section 6.3: where a coding is not known, another may see the end of the content elsewhere. */
    private static String transferEncodingComplaint(HttpRequest request) {
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
        if (fields.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            return false;
        }
        if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            if (!fields.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true)) {
                return false;
            }
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return true;
    }
}
