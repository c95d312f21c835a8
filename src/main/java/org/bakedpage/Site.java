package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.quarkus.runtime.LaunchMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.bakedpage.bake.CleanUrls;

/**
 * Every page by its path, read from where {@code Bake} has left it when it is first asked for: neither start nor memory grow
 * with the site. Shared by all event loops.
 */
final class Site {

    private static final String DAMAGED = "the site is damaged, or another version's: ";
    private static final boolean LIVE = LaunchMode.current() == LaunchMode.DEVELOPMENT;
    private static final Coding[] CODINGS = Coding.values();

    private static volatile Site baked;

    private final SiteMemory memory;
    private final ByteBuffer index;
    private final ByteBuffer trailer;
    private final int slots;
    private final int entries;
    private final int pages;
    private final int representations;
    private final int texts;
    private final long lastModified;
    private final AsciiString lastModifiedField;
    private final AsciiString cacheControl;
    private final String root;
    private final List<Rule> rules = new ArrayList<>();
    private final int environment;
    /** Null where there is nothing of it in the environment. */
    private final Page environmentPage;
    private final KeptPages<Page> kept = new KeptPages<>();

    /** What is done with the paths without a page that it matches. */
    record Rule(RedirectPattern pattern, int status) {
    }

    /** @throws IllegalArgumentException if it is not a whole site, of this version */
    Site(SiteMemory memory) {
        this(memory, Map.of());
    }

    /** @param environment of which one page is made, if the site has such a page */
    Site(SiteMemory memory, Map<String, String> environment) {
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
        int rule = representations + trailer.getInt(SiteFormat.REPRESENTATIONS) * SiteFormat.REPRESENTATION;
        texts = rule + trailer.getInt(SiteFormat.RULES) * SiteFormat.RULE;
        for (; rule < texts; rule += SiteFormat.RULE) {
            String destination = string(index.getInt(rule + SiteFormat.RULE_DESTINATION));
            rules.add(new Rule(new RedirectPattern(string(index.getInt(rule)), destination), index.getInt(rule + SiteFormat.RULE_STATUS)));
        }
        // Where this machine's clock is behind: not later than Date, RFC 9110 section 8.8.2.1.
        lastModified = Math.min(trailer.getLong(SiteFormat.LAST_MODIFIED), System.currentTimeMillis() / 1000);
        lastModifiedField = AsciiString.cached(HttpDate.format(lastModified));
        root = string(trailer.getInt(SiteFormat.ROOT));
        cacheControl = ascii(trailer.getInt(SiteFormat.CACHE_CONTROL));
        this.environment = trailer.getInt(SiteFormat.ENVIRONMENT);
        environmentPage = this.environment == SiteFormat.NONE ? null : EnvironmentPage.of(environment);
    }

    /** The one of this program; in dev mode as its files were when {@link DevMode} looked at them for the request. */
    static Site current() {
        return LIVE ? DevSite.current().site() : baked();
    }

    private static Site baked() {
        Site site = baked;
        if (site == null) {
            try {
                site = new Site(SiteResource.memory(), System.getenv());
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            baked = site;
        }
        return site;
    }

    /** The page at this path, which is decoded and without dot segments; null where there is none. */
    Page page(String path) {
        if (path.indexOf(RequestPath.ENCODED_SLASH) >= 0) {
            return null;
        }
        byte[] bytes = path.getBytes(UTF_8);
        int entry = find(bytes, 0, bytes.length, SiteFormat.hash(bytes));
        return entry < 0 ? null : pageOf(entry);
    }

    /** The page of a file at this path, be it null, or where its clean URL leads to if it redirects to that. */
    Page file(String path) {
        Page page = path == null ? null : page(path);
        if (page != null && page.location() != null && page.location().startsWith(".")) {
            page = page(Location.resolve(path, page.location()));
        }
        return page != null && page.status() == HttpResponseStatus.OK ? page : null;
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
        return texts + index.getInt(entries + entry * SiteFormat.ENTRY + SiteFormat.ENTRY_PATH);
    }

    private int length(int text) {
        return index.getShort(text) & 0xFFFF;
    }

    private byte[] text(int offset) {
        byte[] bytes = new byte[length(texts + offset)];
        index.get(texts + offset + 2, bytes);
        return bytes;
    }

    private String string(int offset) {
        return new String(text(offset), UTF_8);
    }

    private AsciiString ascii(int offset) {
        return new AsciiString(text(offset), false);
    }

    Page pageOf(int entry) {
        return pageAt(index.getInt(entries + entry * SiteFormat.ENTRY + SiteFormat.ENTRY_PAGE));
    }

    private Page pageAt(int number) {
        if (number < 0) {
            return null;
        }
        if (number == environment && environmentPage != null) {
            return environmentPage;
        }
        Page page = kept.get(number);
        if (page == null) {
            page = read(pages + number * SiteFormat.PAGE);
            kept.offer(number, page);
        }
        return page;
    }

    /** Null for the page of an environment that has nothing for it. */
    private Page read(int page) {
        int status = index.getInt(page + SiteFormat.PAGE_STATUS);
        int location = index.getInt(page + SiteFormat.PAGE_LOCATION);
        int fields = index.getInt(page + SiteFormat.PAGE_FIELDS);
        if (location != SiteFormat.NONE) {
            return Page.redirect(status, string(location));
        }
        List<Representation> read = new ArrayList<>();
        int next = representations + index.getInt(page + SiteFormat.PAGE_REPRESENTATION) * SiteFormat.REPRESENTATION;
        for (int i = index.getInt(page + SiteFormat.PAGE_REPRESENTATIONS); i > 0; i--, next += SiteFormat.REPRESENTATION) {
            ByteBuffer content = memory.slice(index.getLong(next), index.getInt(next + SiteFormat.REPRESENTATION_LENGTH));
            Coding coding = CODINGS[index.getInt(next + SiteFormat.REPRESENTATION_CODING)];
            read.add(new Representation(coding, content, ascii(index.getInt(next + SiteFormat.REPRESENTATION_ETAG))));
        }
        if (read.isEmpty() && status == HttpResponseStatus.OK.code()) {
            return null;
        }
        return new Page(ascii(index.getInt(page)), ascii(index.getInt(page + SiteFormat.PAGE_CACHE_CONTROL)), read).withStatus(status)
                .withFields(fields == SiteFormat.NONE ? List.of() : Page.parse(string(fields)))
                .withMarkdown(pageAt(index.getInt(page + SiteFormat.PAGE_MARKDOWN)));
    }

    /** How many pages there are. */
    int size() {
        return trailer.getInt(SiteFormat.PAGES);
    }

    /** How many paths there are. */
    int entries() {
        return trailer.getInt(SiteFormat.ENTRIES);
    }

    String path(int entry) {
        return string(index.getInt(entries + entry * SiteFormat.ENTRY + SiteFormat.ENTRY_PATH));
    }

    /** Whether it was taken over from the release before. */
    boolean isPrevious(int entry) {
        int page = pages + index.getInt(entries + entry * SiteFormat.ENTRY + SiteFormat.ENTRY_PAGE) * SiteFormat.PAGE;
        return index.getInt(page + SiteFormat.PAGE_MARKDOWN) == SiteFormat.PREVIOUS;
    }

    /** By what the codings of the contents were made. */
    int recipe() {
        return trailer.getInt(SiteFormat.RECIPE);
    }

    /** By number, from 0 on. */
    Page page(int number) {
        return pageAt(number);
    }

    /** The page that is sent with 404 in place of one at this path: the nearest up the tree; null if the site has none. */
    Page notFound(String path) {
        Page found = null;
        if (trailer.getInt(SiteFormat.NOT_FOUND_PAGES) > (trailer.getInt(SiteFormat.NOT_FOUND) == SiteFormat.NONE ? 0 : 1)) {
            for (int end = path.lastIndexOf('/'); end > root.length() && found == null; end = path.lastIndexOf('/', end - 1)) {
                found = file(path.substring(0, end) + CleanUrls.NOT_FOUND);
            }
        }
        return found != null ? found : pageAt(trailer.getInt(SiteFormat.NOT_FOUND));
    }

    /** For paths without a page, in their order. */
    List<Rule> rules() {
        return rules;
    }

    /** The path that is before that of each page, without a slash at its end. */
    String root() {
        return root;
    }

    /** Where Quarkus's own endpoints are. */
    NonApplicationRoot endpoints() {
        return NonApplicationRoot.parse(string(trailer.getInt(SiteFormat.ENDPOINTS)));
    }

    /** Where the server listens. */
    ServerAddress address() {
        return ServerAddress.parse(string(trailer.getInt(SiteFormat.ADDRESS)));
    }

    /** Whether this path is below the root, or the root itself. */
    boolean has(String path) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }

    /** Of answers without a page, RFC 9111 section 5.2. */
    AsciiString cacheControl() {
        return cacheControl;
    }

    /** The page served with 200 for unknown paths if the client accepts text/html; null if there is none. */
    Page fallback() {
        return pageAt(trailer.getInt(SiteFormat.FALLBACK));
    }

    /** In seconds since 1970; {@link Conditions#UNKNOWN} of what this start has made of its variables. */
    long lastModified(Page page) {
        return page == environmentPage ? Conditions.UNKNOWN : lastModified;
    }

    /** As RFC 9110 section 8.8.2 wants it. */
    CharSequence lastModifiedField() {
        return lastModifiedField;
    }
}
