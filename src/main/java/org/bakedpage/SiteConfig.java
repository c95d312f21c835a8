package org.bakedpage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of the site in application.properties: build-time settings, but where it says otherwise. */
@ConfigMapping(prefix = "site")
interface SiteConfig {

    List<String> BUILT_IN = List.of("site.directory", "site.fallback", "site.last-modified", "site.cache.html", "site.cache.hashed",
            "site.cache.other");

    /** The folder of the pages, from the project's on: what a front end's build has made, for example. */
    Optional<String> directory();

    /** The page served with 200 for unknown paths if the client accepts text/html: for single-page applications. */
    Optional<String> fallback();

    /** The time of Last-Modified; by default the build's. */
    Optional<String> lastModified();

    Cache cache();

    /** Whether common requests are answered ahead of Netty's codec. A run-time setting. */
    @WithDefault("true")
    boolean fastPath();

    /** From the first byte of a request's head to its last. A run-time setting. */
    @WithDefault("10s")
    Duration headTimeout();

    /** From the last byte of a request's head to the last of its content. A run-time setting. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /** How long a client may read nothing of an answer. A run-time setting. */
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

        /** Of files whose name has a hash of the content in it. */
        @WithDefault("public, max-age=31536000, immutable")
        String hashed();

        /** Of all other files. */
        @WithDefault("public, max-age=3600")
        String other();
    }
}
