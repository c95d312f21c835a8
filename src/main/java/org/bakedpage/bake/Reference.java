package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bakedpage.RequestPath;

/**
 * What a URL in a page leads to, as browsers read it (URL Standard section 4.4), as far as a site needs it.
 *
 * @param scheme in lower case, without its colon; null for what is on the page's own host
 * @param address an absolute URL where the scheme is one of hosts; else null
 * @param path on the page's own host: decoded once, without empty and dot segments, as the server looks it up; null for others
 * @param fragment as it is written; null for none
 */
public record Reference(String scheme, String address, String path, String fragment) {

    /** What browsers strip: C0 controls and spaces at both ends, tabs and line ends within (section 4.4). */
    private static final Pattern IGNORED = Pattern.compile("^[\\x00-\\x20]+|[\\x00-\\x20]+$|[\\t\\n\\r]");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("(?:https?|wss?)");

    /** @param path decoded, with its leading slash */
    static Reference page(String path) {
        return new Reference(null, null, path, null);
    }

    /** @param base the page's, or that of its base element */
    static Reference of(String written, Reference base) {
        // Most URLs are plain paths: no pattern is tried on them.
        String url = written.chars().anyMatch(character -> character <= ' ') ? IGNORED.matcher(written).replaceAll("") : written;
        Matcher absolute = SCHEME.matcher(url);
        if (url.indexOf(':') > 0 && absolute.matches()) {
            String scheme = absolute.group(1).toLowerCase(Locale.ROOT);
            boolean hasHost = HOST.matcher(scheme).matches();
            return new Reference(scheme, hasHost ? scheme + ":" + absolute.group(2).replace('\\', '/') : null, null, null);
        }
        int hash = url.indexOf('#');
        String fragment = hash < 0 ? null : url.substring(hash + 1);
        String address = hash < 0 ? url : url.substring(0, hash);
        int query = address.indexOf('?');
        // A backslash is a slash in the URLs of the web.
        String path = (query < 0 ? address : address.substring(0, query)).replace('\\', '/');
        if (path.startsWith("//")) {
            return new Reference("https", "https:" + path, null, fragment);
        }
        if (base.path == null) {
            return new Reference(base.scheme, base.address, null, fragment);
        }
        String decoded = path.isEmpty() ? base.path : decode(path);
        if (decoded == null || decoded.startsWith("/")) {
            return new Reference(null, null, decoded == null ? null : RequestPath.normalize(decoded), fragment);
        }
        return new Reference(null, null, RequestPath.normalize(base.path.substring(0, base.path.lastIndexOf('/') + 1) + decoded), fragment);
    }

    /** Whether it stays on the page's own host. */
    public boolean isInternal() {
        return scheme == null;
    }

    /** @return null for what the server refuses: an invalid percent-encoding, bytes that are not UTF-8, a NUL */
    static String decode(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        // A page has characters where a request has the bytes of UTF-8.
        String decoded = RequestPath.decode(new String(encoded.getBytes(UTF_8), ISO_8859_1));
        return decoded == null || decoded.indexOf('\0') >= 0 ? null : decoded;
    }
}
