package org.bakedpage;

/**
 * How a baked site is laid out, for {@link SiteWriter} and {@link Site}: contents; then an index of slots, entries, pages,
 * representations, rules and texts; then a trailer. Little-endian; offsets are in bytes, of contents from the start, of texts from the
 * start of the texts. A text is two bytes of length and so many bytes.
 *
 * <pre>
 *   slot            entry + 1; 0 for none. Open addressing by hash, at most half full
 *   entry           hash, page, text of the path
 *   page            text of Content-Type, text of Cache-Control, first representation, number of them, status, text of
 *                   Location, text of further fields, page in Markdown; of what there is not: NONE
 *   representation  offset (8 bytes), length, ordinal of the coding, text of the ETag, 0
 *   rule            text of the source, text of the destination, status
 * </pre>
 */
final class SiteFormat {

    /** In the first bytes of the trailer; another layout has another number at its end. */
    static final long MAGIC = 0x0004_4554_4953_2E89L;

    static final int SLOT = 4;
    static final int ENTRY = 12;
    static final int ENTRY_PAGE = 4;
    static final int ENTRY_PATH = 8;
    static final int PAGE = 32;
    static final int PAGE_CACHE_CONTROL = 4;
    static final int PAGE_REPRESENTATION = 8;
    static final int PAGE_REPRESENTATIONS = 12;
    static final int PAGE_STATUS = 16;
    static final int PAGE_LOCATION = 20;
    static final int PAGE_FIELDS = 24;
    static final int PAGE_MARKDOWN = 28;
    static final int REPRESENTATION = 24;
    static final int REPRESENTATION_LENGTH = 8;
    static final int REPRESENTATION_CODING = 12;
    static final int REPRESENTATION_ETAG = 16;
    static final int RULE = 12;
    static final int RULE_DESTINATION = 4;
    static final int RULE_STATUS = 8;

    static final int TRAILER = 96;
    /** Of all from the index to here, with CRC-32 as in zlib. */
    static final int CHECKSUM = 92;
    static final int LENGTH = 8;
    static final int INDEX = 16;
    static final int LAST_MODIFIED = 24;
    static final int SLOTS = 32;
    static final int ENTRIES = 36;
    static final int PAGES = 40;
    static final int REPRESENTATIONS = 44;
    static final int RULES = 48;
    static final int FALLBACK = 52;
    /** The page of this name in the root folder, and how many folders have one. */
    static final int NOT_FOUND = 56;
    static final int NOT_FOUND_PAGES = 60;
    /** The page that is made of the environment at the start. */
    static final int ENVIRONMENT = 64;
    /** Text of the path that is before that of each page, without a slash at its end. */
    static final int ROOT = 68;
    /** Text of the Cache-Control of answers without a page. */
    static final int CACHE_CONTROL = 72;
    static final int RECIPE = 76;
    /** Text of the {@link NonApplicationRoot}. */
    static final int ENDPOINTS = 80;
    /** Text of the {@link ServerAddress}. */
    static final int ADDRESS = 84;
    /** In place of a page in Markdown: the page is one of the release before. */
    static final int PREVIOUS = -2;
    /** In place of a page or of a text. */
    static final int NONE = -1;

    private SiteFormat() {
    }

    /** The hash of some bytes and one more; that of none is 0. */
    static int hash(int hash, byte b) {
        return 31 * hash + b;
    }

    static int hash(byte[] bytes) {
        int hash = 0;
        for (byte b : bytes) {
            hash = hash(hash, b);
        }
        return hash;
    }

    static int slot(int hash, int slots) {
        return (hash ^ hash >>> 16) & slots - 1;
    }
}
