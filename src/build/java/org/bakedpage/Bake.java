package org.bakedpage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.util.ZstdVersion;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.bakedpage.bake.Progress;
import org.bakedpage.bake.SiteFile;
import org.bakedpage.bake.SiteFolder;
import org.bakedpage.bake.SiteReport;
import org.bakedpage.build.BuildConfig;
import org.bakedpage.build.BuildFailure;
import org.bakedpage.build.GeneratingExtensions;
import org.bakedpage.build.KubernetesSettings;
import org.bakedpage.build.LayerCoding;

/**
 * The build step that makes of a site's files all that is ever sent, so that no compressor is part of the program. Run by Maven on
 * the class path of the build.
 */
public final class Bake implements SiteBuilder.Encoder {

    /** A coding must save this part of the content, or it is not worth its time at the client. */
    private static final double MIN_SAVING = 0.05;

    /** What is tried first: content that gzip does not make smaller here is compressed already. */
    private static final int SAMPLE_BYTES = 64 << 10;

    /** A larger file is sent as it is: an encoder makes arrays of its size, and several files are made side by side. */
    private static final int MAX_BYTES = 128 << 20;

    private static final int BROTLI_QUALITY = 11;

    /** The highest whose window is within the 8 MiB that a client must support, RFC 9659. */
    private static final int ZSTD_LEVEL = 19;

    private static final int CONVERTER_PRIORITY = 200;

    private static final String VARIABLES = "quarkus.kubernetes.env.vars.";

    /** Of what a content's codings depend on but the content. */
    private static final int RECIPE = Objects.hash(MIN_SAVING, SAMPLE_BYTES, MAX_BYTES, BROTLI_QUALITY, ZSTD_LEVEL,
            ZstdVersion.VERSION,
            Encoder.class.getProtectionDomain().getCodeSource().getLocation().getPath().replaceFirst(".*/", ""));

    private final Map<String, Page> previous;
    private final Progress progress;

    private Bake(Map<String, Page> previous, SiteFolder folder) {
        this.previous = previous;
        this.progress = new Progress(folder.files().size(), folder.files().stream().mapToLong(SiteFile::length).sum(), System::nanoTime,
                Bake::tell);
    }

    /**
     * @param arguments the folder of the compiled classes, which gets the baked site; the project's; and that of what is built, which
     *        gets the report
     */
    public static void main(String... arguments) throws IOException {
        try {
            bake(arguments);
        } catch (InvalidPathException e) {
            throw notBaked(e.getInput() + ": the locale has no such characters: set LC_ALL=C.UTF-8");
        } catch (IllegalArgumentException | NoSuchElementException | ConfigValidationException e) {
            throw notBaked(BuildFailure.text(e));
        } catch (OutOfMemoryError e) {
            throw notBaked("a heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB is too small for the largest file: "
                    + "give Maven more, as MAVEN_OPTS=-Xmx3g, or leave the file out");
        }
    }

    /** In one line, but for the refused lines of a rules file: each begins with its name. Maven prints an exception's message twice. */
    private static BuildFailure notBaked(String reason) {
        reason.replaceAll("\\s+(?!_)", " ").lines().forEach(Bake::tell);
        return new BuildFailure("the site is not baked, for the reason above");
    }

    private static void bake(String... arguments) throws IOException {
        Path classes = Path.of(arguments[0]);
        Path project = Path.of(arguments[1]);
        List<Path> generated = GeneratingExtensions.files(Path.of(arguments[2]));
        if (generated == null) {
            // It is baked when Quarkus has made them.
            return;
        }
        SiteSettings.check(BuildConfig.builder(classes).build());
        SmallRyeConfig config = BuildConfig.builder(classes).withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
                .withMapping(SiteConfig.class).withCustomizers(new UnknownSettings()).build();
        KubernetesSettings.check(key -> config.getOptionalValue(key, String.class));
        checkVariables(config);
        // Publish reads it only when Jib has pushed.
        LayerCoding.of(config.getOptionalValue(LayerCoding.KEY, String.class));
        SiteConfig site = config.getConfigMapping(SiteConfig.class);
        deleteCopies(classes.resolve(SiteFolder.RESOURCES));
        Path file = classes.resolve(SiteResource.NAME);
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.createDirectories(file.getParent());
        SiteFolder folder = SiteBuilder.folder(project, site, generated);
        Instant lastModified = BuildTime.of(site.lastModified().orElse(null), System.getProperty(BuildTime.OUTPUT_TIMESTAMP),
                System.getenv(BuildTime.SOURCE_DATE_EPOCH), SiteFolder.source(project, site.directory()), folder.hasOthers());
        SiteBuilder.Settings settings = SiteBuilder.Settings.of(config, new Bake(previous(file), folder));
        SiteBuilder builder = new SiteBuilder(settings, folder, site.previous().isEmpty() ? SiteBuilder.Previous.NONE
                : PreviousRelease.of(site.previous().get(), project, classes, Path.of(arguments[2])));
        SiteReport report;
        try (FileChannel out = FileChannel.open(unfinished, CREATE, TRUNCATE_EXISTING, WRITE)) {
            report = builder.write(out, lastModified, RECIPE);
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(Path.of(arguments[2]).resolve("site.json"), report.json());
        report.lines().forEach(Bake::tell);
        SiteSettings.notKept(config).forEach(Bake::tell);
    }

    /** Those that the manifest gives the server, as the server would at its start. */
    private static void checkVariables(SmallRyeConfig config) {
        Map<String, String> variables = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            String value = name.startsWith(VARIABLES) ? config.getConfigValue(name).getValue() : null;
            // Of other variables the cluster makes it.
            if (value != null && !value.contains("$(")) {
                variables.put(Setting.variable(name.substring(VARIABLES.length()).replace("\"", "")), value);
            }
        }
        Environment start = new Environment(variables, Map.of(), true);
        if (start.error() != null) {
            throw new IllegalArgumentException("the server would not start with what " + VARIABLES + "* says: " + start.error());
        }
        start.warnings().forEach(line -> tell(VARIABLES + line));
    }

    /** SECURITY: dev mode leaves copies of all that is in the folder, secrets too, and Quarkus would put them into its jar. */
    private static void deleteCopies(Path copies) throws IOException {
        if (Files.isDirectory(copies)) {
            Files.walkFileTree(copies, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    private static void tell(String line) {
        System.out.println("[site] " + line);
    }

    /** What the last build baked, by the ETag of the identity: most files are the same in most builds. */
    private static Map<String, Page> previous(Path file) {
        Map<String, Page> pages = new HashMap<>();
        if (Files.exists(file)) {
            try {
                Site site = new Site(SiteMemory.of(file));
                for (int i = 0; site.recipe() == RECIPE && i < site.size(); i++) {
                    Page page = site.page(i);
                    if (page != null && page.identity() != null) {
                        pages.put(page.identity().etag().toString(), page);
                    }
                }
            } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
                // Of another version of this class: all is baked anew.
                pages.clear();
            }
        }
        return pages;
    }

    private static Representation representation(Coding coding, byte[] content) {
        return new Representation(coding, ByteBuffer.wrap(content), Representation.etag(content));
    }

    @Override
    public List<Representation> representations(String path, byte[] content) {
        List<Representation> representations = encode(path, content);
        progress.add(content.length);
        return representations;
    }

    private List<Representation> encode(String path, byte[] content) {
        Representation identity = representation(Coding.IDENTITY, content);
        Page known = previous.get(identity.etag().toString());
        if (known != null) {
            return known.representations();
        }
        List<Representation> representations = new ArrayList<>(List.of(identity));
        try {
            byte[] sample = Arrays.copyOf(content, Math.min(content.length, SAMPLE_BYTES));
            if (content.length <= MAX_BYTES && isWorthIt(gzip(sample), sample)) {
                for (Coding coding : Coding.values()) {
                    byte[] encoded = encode(coding, content);
                    if (isWorthIt(encoded, content)) {
                        representations.add(representation(coding, encoded));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compress " + path, e);
        }
        return representations;
    }

    private static boolean isWorthIt(byte[] encoded, byte[] content) {
        return encoded.length <= content.length * (1 - MIN_SAVING);
    }

    private static byte[] encode(Coding coding, byte[] content) throws IOException {
        return switch (coding) {
            case IDENTITY -> content;
            case GZIP -> gzip(content);
            case ZSTD -> Zstd.compress(content, ZSTD_LEVEL);
            case BROTLI -> {
                Brotli4jLoader.ensureAvailability();
                yield Encoder.compress(content, new Encoder.Parameters().setQuality(BROTLI_QUALITY));
            }
        };
    }

    private static byte[] gzip(byte[] content) throws IOException {
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
}
