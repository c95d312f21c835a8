package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** A site with other bytes than were written: it is refused in one line, or its index is what it was. */
final class DamagedSite {

    private static final String REFUSAL = "the site is damaged, or another version's: ";
    private static final List<String> PATHS = List.of("/", "/index.html", "/a", "/d/", "/old", "/gone", "/config.json", "/nothing");
    private static final byte[] WHOLE = whole();
    private static final int INDEX = (int) bytes(WHOLE).getLong(WHOLE.length - SiteFormat.TRAILER + SiteFormat.INDEX);
    private static final String ANSWERS = answers(new Site(SiteMemory.of(direct(WHOLE))));

    private DamagedSite() {
    }

    private static byte[] whole() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SiteWriter writer = new SiteWriter(Channels.newChannel(out));
        Map<String, Page> files = new TreeMap<>();
        for (String path : List.of("/index.html", "/404.html", "/a", "/d/index.html", "/d/404.html", "/index.md", "/config.json")) {
            List<Representation> codings = new ArrayList<>();
            for (Coding coding : List.of(Coding.IDENTITY, Coding.GZIP)) {
                codings.add(Representation.of(coding, (coding + " of " + path).getBytes(UTF_8)));
            }
            files.put(path, new Page("text/html", "no-cache", codings));
        }
        files.put("/d/index.html", files.get("/d/index.html").withFields(Page.parse("x-own: a\n!x-other\n")));
        try {
            for (Map.Entry<String, Page> file : files.entrySet()) {
                writer.add(file.getKey(), file.getValue());
            }
            writer.alias("/", "/index.html");
            writer.alias("/d/", "/d/index.html");
            writer.addPrevious("/previous.css", files.get("/a"));
            writer.answer("/old", Page.redirect(301, "/new"));
            writer.alias("/gone", "/404.html", 410);
            writer.markdown("/index.html", "/index.md");
            writer.rule("/from/:name/*", "/to/:splat?:name", 302);
            writer.finish(new SiteWriter.Settings("", "/index.html", "/config.json", Instant.EPOCH, "no-cache",
                    NonApplicationRoot.of(key -> Optional.empty()), ServerAddress.DEFAULT, 7));
        } catch (IOException e) {
            throw new IllegalStateException("memory has no such errors", e);
        }
        return out.toByteArray();
    }

    /** @param damage how many bytes lack at the start, how many of four at the end; then each time place (2 bytes) and difference */
    static void check(byte[] damage) {
        ByteBuffer in = ByteBuffer.wrap(damage);
        int start = in.hasRemaining() ? Math.min(WHOLE.length, in.get() & 0xFF) : 0;
        int end = in.hasRemaining() ? Math.max(start, WHOLE.length - 4 * (in.get() & 0xFF)) : WHOLE.length;
        byte[] site = WHOLE.clone();
        while (in.remaining() >= 3) {
            site[(in.getShort() & 0xFFFF) % site.length] ^= in.get();
        }
        byte[] kept = Arrays.copyOfRange(site, start, end);
        boolean sameIndex = kept.length == WHOLE.length && Arrays.equals(kept, INDEX, kept.length, WHOLE, INDEX, WHOLE.length);
        try {
            Site read = new Site(SiteMemory.of(direct(kept)));
            assertTrue(sameIndex, "another index is taken");
            assertEquals(ANSWERS, answers(read));
        } catch (IllegalArgumentException e) {
            assertTrue(!sameIndex && e.getMessage().startsWith(REFUSAL) && e.getMessage().lines().count() == 1, e::toString);
        }
        if (kept.length > SiteFormat.TRAILER) {
            assertReadsNothingOutside(sealed(kept));
        }
    }

    /** With the length and the checksum that belong to it, as nobody writes it. */
    private static byte[] sealed(byte[] site) {
        int trailer = site.length - SiteFormat.TRAILER;
        ByteBuffer sealed = bytes(site).putLong(trailer, SiteFormat.MAGIC).putLong(trailer + SiteFormat.LENGTH, site.length);
        long start = sealed.getLong(trailer + SiteFormat.INDEX);
        if (start >= 0 && start <= trailer) {
            CRC32 checksum = new CRC32();
            checksum.update(site, (int) start, trailer + SiteFormat.CHECKSUM - (int) start);
            sealed.putInt(trailer + SiteFormat.CHECKSUM, (int) checksum.getValue());
        }
        return site;
    }

    /** SECURITY: whatever an index says, a page has no byte of the memory around the site: what is asked for there is refused. */
    private static void assertReadsNothingOutside(byte[] site) {
        ByteBuffer around = ByteBuffer.allocateDirect(site.length + 2 * SiteFormat.TRAILER).put(SiteFormat.TRAILER, site);
        try {
            Site read = new Site(SiteMemory.of(around.slice(SiteFormat.TRAILER, site.length)));
            for (int page = 0; page < Math.min(read.size(), KeptPages.SLOTS); page++) {
                Page found = read.page(page);
                if (found != null) {
                    found.representations().forEach(one -> assertTrue(one.length() <= site.length));
                }
            }
        } catch (RuntimeException | StackOverflowError e) {
            // As good as any other end: pages may be those in Markdown of each other.
            return;
        }
    }

    private static String answers(Site site) {
        StringBuilder answers = new StringBuilder();
        for (String path : PATHS) {
            Page page = site.page(path);
            answers.append(path).append(page == null ? " none" : " " + page.status() + page.location() + page.fieldLines());
        }
        site.rules().forEach(rule -> answers.append(rule.status()).append(rule.pattern().destination("/from/x/y", null)));
        return answers + site.root() + site.endpoints() + site.address() + site.recipe() + site.lastModifiedField() + site.entries() + site.size();
    }

    private static ByteBuffer bytes(byte[] site) {
        return ByteBuffer.wrap(site).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer direct(byte[] site) {
        return ByteBuffer.allocateDirect(site.length).put(site).flip();
    }
}
