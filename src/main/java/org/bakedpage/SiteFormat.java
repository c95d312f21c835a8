package org.bakedpage;

/**
 * How a baked site is laid out, for {@link SiteWriter} and {@link Site}: contents; then an index of slots, entries, pages,
 * representations and texts; then a trailer. Little-endian; offsets are in bytes, of contents from the start, of texts from the
 * start of the texts. A text is two bytes of length and so many bytes.
 *
 * <pre>
 *   slot            entry + 1; 0 for none. Open addressing by hash, at most half full
 *   entry           hash, page, text of the path
 *   page            text of Content-Type, text of Cache-Control, first representation, number of them
 *   representation  offset (8 bytes), length, ordinal of the coding, text of the ETag, 0
 * </pre>
 */
final class SiteFormat {

    /** In the first bytes of the trailer; another layout has another number at its end. */
    static final long MAGIC = 0x0001_4554_4953_2E89L;

    static final int SLOT = 4;
    static final int ENTRY = 12;
    static final int PAGE = 16;
    static final int REPRESENTATION = 24;

    static final int TRAILER = 64;
    /** Of all from the index to here, with CRC-32 as in zlib. */
    static final int CHECKSUM = 60;
    static final int LENGTH = 8;
    static final int INDEX = 16;
    static final int LAST_MODIFIED = 24;
    static final int SLOTS = 32;
    static final int ENTRIES = 36;
    static final int PAGES = 40;
    static final int REPRESENTATIONS = 44;
    static final int FALLBACK = 48;
    static final int NOT_FOUND = 52;
    static final int RECIPE = 56;
    /** In place of a page. */
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
