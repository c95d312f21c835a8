package org.bakedpage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bakedpage.bake.CleanUrls;

/** The settings of the site in application.properties: build-time settings, but where it says otherwise. */
@ConfigMapping(prefix = "site")
interface SiteConfig {

    /** What is known when the site is baked; a start cannot change it. */
    List<String> BUILT_IN = List.of("site.directory", "site.fallback", "site.last-modified", "site.clean-urls", "site.trailing-slash",
            "site.environment", "site.previous", "site.check", "site.check-links", "site.routes", "site.cache.immutable", "site.cache.html",
            "site.cache.hashed", "site.cache.other", "site.cache.errors", "site.media-types.");

    /** The folder of the pages, from the project's on: what a front end's build has made, for example. */
    Optional<String> directory();

    /** The page served with 200 for unknown paths if the client accepts text/html: for single-page applications. */
    Optional<String> fallback();

    /** The time of Last-Modified; by default the commit's, or the build's where the pages are not committed. */
    Optional<String> lastModified();

    /** Whether {@code /about.html} and {@code /about/} redirect to {@code /about}, which is answered in any case. */
    @WithDefault("false")
    boolean cleanUrls();

    /** Whether a page has a slash at the end of its path: a folder's index only (keep), all pages (add) or none (drop). */
    @WithDefault("keep")
    CleanUrls.Slash trailingSlash();

    /** Where the SITE_ENV_ variables of the start are found as an object of JSON, if there are any. */
    @WithDefault("/config.json")
    Optional<String> environment();

    /** The release before, as a folder, an executable or a baked site: its immutable files stay. */
    Optional<String> previous();

    /** By file name extension, where the list's is not wanted. */
    Map<String, String> mediaTypes();

    /** What a warning of the build does: warn or fail. */
    @WithDefault("warn")
    Check check();

    /** What a link to nowhere does: warn, fail or ignore. */
    @WithDefault("warn")
    LinkCheck checkLinks();

    /** Paths that other code than the site answers, so that links to them lead somewhere; {@code *} is any. */
    Optional<List<String>> routes();

    Cache cache();

    /** What is done with what is found. */
    enum Check { WARN, FAIL }

    /** What is done with links. */
    enum LinkCheck { WARN, FAIL, IGNORE }

    /** Whether common requests are answered ahead of Netty's codec. A run-time setting. */
    @WithDefault("true")
    boolean fastPath();

    /** Whether there is {@code /q/metrics}. A run-time setting. */
    @WithDefault("false")
    boolean metrics();

    /** From the first byte of a request's head to its last. A run-time setting. */
    @WithDefault("10s")
    Duration headTimeout();

    /** From the last byte of a request's head to the last of its content. A run-time setting. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /** How long a client may read so little of an answer that the kernel takes no more of it. A run-time setting. */
    @WithDefault("30s")
    Duration answerTimeout();

    /** Beyond it the longest-idle connection is closed; 0 = unlimited. A run-time setting. */
    @WithDefault("5000")
    int maxConnections();

    /** The values of Cache-Control, RFC 9111 section 5.2. */
    interface Cache {

        /** Of HTML, which is what names everything else. */
        @WithDefault("no-cache")
        String html();

        /** Where generators put files whose name has a hash of the content in it; {@code *} at its end is any. */
        Optional<List<String>> immutable();

        /** Of those files. */
        @WithDefault("public, max-age=31536000, immutable")
        String hashed();

        /** Of all other files. */
        @WithDefault("public, max-age=3600")
        String other();

        /** Of answers without a page: redirects and errors. */
        @WithDefault("no-cache")
        String errors();
    }
}
