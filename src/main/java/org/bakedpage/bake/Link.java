package org.bakedpage.bake;

/**
 * What a page or a stylesheet names.
 *
 * @param written as it is in the source
 * @param line from 1 on
 * @param nonce of the element, and what it says of the content's integrity; empty for nothing
 */
public record Link(Kind kind, String written, Reference to, int line, String nonce, String integrity) {

    /** By the directive of Content-Security-Policy Level 3 that a browser asks before it fetches such a thing. */
    public enum Kind {

        PAGE("link", null), FORM("form", "form-action"), SCRIPT("script", "script-src-elem"), IMPORT("script", "script-src-elem"), STYLE("stylesheet", "style-src-elem"),
        IMAGE("image", "img-src"), FONT("font", "font-src"), FRAME("frame", "frame-src"), MEDIA("media file", "media-src"),
        OBJECT("object", "object-src"), MANIFEST("manifest", "manifest-src"), CONNECTION("connection", "connect-src");

        final String noun;
        final String directive;

        Kind(String noun, String directive) {
            this.noun = noun;
            this.directive = directive;
        }

        /** Whether it is a page's own part, and not where a click leads. */
        boolean isPart() {
            return this != PAGE && this != FORM;
        }
    }

    static Link of(Kind kind, String written, Reference base, int line) {
        return new Link(kind, written, Reference.of(written, base), line, "", "");
    }

    Link of(String nonce, String integrity) {
        return nonce.isEmpty() && integrity.isEmpty() ? this : new Link(kind, written, to, line, nonce, integrity);
    }
}
