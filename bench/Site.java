import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The files that every contender serves: the project's own, and some of known sizes, the same in every run. */
final class Site {

    static final Path OWN_PAGES = Path.of("src/main/resources/META-INF/resources");

    /** The project's files and those of known sizes: what is baked. */
    static final Path ALL_PAGES = Path.of("target/bench/site");

    /** The same, with a .gz beside each file that compresses, for the servers that look for one. */
    static final Path WITH_GZ = Path.of("target/bench/site-gz");

    private static final long SEED = 20_250_101;
    private static final Instant LAST_MODIFIED = Instant.parse("2025-01-01T00:00:00Z");
    private static final List<String> WORDS = List.of("the", "of", "and", "to", "in", "that", "was", "his", "with", "page",
            "server", "answer", "request", "image", "executable", "memory", "kernel", "network", "release", "measure");

    private Site() {
    }

    static void write() throws IOException {
        Random random = new Random(SEED);
        for (Path folder : List.of(ALL_PAGES, WITH_GZ)) {
            Files.createDirectories(folder);
        }
        try (var own = Files.list(OWN_PAGES)) {
            for (Path file : own.filter(Files::isRegularFile).toList()) {
                add(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        add("1k.html", text(random, 1_000));
        add("10k.html", text(random, 10_000));
        add("100k.html", text(random, 100_000));
        byte[] incompressible = new byte[1_000_000];
        random.nextBytes(incompressible);
        add("1m.bin", incompressible);
    }

    /** Instead of the project's own. */
    static void writePage(byte[] content) throws IOException {
        add("index.html", content);
    }

    static byte[] content(String path) throws IOException {
        return Files.readAllBytes(ALL_PAGES.resolve(path.equals("/") ? "index.html" : path.substring(1)));
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static void add(String name, byte[] content) throws IOException {
        write(ALL_PAGES.resolve(name), content);
        write(WITH_GZ.resolve(name), content);
        byte[] compressed = gzip(content);
        if (compressed.length < content.length) {
            write(WITH_GZ.resolve(name + ".gz"), compressed);
        }
    }

    /** Renamed last, with a fixed time: an interrupted run leaves no half of a file, and nothing is built twice. */
    private static void write(Path file, byte[] content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.write(unfinished, content);
        Files.setLastModifiedTime(unfinished, FileTime.from(LAST_MODIFIED));
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Half words, half letters and digits at random: gzip makes about a half of it, as of real pages. */
    private static byte[] text(Random random, int length) {
        StringBuilder html = new StringBuilder("<!doctype html><title>text</title><p>\n");
        while (html.length() < length) {
            html.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
            if (random.nextInt(3) == 0) {
                html.append(Long.toString(random.nextLong(1L << 40), Character.MAX_RADIX)).append('\n');
            }
        }
        return html.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }
}
