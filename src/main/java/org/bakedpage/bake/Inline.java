package org.bakedpage.bake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A script or a style that is written in a page.
 *
 * @param text as a browser hashes it: line endings are LF
 * @param name of the attribute or element that has it
 * @param nonce empty for none
 * @param line from 1 on
 */
public record Inline(Type type, String name, String text, String nonce, int line) {

    /** The types of inline checks, Content-Security-Policy Level 3 section 4.2.3. */
    public enum Type {

        SCRIPT("inline script", "script-src-elem"), HANDLER("inline event handler", "script-src-attr"),
        NAVIGATION("javascript: URL", "script-src-elem"), STYLE("inline style", "style-src-elem"),
        STYLE_ATTRIBUTE("style attribute", "style-src-attr");

        final String noun;
        final String directive;

        Type(String noun, String directive) {
            this.noun = noun;
            this.directive = directive;
        }

        boolean isScript() {
            return directive.startsWith("script");
        }

        /** Hashes count for it only beside 'unsafe-hashes', section 6.7.3.3. */
        boolean needsUnsafeHashes() {
            return this != SCRIPT && this != STYLE;
        }
    }

    /** @param bits 256, 384 or 512: as in {@code 'sha256-…'}, section 2.3.1, without the quotes */
    String hash(int bits) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-" + bits).digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha" + bits + "-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
