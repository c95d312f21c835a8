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
import java.util.zip.CRC32;

/** Writes a site as {@link SiteFormat} has it: contents at once, so that no more than one page need be in memory. */
final class SiteWriter {

    static final String INDEX = "index.html";
    static final String NOT_FOUND = "/404.html";

    private final WritableByteChannel out;
    private final Map<String, Integer> pagesByPath = new LinkedHashMap<>();
    private final Map<String, Integer> texts = new HashMap<>();
    private final Table pages = new Table();
    private final Table representations = new Table();
    private final Table textBytes = new Table();
    private long length;

    SiteWriter(WritableByteChannel out) {
        this.out = out;
    }

    /** In memory. */
    static Site site(Map<String, Page> files, String fallback, Instant lastModified) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            SiteWriter writer = new SiteWriter(Channels.newChannel(bytes));
            for (Map.Entry<String, Page> file : files.entrySet()) {
                writer.add(file.getKey(), file.getValue());
            }
            writer.finish(fallback, lastModified, 0);
            return new Site(SiteMemory.of(ByteBuffer.allocateDirect(bytes.size()).put(bytes.toByteArray()).flip()));
        } catch (IOException e) {
            throw new IllegalStateException("memory has no such errors", e);
        }
    }

    /** @param path of its file; an index page is at the path of its folder, too */
    void add(String path, Page page) throws IOException {
        int number = pages.size / SiteFormat.PAGE;
        pagesByPath.put(path, number);
        if (path.endsWith("/" + INDEX)) {
            pagesByPath.put(path.substring(0, path.length() - INDEX.length()), number);
        }
        pages.add(text(page.contentType().toString()), text(page.cacheControl().toString()),
                representations.size / SiteFormat.REPRESENTATION, page.representations().size());
        for (Representation representation : page.representations()) {
            representations.add((int) length, (int) (length >>> 32), representation.length(), representation.coding().ordinal(),
                    text(representation.etag().toString()), 0);
            write(representation.content().duplicate().clear());
        }
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

    /**
     * @param fallback the path of the page for paths without one; null for none
     * @param lastModified of all pages; its part of a second is dropped
     * @param recipe by which a later build knows what it may take over
     * @throws IllegalArgumentException if there is no page at that path
     */
    void finish(String fallback, Instant lastModified, int recipe) throws IOException {
        if (fallback != null && !pagesByPath.containsKey(fallback)) {
            throw new IllegalArgumentException("there is no page at " + fallback);
        }
        long index = length;
        int slots = Integer.highestOneBit(Math.max(1, pagesByPath.size())) << 2;
        CRC32 checksum = new CRC32();
        for (ByteBuffer part : List.of(slots(slots), entries(), pages.bytes(), representations.bytes(), textBytes.bytes())) {
            checksum.update(part.duplicate());
            write(part);
        }
        ByteBuffer trailer = ByteBuffer.allocate(SiteFormat.TRAILER).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(SiteFormat.MAGIC).putLong(length + SiteFormat.TRAILER).putLong(index).putLong(lastModified.getEpochSecond())
                .putInt(slots).putInt(pagesByPath.size()).putInt(pages.size / SiteFormat.PAGE)
                .putInt(representations.size / SiteFormat.REPRESENTATION)
                .putInt(pagesByPath.getOrDefault(fallback, SiteFormat.NONE))
                .putInt(pagesByPath.getOrDefault(NOT_FOUND, SiteFormat.NONE)).putInt(recipe);
        checksum.update(trailer.duplicate().flip());
        write(trailer.putInt((int) checksum.getValue()).flip());
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

        ByteBuffer bytes() {
            return ByteBuffer.wrap(bytes, 0, size).slice();
        }
    }
}
