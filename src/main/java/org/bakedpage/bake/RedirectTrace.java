package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bakedpage.Location;
import org.bakedpage.RedirectPattern;

/** Where a redirect ends. */
final class RedirectTrace {

    /** A browser follows no more, Fetch standard, HTTP-redirect fetch. */
    private static final int MAX_REDIRECTS = 20;
    private static final String DEEP = Source.SPLAT_SAMPLE + "/" + Source.SPLAT_SAMPLE + "/" + Source.SPLAT_SAMPLE;

    private final Redirects redirects;
    private final List<Rule> via = new ArrayList<>();
    private String location;
    /** Of the last location, decoded; null if it is of another host. */
    private String path;
    /** What answers there; null for a page, or nothing. */
    private Rule last;

    private RedirectTrace(Redirects redirects) {
        this.redirects = redirects;
    }

    /** @throws IllegalArgumentException if some redirects have no end */
    static void check(Redirects redirects, Predicate<String> otherwise) {
        for (Rule rule : redirects.reached()) {
            if (rule.isRedirect() && rule.isInternal()) {
                if (rule.source().endsWith("*")) {
                    new RedirectTrace(redirects).follow(rule, Source.sample(rule.source(), DEEP));
                }
                RedirectTrace trace = new RedirectTrace(redirects);
                trace.follow(rule, Source.sample(rule.source(), String.valueOf(Source.SPLAT_SAMPLE)));
                trace.warn(rule, otherwise);
            }
        }
        // A forced rule with placeholders is one for each page, and what is true of a sample need not be true of these.
        redirects.entries().forEach((path, rule) -> {
            if (rule.isRedirect() && rule.isInternal()) {
                new RedirectTrace(redirects).follow(rule, path);
            }
        });
    }

    private void follow(Rule start, String from) {
        Set<String> seen = new HashSet<>();
        path = from;
        for (last = start; last != null && last.isRedirect(); last = path == null ? null : redirects.at(path)) {
            if (!seen.add(path) || via.size() == MAX_REDIRECTS) {
                String lines = via.stream().map(Rule::line).distinct().map(String::valueOf).collect(Collectors.joining(", "));
                throw redirects.file().error(start.line(), start.source() + " is redirected without end, by line " + lines);
            }
            via.add(last);
            location = redirects.destination(last, path);
            path = location.startsWith("/") ? Destination.path(location) : null;
        }
    }

    private void warn(Rule rule, Predicate<String> otherwise) {
        if (via.size() > 1) {
            String lines = via.stream().skip(1).map(next -> String.valueOf(next.line())).collect(Collectors.joining(", "));
            redirects.file().warn(rule.line(), via.size() + " redirects to " + named(rule) + ", by line " + lines + " too: one is enough");
        }
        boolean decided = path != null && path.chars().noneMatch(c -> c >= Source.FIRST_SAMPLE && c <= Source.SPLAT_SAMPLE);
        boolean found = path != null && (last == null ? otherwise.test(path) || redirects.isPage(path) : last.status() < 400);
        if (decided && !found) {
            redirects.file().warn(rule.line(), "leads nowhere: there is neither a page nor a rule for " + location);
        }
    }

    /** The last location, with the names of the first source. */
    private String named(Rule rule) {
        String named = location.replace(Location.encode(String.valueOf(Source.SPLAT_SAMPLE)), ":" + RedirectPattern.SPLAT);
        char sample = Source.FIRST_SAMPLE;
        for (String name : rule.pattern().names()) {
            named = named.replace(Location.encode(String.valueOf(sample++)), ":" + name);
        }
        return named;
    }
}
