package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bakedpage.bake.Inspection;
import org.bakedpage.bake.SiteFile;

/**
 * What dev mode makes of a file: a browser keeps nothing, and hears of changes. A file that has not changed since the last bake
 * is neither read nor inspected again.
 *
 * @param before of the last bake, by path
 * @param found in this one, by path
 */
record DevEncoder(String script, Map<String, Kept> before, Map<String, Inspection> found) implements SiteBuilder.Encoder {

    static final String UNCACHED = "no-store";

    /**
     * What was read of a file, so that the next bake reads it only if it has changed.
     *
     * @param found null of what is compressed already
     * @param bytes of the file
     * @param content in the baked site; what follows it there is the script
     */
    record Kept(SiteFile file, Inspection found, int bytes, ByteBuffer content) {
    }

    @Override
    public byte[] read(SiteFile file) {
        Kept same = same(file);
        if (same == null) {
            return file.content();
        }
        byte[] content = new byte[same.bytes];
        same.content.get(0, content);
        return content;
    }

    @Override
    public Inspection inspect(SiteFile file, String url, String contentType, byte[] content) {
        Kept same = same(file);
        Inspection inspection = same != null && same.found != null && same.found.url().equals(url) && same.found.contentType().equals(contentType)
                ? same.found : SiteBuilder.Encoder.super.inspect(file, url, contentType, content);
        found.put(file.path(), inspection);
        return inspection;
    }

    /** Null where the file is new, or has changed. */
    private Kept same(SiteFile file) {
        Kept kept = before.get(file.path());
        return kept != null && file.isUnchangedSince(kept.file) ? kept : null;
    }

    /** Of all files: their pages are the first of the site, in the same order. */
    Map<String, Kept> kept(List<SiteFile> files, SiteMemory memory) {
        Map<String, Kept> kept = new HashMap<>();
        // Without an environment, of which the page of one file may be made.
        Site site = new Site(memory);
        for (int i = 0; i < files.size(); i++) {
            String path = files.get(i).path();
            ByteBuffer content = site.page(i).identity().content();
            Inspection inspection = found.get(path);
            kept.put(path, new Kept(files.get(i), inspection, inspection == null ? content.capacity() : inspection.bytes(), content));
        }
        return kept;
    }

    @Override
    public List<Representation> representations(String path, byte[] content) {
        return List.of(Representation.of(Coding.IDENTITY, content));
    }

    @Override
    public String cacheControl(String decided) {
        return UNCACHED;
    }

    @Override
    public byte[] content(String contentType, byte[] content) {
        if (!contentType.startsWith("text/html")) {
            return content;
        }
        byte[] added = script.getBytes(UTF_8);
        byte[] both = Arrays.copyOf(content, content.length + added.length);
        System.arraycopy(added, 0, both, content.length, added.length);
        return both;
    }
}
