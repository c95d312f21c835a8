package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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
    private final Map<String, String> pages;
    private final UnaryOperator<String> files;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, Rule> entries = new LinkedHashMap<>();
    private final Map<Rule, RedirectPattern> patterns = new LinkedHashMap<>();

    private Redirects(Map<String, String> pages, UnaryOperator<String> files) {
        this.pages = pages;
        this.files = files;
    }

    /**
     * @param pages by each path that leads to a page without any rule, decoded: where the page is, the same path unless that redirects
     * @param files by the path of a page, as a rule names it, the path of its file; null for none
     * @param otherwise whether a path without a page is answered all the same
     * @throws IllegalArgumentException in one line, with file, line and reason, if a rule is refused
     */
    public static Redirects of(byte[] content, Map<String, String> pages, UnaryOperator<String> files,
            Predicate<String> otherwise) {
        Redirects redirects = new Redirects(pages, files);
        if (content.length > GATEWAY_BYTES) {
            redirects.file.warn(0, content.length + " bytes: an IPFS gateway takes " + GATEWAY_BYTES + "; here it is no matter");
        }
        redirects.file.read(content, MAX_LINE, redirects::read);
        redirects.rules.forEach(redirects::settle);
        redirects.addOtherSpellings();
        redirects.addForced();
        RedirectTrace.check(redirects, otherwise);
        return redirects;
    }

    private void read(String line) {
        Rule rule = RedirectLine.read(file, line);
        if (!rule.isRedirect() && !hasPlaceholder(rule)) {
            String page = isPage(rule.page()) ? null : files.apply(rule.page());
            rule = page == null ? rule : rule.to(page);
            if (!isPage(rule.page()) && rule.status() == 200) {
                throw new IllegalArgumentException(rule.destination() + " is no page of this site");
            }
            if (!isPage(rule.page())) {
                file.warn(rule.destination() + " is no page of this site: the answer is the status alone");
            }
            rule = direct(rule);
        }
        rules.add(rule);
        boolean dynamic = rule.isDynamic();
        // Told once, at the first that is too many.
        if (rules.stream().filter(other -> other.isDynamic() == dynamic).count() == 1 + (dynamic ? MAX_DYNAMIC : MAX_STATIC)) {
            throw new IllegalArgumentException("more than " + (dynamic ? MAX_DYNAMIC + " rules with"
                    : MAX_STATIC + " rules without") + " a placeholder or an asterisk");
        }
    }

    /** To where the page is, if its destination redirects there. */
    private Rule direct(Rule rule) {
        String page = rule.isRedirect() ? null : pages.get(rule.page());
        return page == null ? rule : rule.to(page);
    }

    /** Of two paths that lead to a page each. */
    private boolean isSamePage(String path, String other) {
        String file = files.apply(pages.get(path));
        return file != null && file.equals(files.apply(pages.get(other)));
    }

    private static boolean hasPlaceholder(Rule rule) {
        return rule.isDynamic() && rule.pattern().hasCaptures();
    }

    /** A rule is kept unless it is never reached. */
    private void settle(Rule rule) {
        boolean page = !rule.isDynamic() && isPage(rule.path());
        if (page && !rule.forced()) {
            if (rule.status() != 200 || !isSamePage(rule.path(), rule.page())) {
                file.warn(rule.line(), "never reached: there is a page at " + rule.source() + "; " + rule.status()
                        + "! would be ahead of it");
            }
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
            boolean free = !other.isEmpty() && !entries.containsKey(other) && (rule.forced() || !isPage(other));
            boolean toItself = rule.isInternal() && other.equals(Destination.path(rule.destination()));
            boolean taken = patterns.entrySet().stream().anyMatch(earlier -> earlier.getKey().line() < rule.line()
                    && (earlier.getKey().forced() || !rule.forced() || !isPage(other)) && earlier.getValue().matches(other));
            if (free && !toItself && !taken) {
                others.put(other, rule);
            }
        });
        entries.putAll(others);
    }

    /** What a forced dynamic rule says of the pages that there are. */
    private void addForced() {
        patterns.forEach((rule, pattern) -> {
            for (String page : rule.forced() ? pages.keySet() : Set.<String>of()) {
                if (pattern.matches(page)) {
                    String destination = pattern.destination(page, null);
                    entries.putIfAbsent(page, direct(new Rule(rule.line(), Location.encode(page), rule.status(), destination, true)));
                }
            }
        });
    }

    /** The rule that answers at a path; null where a page does, or nothing. */
    public Rule at(String path) {
        String page = pages.get(path);
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
        return pages.containsKey(path);
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
