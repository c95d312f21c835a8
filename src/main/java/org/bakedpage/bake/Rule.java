package org.bakedpage.bake;

import org.bakedpage.Location;
import org.bakedpage.RedirectPattern;
import org.bakedpage.RequestPath;

/**
 * A rule of {@code _redirects}.
 *
 * @param line from 1
 * @param source a path; ASCII, percent-encoded, each colon and asterisk of it that stands for itself, too
 * @param status 301, 302, 303, 307 or 308: a redirect; 200, 404, 410 or 451: the page at the destination, with this status, or
 *               the status alone if there is no such page; for a 200 that is 404
 * @param destination ASCII, percent-encoded: a path, or the URL of another host for a redirect; with query and fragment only there
 * @param forced whether it is ahead of a page at its source
 */
public record Rule(int line, String source, int status, String destination, boolean forced) {

    public boolean isRedirect() {
        return status / 100 == 3;
    }

    /** Whether its source has placeholders or a splat. */
    public boolean isDynamic() {
        return source.indexOf(':') >= 0 || source.indexOf('*') >= 0;
    }

    /** Of a static rule: the path at which it answers, decoded. */
    public String path() {
        return RequestPath.of(source);
    }

    /** Of one that is no redirect, and static: the path of the page it answers with, decoded. */
    public String page() {
        return RequestPath.of(destination);
    }

    boolean isInternal() {
        return destination.startsWith("/");
    }

    /** @param page the path of another destination, decoded */
    Rule to(String page) {
        return new Rule(line, source, status, Location.encode(page), forced);
    }

    public RedirectPattern pattern() {
        return new RedirectPattern(source, destination);
    }

    /**
     * As it is where the site is not at the root of its host.
     *
     * @param root {@code quarkus.http.root-path}, percent-encoded: "/", or like "/app"
     */
    public Rule under(String root) {
        String prefix = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        return new Rule(line, prefix + source, status, isInternal() ? prefix + destination : destination, forced);
    }
}
