package org.bakedpage;

import io.netty.util.AsciiString;
import io.quarkus.runtime.LaunchMode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every page by its path. A native executable is built with this class initialised, so its pages are part of the
 * executable, and neither the code that reads them nor a file system is needed when it runs. On a JVM what was baked is
 * read once, at the start. In dev mode nothing is baked, and each request reads the files as they are.
 */
final class Site {

    /** What {@link Bake} leaves on the class path. */
    static final String BAKED_FILE = "META-INF/site.bin";

    static final String INDEX = "index.html";
    private static final String NOT_FOUND = "/404.html";
    private static final String UNCACHED = "no-cache";

    private static final boolean LIVE = LaunchMode.current() == LaunchMode.DEVELOPMENT;

    private final SortedMap<String, Page> files;
    private final String fallback;
    private final Map<String, Page> pages = new HashMap<>();
    private final long lastModified;
    private final AsciiString lastModifiedField;

    /**
     * @param files the pages by the paths of their files
     * @param fallback the path of the page for paths without one; null for none
     * @param lastModified of all of them; its part of a second is dropped
     */
    Site(SortedMap<String, Page> files, String fallback, Instant lastModified) {
        this.files = files;
        this.fallback = fallback;
        this.lastModified = lastModified.getEpochSecond();
        this.lastModifiedField = AsciiString.cached(HttpDate.format(this.lastModified));
        files.forEach((path, page) -> {
            pages.put(path, page);
            if (path.endsWith("/" + INDEX)) {
                pages.put(path.substring(0, path.length() - INDEX.length()), page);
            }
        });
    }

    /** A site that knows this path, if there is such a page. */
    static Site with(String path) {
        return LIVE ? live(path) : Baked.SITE;
    }

    /** Apart, for Bake needs sites before there is a baked one. */
    private static final class Baked {
        static final Site SITE = baked();
    }

    /** The page at this path, which is decoded and without dot segments; null where there is none. */
    Page page(String path) {
        return pages.get(path);
    }

    /** By their paths; a page may have several. */
    Map<String, Page> pages() {
        return pages;
    }

    /** The page that is sent with 404; null if the site has none of its own. */
    Page notFound() {
        return pages.get(NOT_FOUND);
    }

    /** The page served with 200 for unknown paths if the client accepts text/html; null if there is none. */
    Page fallback() {
        return fallback == null ? null : pages.get(fallback);
    }

    SortedMap<String, Page> files() {
        return files;
    }

    /** In seconds since 1970. */
    long lastModified() {
        return lastModified;
    }

    /** As RFC 9110 section 8.8.2 wants it. */
    CharSequence lastModifiedField() {
        return lastModifiedField;
    }

    private static Site live(String path) {
        SortedMap<String, Page> files = new TreeMap<>();
        String directory = path.endsWith("/") ? path : path + "/";
        PageFiles.read(file -> file.equals(path) || file.equals(directory + INDEX) || file.equals(NOT_FOUND))
                .forEach((file, content) -> files.put(file, new Page(PageFiles.contentType(file), UNCACHED,
                        List.of(new Representation(Coding.IDENTITY, content)))));
        return new Site(files, null, Instant.now());
    }

    private static Site baked() {
        try (InputStream in = Site.class.getClassLoader().getResourceAsStream(BAKED_FILE)) {
            if (in == null) {
                throw new IllegalStateException(BAKED_FILE + " is missing: build with Maven, which runs Bake");
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + BAKED_FILE, e);
        }
    }

    static Site read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream));
        Instant lastModified = Instant.ofEpochSecond(in.readLong());
        String fallback = in.readUTF();
        SortedMap<String, Page> files = new TreeMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            files.put(in.readUTF(), Page.read(in));
        }
        return new Site(files, fallback.isEmpty() ? null : fallback, lastModified);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(lastModified);
        out.writeUTF(fallback == null ? "" : fallback);
        out.writeInt(files.size());
        for (Map.Entry<String, Page> file : files.entrySet()) {
            out.writeUTF(file.getKey());
            file.getValue().write(out);
        }
    }
}
