package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bakedpage.Location;
import org.bakedpage.RedirectPattern;

/**
 * A site's {@code _redirects}, by the
 * <a href="https://specs.ipfs.tech/http-gateways/web-redirects-file/">Web _redirects File Specification</a> of IPFS. All is decided here
 * but which of the dynamic rules, in order, is the first that matches a path without a page.
 */
public final class Redirects {

    public static final String NAME = "_redirects";

    /** Those of Cloudflare Pages; a dynamic rule costs time at every path without a page. */
    static final int MAX_STATIC = 2_000;
    static final int MAX_DYNAMIC = 100;
    static final int MAX_LINE = 1_000;
    /** That of an IPFS gateway. */
    private static final int GATEWAY_BYTES = 64 << 10;

    private static final String DEEP = (Source.SPLAT_SAMPLE + "/").repeat(MAX_LINE / 2) + Source.SPLAT_SAMPLE;

    private final RuleFile file = new RuleFile(NAME);
    private final SitePaths pages;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, Rule> entries = new LinkedHashMap<>();
    private final Map<Rule, RedirectPattern> patterns = new LinkedHashMap<>();

    private Redirects(SitePaths pages) {
        this.pages = pages;
    }

    /**
     * @param pages every path at which there is a page, decoded: of files, of folders with an index page (with the slash), clean ones
     * @param fallback whether each path without a page has one all the same
     * @throws IllegalArgumentException in one line, with file, line and reason, if a rule is refused
     */
    public static Redirects of(byte[] content, Set<String> pages, boolean fallback) {
        Redirects redirects = new Redirects(new SitePaths(pages));
        if (content.length > GATEWAY_BYTES) {
            redirects.file.warn(0, content.length + " bytes: an IPFS gateway takes " + GATEWAY_BYTES + "; here it is no matter");
        }
        redirects.file.read(content, MAX_LINE, redirects::read);
        redirects.rules.forEach(redirects::settle);
        redirects.addOtherSpellings();
        redirects.addForced();
        RedirectTrace.check(redirects, fallback);
        return redirects;
    }

    private void read(String line) {
        Rule rule = RedirectLine.read(file, line);
        if (!rule.isRedirect() && !hasPlaceholder(rule)) {
            String page = pages.find(rule.page());
            if (page == null && rule.status() == 200) {
                throw new IllegalArgumentException(rule.destination() + " is no page of this site");
            }
            if (page == null) {
                file.warn(rule.destination() + " is no page of this site: the answer is the status alone");
            } else {
                rule = new Rule(rule.line(), rule.source(), rule.status(), Location.encode(page), rule.forced());
            }
        }
        rules.add(rule);
        long dynamic = rules.stream().filter(Rule::isDynamic).count();
        if (dynamic > MAX_DYNAMIC || rules.size() - dynamic > MAX_STATIC) {
            throw new IllegalArgumentException("more than " + (dynamic > MAX_DYNAMIC ? MAX_DYNAMIC + " rules with" : MAX_STATIC + " rules without")
                    + " a placeholder or an asterisk");
        }
    }

    private static boolean hasPlaceholder(Rule rule) {
        return rule.isDynamic() && rule.pattern().hasCaptures();
    }

    /** A rule is kept unless it is never reached. */
    private void settle(Rule rule) {
        boolean page = !rule.isDynamic() && pages.find(rule.path()) != null;
        if (page && !rule.forced()) {
            file.warn(rule.line(), "never reached: there is a page at " + rule.source() + "; " + rule.status() + "! would be ahead of it");
            return;
        }
        Rule ahead = rule.isDynamic() ? null : entries.get(rule.path());
        // Sound: a splat stands for nothing, and for more segments than any literal of a pattern can match.
        String shortest = Source.sample(rule.source(), "");
        String longest = rule.source().endsWith("*") ? Source.sample(rule.source(), DEEP) : shortest;
        for (Map.Entry<Rule, RedirectPattern> earlier : patterns.entrySet()) {
            // One that is forced has the paths with a page to itself, behind one that is not.
            boolean takesPages = earlier.getKey().forced() || !rule.forced() || !rule.isDynamic() && !page;
            if (ahead == null && takesPages && earlier.getValue().matches(shortest) && earlier.getValue().matches(longest)) {
                ahead = earlier.getKey();
            }
        }
        if (ahead != null) {
            file.warn(rule.line(), "never reached: line " + ahead.line() + " is ahead of it, for all paths of " + rule.source());
        } else if (rule.isDynamic()) {
            patterns.put(rule, rule.pattern());
        } else {
            entries.put(rule.path(), rule);
        }
    }

    /** As with IPFS and Netlify, a slash at the end of a path is no matter, unless another rule, a page or the redirect itself says so. */
    private void addOtherSpellings() {
        Map<String, Rule> others = new LinkedHashMap<>();
        entries.forEach((path, rule) -> {
            String other = path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
            boolean free = !other.isEmpty() && !entries.containsKey(other) && (rule.forced() || pages.find(other) == null);
            boolean toItself = rule.isInternal() && other.equals(Destination.path(rule.destination()));
            boolean taken = patterns.entrySet().stream().anyMatch(earlier -> earlier.getKey().line() < rule.line()
                    && (earlier.getKey().forced() || !rule.forced() || pages.find(other) == null) && earlier.getValue().matches(other));
            if (free && !toItself && !taken) {
                others.put(other, rule);
            }
        });
        entries.putAll(others);
    }

    /** What a forced dynamic rule says of the pages that there are. */
    private void addForced() {
        patterns.forEach((rule, pattern) -> {
            for (String page : rule.forced() ? pages.all() : Set.<String>of()) {
                if (pattern.matches(page)) {
                    String destination = pattern.destination(page, null);
                    entries.putIfAbsent(page, new Rule(rule.line(), Location.encode(page), rule.status(), destination, true));
                }
            }
        });
    }

    /** The rule that answers at a path; null where a page does, or nothing. */
    public Rule at(String path) {
        String page = pages.find(path);
        Rule entry = entries.get(page == null || entries.containsKey(path) ? path : page);
        if (entry != null || page != null) {
            return entry;
        }
        return patterns.entrySet().stream().filter(rule -> rule.getValue().matches(path)).findFirst().map(Map.Entry::getKey).orElse(null);
    }

    /** Where this rule leads from a path that it matches. */
    String destination(Rule rule, String path) {
        RedirectPattern pattern = patterns.get(rule);
        return pattern == null ? rule.destination() : pattern.destination(path, null);
    }

    boolean isPage(String path) {
        return pages.find(path) != null;
    }

    RuleFile file() {
        return file;
    }

    /** Those that are reached, static and dynamic, by line. */
    public List<Rule> reached() {
        Set<Rule> reached = new HashSet<>(entries.values());
        reached.addAll(patterns.keySet());
        return rules.stream().filter(reached::contains).toList();
    }

    /**
     * What answers at a path, decoded, whatever the dynamic rules say: ahead of a page, where there is one. Forced dynamic rules are here
     * as a static one for each page; a rule is at both spellings of its source, with and without a slash at the end.
     */
    public Map<String, Rule> entries() {
        return entries;
    }

    /** What is tried in order at a path without a page and without an entry: at most 100, the first that matches counts. */
    public List<Rule> dynamic() {
        return List.copyOf(patterns.keySet());
    }

    /** By line. */
    public List<Warning> warnings() {
        return file.warnings();
    }
}
