package org.bakedpage;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The build step that makes of the files under META-INF/resources all that is ever sent, so that no compressor is part
 * of the program. Run by Maven on the class path of the build.
 */
public final class Bake {

    /** A coding must save this part of the content, or it is not worth its time at the client. */
    private static final double MIN_SAVING = 0.05;

    /** What is tried first: content that gzip does not make smaller here is compressed already. */
    private static final int SAMPLE_BYTES = 64 << 10;

    private static final int BROTLI_QUALITY = 11;

    /** The highest whose window is within the 8 MiB that a client must support, RFC 9659. */
    private static final int ZSTD_LEVEL = 19;

    private static final int CONVERTER_PRIORITY = 200;

    private final Map<String, Page> previous;

    private Bake(Map<String, Page> previous) {
        this.previous = previous;
    }

    /**
     * @param arguments the folder of the compiled classes, which gets the baked site; and the project's
     */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        SiteConfig config = config(folder.resolve("application.properties"));
        Instant lastModified = BuildTime.of(config.lastModified().orElse(null),
                System.getProperty(BuildTime.OUTPUT_TIMESTAMP), System.getenv(BuildTime.SOURCE_DATE_EPOCH), Path.of(arguments[1]));
        Path file = folder.resolve(Site.BAKED_FILE);
        Bake bake = new Bake(previous(file));
        Site site = bake.site(PageFiles.read(path -> true), config, lastModified);
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
            site.write(out);
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static SiteConfig config(Path properties) throws IOException {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultInterceptors().addDefaultSources()
                .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter());
        if (Files.exists(properties)) {
            builder.withSources(new PropertiesConfigSource(properties.toUri().toURL()));
        }
        SmallRyeConfig config = builder.withMapping(SiteConfig.class).build();
        return config.getConfigMapping(SiteConfig.class);
    }

    /** What the last build baked, by the ETag of the identity: most files are the same in most builds. */
    private static Map<String, Page> previous(Path file) {
        Map<String, Page> pages = new HashMap<>();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                Site.read(in).files().values().forEach(page -> pages.put(page.identity().etag().toString(), page));
            } catch (IOException e) {
                // Of another version of this class: all is baked anew.
                pages.clear();
            }
        }
        return pages;
    }

    private Site site(SortedMap<String, byte[]> contents, SiteConfig config, Instant lastModified) {
        CachePolicy policy = new CachePolicy(config.cache());
        SortedMap<String, Page> pages = new ConcurrentSkipListMap<>();
        contents.entrySet().parallelStream().forEach(file -> {
            String contentType = PageFiles.contentType(file.getKey());
            pages.put(file.getKey(), new Page(contentType, policy.of(file.getKey(), contentType),
                    representations(file.getKey(), file.getValue())));
        });
        String fallback = config.fallback().map(name -> name.startsWith("/") ? name : "/" + name).orElse(null);
        if (fallback != null && !pages.containsKey(fallback)) {
            throw new IllegalArgumentException("site.fallback=" + config.fallback().get() + " names no page");
        }
        return new Site(pages, fallback, lastModified);
    }

    private List<Representation> representations(String path, byte[] content) {
        Representation identity = new Representation(Coding.IDENTITY, content);
        Page known = previous.get(identity.etag().toString());
        if (known != null) {
            return known.representations();
        }
        List<Representation> representations = new ArrayList<>(List.of(identity));
        try {
            byte[] sample = Arrays.copyOf(content, Math.min(content.length, SAMPLE_BYTES));
            if (isWorthIt(gzip(sample), sample)) {
                for (Coding coding : Coding.values()) {
                    byte[] encoded = encode(coding, content);
                    if (isWorthIt(encoded, content)) {
                        representations.add(new Representation(coding, encoded));
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
