package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.bakedpage.bake.CleanUrls;

/** Writes a site as {@link SiteFormat} has it: contents at once, so that no more than one page need be in memory. */
final class SiteWriter {

    private final WritableByteChannel out;
    private final Map<String, Integer> files = new HashMap<>();
    private final Map<String, Integer> pagesByPath = new LinkedHashMap<>();
    private final Map<String, Integer> texts = new HashMap<>();
    private final Table pages = new Table();
    private final Table representations = new Table();
    private final Table rules = new Table();
    private final Table textBytes = new Table();
    private long length;

    SiteWriter(WritableByteChannel out) {
        this.out = out;
    }

    /**
     * What holds for all pages.
     *
     * @param root the path that is before that of each page, without a slash at its end; the paths of pages have it already
     * @param fallback the file for paths without a page; null for none
     * @param environment the file that is made of the environment; null for none
     * @param lastModified of all pages; its part of a second is dropped
     * @param cacheControl of answers without a page
     * @param endpoints where Quarkus's own are
     * @param address where the server listens
     * @param recipe by which a later build knows what it may take over
     */
    record Settings(String root, String fallback, String environment, Instant lastModified, String cacheControl, NonApplicationRoot endpoints,
            ServerAddress address, int recipe) {

        static Settings of(String fallback, Instant lastModified) {
            return new Settings("", fallback, null, lastModified, "no-cache", NonApplicationRoot.of(key -> Optional.empty()),
                    ServerAddress.DEFAULT, 0);
        }
    }

    /** In memory; an index is at the path of its folder, too. */
    static Site site(Map<String, Page> files, String fallback, Instant lastModified) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            SiteWriter writer = new SiteWriter(Channels.newChannel(bytes));
            for (Map.Entry<String, Page> file : files.entrySet()) {
                writer.add(file.getKey(), file.getValue());
                if (CleanUrls.isIndex(file.getKey())) {
                    writer.alias(CleanUrls.folder(file.getKey()), file.getKey());
                }
            }
            writer.finish(Settings.of(fallback, lastModified));
            return new Site(SiteMemory.of(ByteBuffer.allocateDirect(bytes.size()).put(bytes.toByteArray()).flip()));
        } catch (IOException e) {
            throw new IllegalStateException("memory has no such errors", e);
        }
    }

    /** @param path of its file */
    void add(String path, Page page) throws IOException {
        files.put(path, size());
        pagesByPath.put(path, size());
        write(page);
        for (Representation representation : page.representations()) {
            representations.add((int) length, (int) (length >>> 32), representation.length(), representation.coding().ordinal(),
                    text(representation.etag().toString()), 0);
            write(representation.content().duplicate().clear());
        }
    }

    private void write(Page page) {
        pages.add(text(page.contentType().toString()), text(page.cacheControl().toString()),
                representations.size / SiteFormat.REPRESENTATION, page.representations().size(), page.status().code(),
                page.location() == null ? SiteFormat.NONE : text(page.location()),
                page.fields().isEmpty() ? SiteFormat.NONE : text(page.fieldLines()), SiteFormat.NONE);
    }

    private int size() {
        return pages.size / SiteFormat.PAGE;
    }

    /** Another answer at this path, without content of its own; what was there is still the page of its file. */
    void answer(String path, Page page) {
        pagesByPath.put(path, size());
        write(page);
    }

    /** The page of a file at another path. */
    void alias(String path, String file) {
        pagesByPath.put(path, files.get(file));
    }

    /** The same content with another status. */
    void alias(String path, String file, int status) {
        byte[] page = pages.copy(files.get(file) * SiteFormat.PAGE, SiteFormat.PAGE);
        ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putInt(SiteFormat.PAGE_STATUS, status);
        pagesByPath.put(path, size());
        pages.add(page);
    }

    /** What is sent in place of a page to who asks for text/markdown. */
    void markdown(String path, String markdown) {
        pages.set(files.get(path) * SiteFormat.PAGE + SiteFormat.PAGE_MARKDOWN, files.get(markdown));
    }

    /** A page of the release before, which the next one does not take over once more. */
    void addPrevious(String path, Page page) throws IOException {
        add(path, page);
        pages.set(files.get(path) * SiteFormat.PAGE + SiteFormat.PAGE_MARKDOWN, SiteFormat.PREVIOUS);
    }

    /** A rule for paths without a page, behind those that were added before; see {@link RedirectPattern}. */
    void rule(String source, String destination, int status) {
        rules.add(text(source), text(destination), status);
    }

    /** The same text is there once. */
    private int text(String text) {
        return texts.computeIfAbsent(text, added -> {
            int offset = textBytes.size;
            byte[] bytes = added.getBytes(UTF_8);
            if (bytes.length > 0xFFFF) {
                throw new IllegalArgumentException("longer than 65,535 bytes: " + added.substring(0, 60) + "...");
            }
            textBytes.add((byte) bytes.length, (byte) (bytes.length >>> 8));
            textBytes.add(bytes);
            return offset;
        });
    }

    /** @throws IllegalArgumentException if the fallback is no file */
    void finish(Settings settings) throws IOException {
        if (settings.fallback() != null && !files.containsKey(settings.fallback())) {
            throw new IllegalArgumentException("there is no page at " + settings.fallback());
        }
        long index = length;
        int slots = Integer.highestOneBit(Math.max(1, pagesByPath.size())) << 2;
        int root = text(settings.root());
        int cacheControl = text(settings.cacheControl());
        int endpoints = text(settings.endpoints().toString());
        int address = text(settings.address().toString());
        CRC32 checksum = new CRC32();
        for (ByteBuffer part : List.of(slots(slots), entries(), pages.bytes(), representations.bytes(), rules.bytes(), textBytes.bytes())) {
            checksum.update(part.duplicate());
            write(part);
        }
        ByteBuffer trailer = ByteBuffer.allocate(SiteFormat.TRAILER).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(SiteFormat.MAGIC)
                .putLong(SiteFormat.LENGTH, length + SiteFormat.TRAILER)
                .putLong(SiteFormat.INDEX, index)
                .putLong(SiteFormat.LAST_MODIFIED, settings.lastModified().getEpochSecond())
                .putInt(SiteFormat.SLOTS, slots)
                .putInt(SiteFormat.ENTRIES, pagesByPath.size())
                .putInt(SiteFormat.PAGES, size())
                .putInt(SiteFormat.REPRESENTATIONS, representations.size / SiteFormat.REPRESENTATION)
                .putInt(SiteFormat.RULES, rules.size / SiteFormat.RULE)
                .putInt(SiteFormat.FALLBACK, numberOf(settings.fallback()))
                .putInt(SiteFormat.NOT_FOUND, numberOf(settings.root() + CleanUrls.NOT_FOUND))
                .putInt(SiteFormat.NOT_FOUND_PAGES, notFoundPages())
                .putInt(SiteFormat.ENVIRONMENT, numberOf(settings.environment()))
                .putInt(SiteFormat.ROOT, root)
                .putInt(SiteFormat.CACHE_CONTROL, cacheControl)
                .putInt(SiteFormat.RECIPE, settings.recipe())
                .putInt(SiteFormat.ENDPOINTS, endpoints)
                .putInt(SiteFormat.ADDRESS, address)
                .position(SiteFormat.CHECKSUM);
        checksum.update(trailer.duplicate().flip());
        write(trailer.putInt((int) checksum.getValue()).flip());
    }

    private int numberOf(String file) {
        return files.getOrDefault(file, SiteFormat.NONE);
    }

    private int notFoundPages() {
        return (int) files.keySet().stream().filter(path -> path.endsWith(CleanUrls.NOT_FOUND)).count();
    }

    private ByteBuffer slots(int count) {
        int[] slots = new int[count];
        int entry = 0;
        for (String path : pagesByPath.keySet()) {
            int slot = SiteFormat.slot(hash(path), count);
            while (slots[slot] != 0) {
                slot = slot + 1 & count - 1;
            }
            slots[slot] = ++entry;
        }
        Table table = new Table();
        table.add(slots);
        return table.bytes();
    }

    private ByteBuffer entries() {
        Table entries = new Table();
        pagesByPath.forEach((path, page) -> entries.add(hash(path), page, text(path)));
        return entries.bytes();
    }

    private static int hash(String path) {
        return SiteFormat.hash(path.getBytes(UTF_8));
    }

    private void write(ByteBuffer bytes) throws IOException {
        length += bytes.remaining();
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /** Of little-endian numbers, as long as it needs to be. */
    private static final class Table {

        private byte[] bytes = new byte[1 << 10];
        private int size;

        void add(int... numbers) {
            for (int number : numbers) {
                add((byte) number, (byte) (number >>> 8), (byte) (number >>> 16), (byte) (number >>> 24));
            }
        }

        void add(byte... more) {
            if (size + more.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more.length));
            }
            System.arraycopy(more, 0, bytes, size, more.length);
            size += more.length;
        }

        void set(int at, int number) {
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
        }

        byte[] copy(int from, int count) {
            return Arrays.copyOfRange(bytes, from, from + count);
        }

        ByteBuffer bytes() {
            return ByteBuffer.wrap(bytes, 0, size).slice();
        }
    }
}
