package org.bakedpage.bake;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which fields a rule of {@code _headers} may set, and to what. */
final class FieldPolicy {

    /** RFC 9110 section 5.6.2. */
    static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    /** RFC 9110 section 8.3.1. */
    private static final Pattern MEDIA_TYPE = Pattern.compile(TOKEN + "/" + TOKEN + "[ \t]*(;.*)?");

    private static final String LENGTH = "the server gives it, by what it sends";
    private static final String HOP = "it is of one connection, not of a page";
    private static final String VALIDATOR = "the server makes it of the content: another one would leave clients with an old page";
    private static final String PASSWORD = "this server knows no passwords: let the ingress ask for them";

    private static final Map<String, String> REFUSED = Map.ofEntries(Map.entry("content-length", LENGTH),
            Map.entry("content-range", LENGTH), Map.entry("accept-ranges", LENGTH),
            Map.entry("date", "the server gives it, at the time of the response"), Map.entry("age", "it is of a cache"),
            Map.entry("transfer-encoding", HOP), Map.entry("connection", HOP), Map.entry("keep-alive", HOP), Map.entry("te", HOP),
            Map.entry("proxy-connection", HOP), Map.entry("trailer", HOP), Map.entry("upgrade", HOP),
            Map.entry("etag", VALIDATOR), Map.entry("last-modified", VALIDATOR),
            Map.entry("location", "it is of a redirect: see _redirects"), Map.entry("status", "it is no field: see _redirects"),
            Map.entry("allow", "it is of the server's methods"), Map.entry("basic-auth", PASSWORD),
            Map.entry("www-authenticate", PASSWORD), Map.entry("proxy-authenticate", PASSWORD));

    /** Two values joined by a comma are none, or contradict each other. */
    private static final Set<String> SINGLE = Set.of("access-control-allow-origin", "access-control-allow-credentials",
            "access-control-max-age", "cache-control", "content-encoding", "content-type", "content-disposition",
            "cross-origin-embedder-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "expires",
            "strict-transport-security", "x-content-type-options", "x-frame-options");

    private FieldPolicy() {
    }

    /** @throws IllegalArgumentException with the reason, if no rule may do so; {@code value} is null to take it away */
    static void check(String name, String value) {
        if (!name.matches(TOKEN)) {
            throw new IllegalArgumentException("'" + name + "' is no name of a field, RFC 9110 section 5.1");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (REFUSED.containsKey(lower)) {
            throw new IllegalArgumentException(name + ": " + REFUSED.get(lower));
        }
        if (lower.equals("content-encoding") && (value == null || !CodedName.isCoding(value))) {
            throw new IllegalArgumentException(name + ": " + LENGTH
                    + "; a rule gives it br, gzip or zstd for files that are compressed");
        }
        if (value == null && (lower.equals("vary") || lower.equals("content-type"))) {
            throw new IllegalArgumentException(name + " cannot be taken away: caches and browsers would mistake the page");
        }
        if (value != null && value.isEmpty()) {
            throw new IllegalArgumentException(name + " has no value; '! " + name + "' takes it away");
        }
        if (value != null && value.chars().anyMatch(c -> c >= 0x7F || c < ' ' && c != '\t')) {
            throw new IllegalArgumentException(name + " has a character that is not ASCII, RFC 9110 section 5.5");
        }
        if (lower.equals("content-type") && !MEDIA_TYPE.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no media type, RFC 9110 section 8.3.1");
        }
        if (lower.equals("cache-control") && value != null) {
            CacheRules.value(name, value);
        }
    }

    /** Whether a second value is a list's next element. */
    static boolean isList(String name) {
        return !SINGLE.contains(name.toLowerCase(Locale.ROOT));
    }

    /** RFC 9110 section 5.3: the one field whose lines are not joined. */
    static boolean isRepeated(String name) {
        return name.equalsIgnoreCase("set-cookie");
    }
}
