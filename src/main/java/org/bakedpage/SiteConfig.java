package org.bakedpage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What can be said of the site in application.properties. All but {@link #memo()} is decided when it is built. */
@ConfigMapping(prefix = "site")
interface SiteConfig {

    /** The page that is sent with 200 for a path without one, to clients that accept text/html: for single-page applications. */
    Optional<String> fallback();

    /** The time of Last-Modified; by default the build's. */
    Optional<String> lastModified();

    Cache cache();

    /** Whether a request that was answered before is answered from memory of its bytes. Decided at each start. */
    @WithDefault("true")
    boolean memo();

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
