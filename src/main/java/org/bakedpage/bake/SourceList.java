package org.bakedpage.bake;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sources that one directive allows, Content-Security-Policy Level 3 section 6.7.2.
 *
 * @param directive the one that counts, which may be another's fallback
 */
record SourceList(String directive, List<String> sources) {

    static final String STRICT = "'strict-dynamic'";

    /** What is allowed without TLS is with it, section 6.7.2.8. */
    private static final Map<String, Set<String>> UPGRADES = Map.of("http", Set.of("https"), "ws", Set.of("wss", "http", "https"),
            "wss", Set.of("https"));

    private static final Pattern HOST = Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*)://)?([^:/?#']+)(?::([0-9]+|\\*))?(/[^?#]*)?.*");
    private static final Pattern ADDRESS = Pattern.compile("(https?|wss?):/*(?:[^/@?#]*@)?([^:/?#]*)(?::([0-9]*))?([^?#]*).*", Pattern.DOTALL);

    boolean has(String keyword) {
        return sources.stream().anyMatch(keyword::equalsIgnoreCase);
    }

    private boolean hasPrefix(String prefix) {
        return sources.stream().anyMatch(source -> source.regionMatches(true, 0, prefix, 0, prefix.length()));
    }

    /** Section 6.7.3.2: beside a nonce, a hash or 'strict-dynamic' 'unsafe-inline' does not count. */
    boolean allowsAllInline(boolean script) {
        return has("'unsafe-inline'") && !hasPrefix("'nonce-") && !hasPrefix("'sha") && !(script && has(STRICT));
    }

    /** Section 6.7.3.3. */
    boolean allows(Inline inline) {
        if (allowsAllInline(inline.type().isScript())) {
            return true;
        }
        if (hasNonce(inline.nonce())) {
            return true;
        }
        return (!inline.type().needsUnsafeHashes() || has("'unsafe-hashes'")) && hasHash(inline);
    }

    private boolean hasHash(Inline inline) {
        return IntStream.of(256, 384, 512).filter(bits -> hasPrefix("'sha" + bits + "-")).mapToObj(inline::hash)
                .anyMatch(hash -> sources.stream().anyMatch(source -> isHash(source, hash)));
    }

    /** The name of the algorithm in any case, the value in base64 or base64url, section 2.3.1. */
    private static boolean isHash(String source, String hash) {
        String digits = source.substring(source.indexOf('-') + 1).replace('-', '+').replace('_', '/');
        return source.regionMatches(true, 1, hash, 0, "sha256-".length()) && digits.equals(hash.substring("sha256-".length()) + "'");
    }

    /** Sections 6.7.1.1 and 6.7.2.2: beside 'strict-dynamic' it is the element that counts, and no host. */
    boolean allows(Link link) {
        boolean script = link.kind() == Link.Kind.SCRIPT;
        if ((script || link.kind() == Link.Kind.STYLE) && hasNonce(link.nonce()) || script && hasHashes(link.integrity())) {
            return true;
        }
        return !(script && has(STRICT)) && allows(link.to());
    }

    private boolean hasNonce(String nonce) {
        return !nonce.isEmpty() && sources.contains("'nonce-" + nonce + "'");
    }

    /** @param integrity as Subresource Integrity section 3.5 has it; each of its hashes is to be listed */
    private boolean hasHashes(String integrity) {
        return !integrity.isBlank() && Stream.of(integrity.strip().split("\\s+"))
                .allMatch(hash -> sources.stream().anyMatch(source -> source.length() > hash.length() && isHash(source, hash)));
    }

    /**
     * Section 6.7.2.7. On which host the site will be is not known: a list that names hosts or schemes may mean it.
     */
    boolean allows(Reference to) {
        if (to.isInternal()) {
            return has("'self'") || sources.stream().anyMatch(source -> !source.startsWith("'") && !source.equalsIgnoreCase("data:")
                    && !source.equalsIgnoreCase("blob:"));
        }
        Matcher address = to.address() == null ? null : ADDRESS.matcher(to.address());
        return sources.stream().anyMatch(source -> source.endsWith(":") && isScheme(source.substring(0, source.length() - 1)
                .toLowerCase(Locale.ROOT), to.scheme()) || address != null && address.matches() && isHost(source, address));
    }

    private static boolean isScheme(String wanted, String scheme) {
        return wanted.equals(scheme) || UPGRADES.getOrDefault(wanted, Set.of()).contains(scheme);
    }

    private static boolean isHost(String source, Matcher address) {
        Matcher host = HOST.matcher(source);
        if (source.equals("*")) {
            return true;
        }
        if (source.startsWith("'") || source.endsWith(":") || !host.matches()) {
            return false;
        }
        String scheme = host.group(1) == null ? address.group(1) : host.group(1).toLowerCase(Locale.ROOT);
        String name = host.group(2).toLowerCase(Locale.ROOT);
        String asked = address.group(2).toLowerCase(Locale.ROOT);
        boolean sameName = name.startsWith("*.") ? asked.endsWith(name.substring(1)) : asked.equals(name);
        return sameName && isScheme(scheme, address.group(1))
                && isPort(host.group(3), address) && isPath(host.group(4), address.group(4));
    }

    private static boolean isPort(String wanted, Matcher address) {
        String usual = address.group(1).endsWith("s") ? "443" : "80";
        String asked = address.group(3) == null || address.group(3).isEmpty() ? usual : address.group(3);
        return "*".equals(wanted) || asked.equals(wanted == null ? usual : wanted) || "80".equals(wanted) && asked.equals("443");
    }

    private static boolean isPath(String wanted, String path) {
        return wanted == null || (wanted.endsWith("/") ? path.startsWith(wanted) || wanted.equals("/") : path.equals(wanted));
    }

    @Override
    public String toString() {
        return (directive + " " + String.join(" ", sources)).strip();
    }

    /** Whether a script that is allowed may load others by that alone, Content Security Policy Level 3 section 8.2. */
    boolean isOfScripts() {
        return has(STRICT) || hasPrefix("'nonce-");
    }
}
