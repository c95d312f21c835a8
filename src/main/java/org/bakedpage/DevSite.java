package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bakedpage.bake.CleanUrls;
import org.bakedpage.bake.SiteFolder;
import org.bakedpage.bake.SiteHtml;
import org.bakedpage.bake.SiteReport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * The site in dev mode: made anew by the classes that bake it whenever a file of it has changed, without compression and with
 * nothing kept by browsers. A file that stops the build is told in the log in one line and in every page.
 */
final class DevSite {

    /** Where it is told what is baked, and where scripts of a page hear of changes, below quarkus.http.root-path. */
    static final String PATH = "/q/web-server/";
    /** The project's folder: a system property that the build sets for dev mode. */
    static final String PROJECT = "web-server.project";

    private static final Logger LOG = Logger.getLogger(DevSite.class);
    private static final String STYLESHEET = ".css";
    private static final String UNCACHED = "no-store";

    private static DevSite current;

    private final Map<Path, Stamp> stamps;
    private final Baked baked;
    /** The one before, and whether only stylesheets have changed since. */
    private final String previous;
    private final boolean onlyStyles;

    private record Stamp(FileTime time, long length) {
    }

    /** @param report as HTML */
    private record Baked(Site site, String report) {
    }

    private DevSite(Map<Path, Stamp> stamps, DevSite before) {
        this.stamps = stamps;
        this.baked = build(version(stamps));
        this.previous = before == null ? null : version(before.stamps);
        this.onlyStyles = before != null && changed(before.stamps, stamps).stream().allMatch(file -> file.toString().endsWith(STYLESHEET));
    }

    /** As the files are now. */
    static synchronized Site site() {
        return now().baked.site;
    }

    /** A page that tells what is baked, and hears of changes itself. */
    static synchronized String report() {
        DevSite now = now();
        return now.baked.report + script(SiteBuilder.Settings.root(config()), version(now.stamps));
    }

    /** What has changed since that version: "page" or "css"; null for nothing. */
    static synchronized String changeSince(String version) {
        DevSite now = now();
        if (version(now.stamps).equals(version)) {
            return null;
        }
        return now.onlyStyles && now.previous.equals(version) ? "css" : "page";
    }

    static synchronized String version() {
        return version(now().stamps);
    }

    private static DevSite now() {
        Map<Path, Stamp> stamps = stamps();
        if (current == null || !current.stamps.equals(stamps)) {
            current = new DevSite(stamps, current);
        }
        return current;
    }

    private static String version(Map<Path, Stamp> stamps) {
        return Integer.toHexString(stamps.hashCode());
    }

    private static Set<Path> changed(Map<Path, Stamp> before, Map<Path, Stamp> now) {
        Set<Path> changed = new HashSet<>(before.keySet());
        changed.addAll(now.keySet());
        changed.removeIf(file -> now.get(file) != null && now.get(file).equals(before.get(file)));
        return changed;
    }

    private static Map<Path, Stamp> stamps() {
        Map<Path, Stamp> stamps = new HashMap<>();
        // A folder that a generator is just making anew is missing for a while, which the builder tells. The settings are what Quarkus
        // starts anew for, when it is asked for a page.
        for (Path root : List.of(SiteFolder.path(project(), config().getConfigMapping(SiteConfig.class).directory()),
                project().resolve("src/main/resources/application.properties"))) {
            try {
                Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        stamps.put(file, new Stamp(attributes.lastModifiedTime(), attributes.size()));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        // It is gone again, or a link leads to nowhere: what is right of it the builder says.
                        return FileVisitResult.CONTINUE;
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list the pages in " + root, e);
            }
        }
        return stamps;
    }

    /** Its content is in a file without a name, so that a large site needs no memory. */
    private static Baked build(String version) {
        SmallRyeConfig config = config();
        String root = SiteBuilder.Settings.root(config);
        try {
            Path file = Files.createTempFile("site", null);
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
                SiteBuilder.Settings settings = SiteBuilder.Settings.of(config, new Encoder(root, version));
                SiteReport report = new SiteBuilder(settings, SiteBuilder.folder(project(), settings.site()), SiteBuilder.Previous.NONE)
                        .write(out, Instant.now(), 0);
                return new Baked(new Site(SiteMemory.of(file), System.getenv()), SiteHtml.of(report, root));
            } finally {
                Files.delete(file);
            }
        } catch (IllegalArgumentException e) {
            LOG.error(e.getMessage());
            String html = SiteHtml.of(e.getMessage());
            Page page = new Page("text/html;charset=utf-8", UNCACHED,
                    List.of(Representation.of(Coding.IDENTITY, (html + script(root, version)).getBytes(UTF_8))));
            Map<String, Page> pages = Map.of("/index.html", page, CleanUrls.NOT_FOUND, page);
            return new Baked(SiteWriter.site(pages, "/index.html", Instant.now()), html);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A browser keeps nothing, and hears of changes. */
    private record Encoder(String root, String version) implements SiteBuilder.Encoder {

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
            byte[] script = script(root, version).getBytes(UTF_8);
            byte[] both = Arrays.copyOf(content, content.length + script.length);
            System.arraycopy(script, 0, both, content.length, script.length);
            return both;
        }
    }

    private static String script(String root, String version) {
        return "\n<script src=\"" + Location.encodePath(root) + PATH + "reload.js?" + version + "\"></script>\n";
    }

    private static Path project() {
        return Path.of(System.getProperty(PROJECT));
    }

    private static SmallRyeConfig config() {
        return ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
    }
}
