package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpResponseStatus;
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
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.bakedpage.bake.CleanUrls;
import org.bakedpage.bake.LeaveOut;
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

    /** The project's folder: a system property that the build sets for dev mode. */
    static final String PROJECT = "web-server.project";

    private static final Logger LOG = Logger.getLogger(DevSite.class);
    private static final String STYLESHEET = ".css";
    /** To look at the files of a large site again and again takes a tenth of a processor at most. */
    private static final int PAUSE_FACTOR = 9;
    private static final Duration MIN_PAUSE = Duration.ofMillis(100);

    private static volatile DevSite current;
    /** When the last look at the files began, by {@link System#nanoTime}. */
    private static long looked;
    private static volatile Duration pause = MIN_PAUSE;

    private final Map<Path, Stamp> stamps;
    private final String version;
    private final Baked baked;
    /** The version before, and whether only stylesheets have changed since. */
    private final String previous;
    private final boolean onlyStyles;
    private final boolean newSettings;

    private record Stamp(FileTime time, long length) {
    }

    /** @param report as HTML, which few ask for */
    private record Baked(Site site, Supplier<String> report, Map<String, DevEncoder.Kept> kept) {
    }

    private DevSite(Map<Path, Stamp> stamps, DevSite before) {
        this.stamps = stamps;
        this.version = Integer.toHexString(stamps.hashCode());
        this.baked = build(version, before == null ? Map.of() : before.baked.kept);
        this.previous = before == null ? null : before.version;
        Set<Path> changed = before == null ? Set.of() : changed(before.stamps, stamps);
        this.onlyStyles = before != null && changed.stream().allMatch(file -> file.toString().endsWith(STYLESHEET));
        this.newSettings = changed.contains(settings());
    }

    /**
     * The site as its files were at this time, or later. All who wait while another looks share the next look. Takes as long as a
     * walk or a bake: not for an event loop.
     *
     * @param asked by {@link System#nanoTime}
     */
    static synchronized DevSite asOf(long asked) {
        if (current == null || asked - looked > 0) {
            long start = System.nanoTime();
            Map<Path, Stamp> stamps = stamps();
            Duration walk = Duration.ofNanos(System.nanoTime() - start).multipliedBy(PAUSE_FACTOR);
            pause = walk.compareTo(MIN_PAUSE) > 0 ? walk : MIN_PAUSE;
            if (current == null || !current.stamps.equals(stamps)) {
                current = new DevSite(stamps, current);
            }
            looked = start;
        }
        return current;
    }

    /** As of the last look. */
    static DevSite current() {
        return current;
    }

    /** Between two looks at the files. */
    static Duration pause() {
        return pause;
    }

    Site site() {
        return baked.site;
    }

    /** A page that tells what is baked, and hears of changes itself. */
    String report() {
        return baked.report.get() + script(version);
    }

    /** What has changed since that version: "page" or "css"; null for nothing. */
    String changeSince(String other) {
        return other.equals(version) ? null : onlyStyles && other.equals(previous) ? "css" : "page";
    }

    String version() {
        return version;
    }

    /** Whether Quarkus is to start anew for what has changed. */
    boolean hasNewSettings() {
        return newSettings;
    }

    /** Where it is told what is baked, and where scripts of a page hear of changes, below quarkus.http.root-path. */
    static String path() {
        return NonApplicationRoot.inDevMode(DevSite::setting) + "/web-server/";
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
                settings())) {
            try {
                Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                        // A link that leaves the folder may lead to all that there is.
                        boolean leaves = Files.isSymbolicLink(folder) && !folder.toRealPath().startsWith(root.toRealPath());
                        return folder.equals(root) || isOfTheSite(folder, true) && !leaves ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (isOfTheSite(file, false)) {
                            stamps.put(file, new Stamp(attributes.lastModifiedTime(), attributes.size()));
                        }
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

    /** An editor writes files of its own while one types. */
    private static boolean isOfTheSite(Path file, boolean folder) {
        return LeaveOut.reason(file.getFileName().toString(), folder) == null;
    }

    /** Its content is in a file without a name, so that a large site needs no memory. */
    private static Baked build(String version, Map<String, DevEncoder.Kept> before) {
        SmallRyeConfig config = config();
        String root = SiteBuilder.Settings.root(config);
        try {
            SiteSettings.check(config);
            Path file = Files.createTempFile("site", null);
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
                DevEncoder encoder = new DevEncoder(script(version), before, new ConcurrentHashMap<>());
                SiteBuilder.Settings settings = SiteBuilder.Settings.of(config, encoder);
                SiteFolder folder = SiteBuilder.folder(project(), settings.site(), List.of());
                SiteReport report = new SiteBuilder(settings, folder, SiteBuilder.Previous.NONE).write(out, Instant.now(), 0);
                SiteMemory memory = SiteMemory.of(file);
                return new Baked(new Site(memory, System.getenv()), () -> SiteHtml.of(report, root),
                        encoder.kept(folder.files(), memory));
            } finally {
                Files.delete(file);
            }
        } catch (IllegalArgumentException e) {
            LOG.error(e.getMessage());
            String html = SiteHtml.of(e.getMessage());
            Page page = new Page("text/html;charset=utf-8", DevEncoder.UNCACHED,
                    List.of(Representation.of(Coding.IDENTITY, (html + script(version)).getBytes(UTF_8))));
            Map<String, Page> pages = Map.of("/index.html", page.withStatus(HttpResponseStatus.INTERNAL_SERVER_ERROR.code()),
                    CleanUrls.NOT_FOUND, page);
            return new Baked(SiteWriter.site(pages, null, Instant.now()), () -> html, before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String script(String version) {
        String root = Location.encodePath(SiteBuilder.Settings.root(config()));
        return "\n<script src=\"" + root + path() + "reload.js?" + version + "\"></script>\n";
    }

    private static Path settings() {
        return project().resolve("src/main/resources/application.properties");
    }

    private static Path project() {
        return Path.of(System.getProperty(PROJECT));
    }

    private static SmallRyeConfig config() {
        return ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
    }

    private static Optional<String> setting(String key) {
        return config().getOptionalValue(key, String.class);
    }
}
