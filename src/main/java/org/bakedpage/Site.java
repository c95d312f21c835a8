package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.util.AsciiString;
import io.quarkus.runtime.LaunchMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Every page by its path, read from where {@link Bake} has left it when it is first asked for: neither start nor memory grow
 * with the site. In dev mode nothing is baked, and each request reads the files as they are. Shared by all event loops.
 */
final class Site {

    private static final String DAMAGED = "the site is damaged, or another version's: ";
    private static final String UNCACHED = "no-cache";
    private static final boolean LIVE = LaunchMode.current() == LaunchMode.DEVELOPMENT;
    private static final Coding[] CODINGS = Coding.values();

    /** How many pages are kept as objects: a number of its slots, so that a page takes the place of another and none is added. */
    static final int KEPT = 1 << 10;

    private static volatile Site baked;

    private final SiteMemory memory;
    private final ByteBuffer index;
    private final ByteBuffer trailer;
    private final int slots;
    private final int entries;
    private final int pages;
    private final int representations;
    private final int texts;
    private final AsciiString lastModifiedField;
    private final Kept[] kept = new Kept[KEPT];

    /** @throws IllegalArgumentException if it is not a whole site, of this version */
    Site(SiteMemory memory) {
        this.memory = memory;
        long length = memory.length();
        trailer = memory.slice(Math.max(0, length - SiteFormat.TRAILER), (int) Math.min(length, SiteFormat.TRAILER));
        if (length < SiteFormat.TRAILER || trailer.getLong(0) != SiteFormat.MAGIC) {
            throw new IllegalArgumentException(DAMAGED + "its last " + SiteFormat.TRAILER + " bytes are not its trailer");
        }
        long start = trailer.getLong(SiteFormat.INDEX);
        if (trailer.getLong(SiteFormat.LENGTH) != length || start < 0 || start > length - SiteFormat.TRAILER
                || length - start > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(DAMAGED + length + " bytes of " + trailer.getLong(SiteFormat.LENGTH));
        }
        index = memory.slice(start, Math.toIntExact(length - start));
        CRC32 checksum = new CRC32();
        checksum.update(index.duplicate().limit(index.capacity() - SiteFormat.TRAILER + SiteFormat.CHECKSUM));
        if ((int) checksum.getValue() != trailer.getInt(SiteFormat.CHECKSUM)) {
            throw new IllegalArgumentException(DAMAGED + "its checksum is not that of its index");
        }
        slots = trailer.getInt(SiteFormat.SLOTS);
        entries = slots * SiteFormat.SLOT;
        pages = entries + trailer.getInt(SiteFormat.ENTRIES) * SiteFormat.ENTRY;
        representations = pages + trailer.getInt(SiteFormat.PAGES) * SiteFormat.PAGE;
        texts = representations + trailer.getInt(SiteFormat.REPRESENTATIONS) * SiteFormat.REPRESENTATION;
        lastModifiedField = AsciiString.cached(HttpDate.format(lastModified()));
    }

    /** A site that knows this path, if there is such a page. */
    static Site with(String path) {
        return LIVE ? live(path) : baked();
    }

    private static Site baked() {
        Site site = baked;
        if (site == null) {
            try {
                site = new Site(SiteResource.memory());
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            baked = site;
        }
        return site;
    }

    private static Site live(String path) {
        Map<String, Page> files = new TreeMap<>();
        String directory = path.endsWith("/") ? path : path + "/";
        Path source = PageFiles.source(System.getProperty(PageFiles.PROJECT),
                ConfigProvider.getConfig().getOptionalValue("site.directory", String.class));
        PageFiles.list(source,
                file -> file.equals(path) || file.equals(directory + SiteWriter.INDEX) || file.equals(SiteWriter.NOT_FOUND))
                .forEach(file -> files.put(file.path(), new Page(PageFiles.contentType(file.path()), UNCACHED,
                        List.of(Representation.of(Coding.IDENTITY, file.content())))));
        return SiteWriter.site(files, null, Instant.now());
    }

    /** The page at this path, which is decoded and without dot segments; null where there is none. */
    Page page(String path) {
        byte[] bytes = path.getBytes(UTF_8);
        int entry = find(bytes, 0, bytes.length, SiteFormat.hash(bytes));
        return entry < 0 ? null : pageOf(entry);
    }

    /** @return the entry of the page at this path; {@link SiteFormat#NONE} where there is none */
    int find(byte[] bytes, int from, int to, int hash) {
        int slot = SiteFormat.slot(hash, slots);
        int entry = index.getInt(slot * SiteFormat.SLOT) - 1;
        while (entry >= 0) {
            if (index.getInt(entries + entry * SiteFormat.ENTRY) == hash && isPath(entry, bytes, from, to)) {
                return entry;
            }
            slot = slot + 1 & slots - 1;
            entry = index.getInt(slot * SiteFormat.SLOT) - 1;
        }
        return SiteFormat.NONE;
    }

    private boolean isPath(int entry, byte[] bytes, int from, int to) {
        int text = textOf(entry);
        if (length(text) != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (index.get(text + 2 + i - from) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private int textOf(int entry) {
        return texts + index.getInt(entries + entry * SiteFormat.ENTRY + 8);
    }

    private int length(int text) {
        return index.getShort(text) & 0xFFFF;
    }

    private byte[] text(int offset) {
        byte[] bytes = new byte[length(texts + offset)];
        index.get(texts + offset + 2, bytes);
        return bytes;
    }

    Page pageOf(int entry) {
        return pageAt(index.getInt(entries + entry * SiteFormat.ENTRY + 4));
    }

    private Page pageAt(int number) {
        if (number == SiteFormat.NONE) {
            return null;
        }
        Kept found = kept[number % KEPT];
        if (found == null || found.number != number) {
            // Two event loops may both come here: each gets a right one, and one of the two is kept.
            found = new Kept(number, read(pages + number * SiteFormat.PAGE));
            kept[number % KEPT] = found;
        }
        return found.page;
    }

    private record Kept(int number, Page page) {
    }

    private Page read(int page) {
        List<Representation> read = new ArrayList<>();
        int next = representations + index.getInt(page + 8) * SiteFormat.REPRESENTATION;
        for (int i = index.getInt(page + 12); i > 0; i--, next += SiteFormat.REPRESENTATION) {
            ByteBuffer content = memory.slice(index.getLong(next), index.getInt(next + 8));
            read.add(new Representation(CODINGS[index.getInt(next + 12)], content,
                    new AsciiString(text(index.getInt(next + 16)), false)));
        }
        return new Page(new AsciiString(text(index.getInt(page)), false), new AsciiString(text(index.getInt(page + 4)), false), read);
    }

    /** How many pages there are. */
    int size() {
        return trailer.getInt(SiteFormat.PAGES);
    }

    /** By what the codings of the contents were made. */
    int recipe() {
        return trailer.getInt(SiteFormat.RECIPE);
    }

    /** By number, from 0 on. */
    Page page(int number) {
        return pageAt(number);
    }

    /** The page that is sent with 404; null if the site has none of its own. */
    Page notFound() {
        return pageAt(trailer.getInt(SiteFormat.NOT_FOUND));
    }

    /** The page served with 200 for unknown paths if the client accepts text/html; null if there is none. */
    Page fallback() {
        return pageAt(trailer.getInt(SiteFormat.FALLBACK));
    }

    /** In seconds since 1970. */
    long lastModified() {
        return trailer.getLong(SiteFormat.LAST_MODIFIED);
    }

    /** As RFC 9110 section 8.8.2 wants it. */
    CharSequence lastModifiedField() {
        return lastModifiedField;
    }
}
