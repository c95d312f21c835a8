package org.bakedpage.bake;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.bakedpage.Location;

/**
 * The files of a site, of several roots laid over each other: the first has the say at each path, be it that it has a file
 * there or a folder. What is not served is listed with the reason; nothing is lost without a word.
 */
public final class SiteFolder {

    /** Read by the build, and not served: of the first root that has it, in its topmost folder. */
    public static final String REDIRECTS = "/" + Redirects.NAME;
    public static final String HEADERS = "/" + HeaderRules.NAME;

    /** Where pages are in what is on the class path. */
    public static final String RESOURCES = "META-INF/resources";

    /** RFC 9112 section 3 has every recipient take request lines of 8,000 bytes; the rest is for method and version. */
    private static final int MAX_URL = 8000 - "OPTIONS  HTTP/1.1".length();

    /** What robots.txt names, sitemaps.org: search engines take it compressed. */
    private static final Pattern SITEMAP = Pattern.compile(".*/sitemap[^/]*\\.xml\\.gz");

    private final TreeMap<String, SiteFile> files = new TreeMap<>();
    private final SortedMap<String, LeftOut> leftOut = new TreeMap<>();
    private final Map<String, SiteFile> rules = new HashMap<>();
    private boolean hasOthers;

    private SiteFolder() {
    }

    /**
     * Where the pages are edited.
     *
     * @param directory {@code site.directory}, from the project's folder on
     * @throws IllegalArgumentException if that is no folder
     */
    public static Path source(Path project, Optional<String> directory) {
        Path source = path(project, directory);
        if (directory.isPresent() && !Files.isDirectory(source)) {
            throw new IllegalArgumentException("site.directory=" + directory.get() + " is not a folder");
        }
        return source;
    }

    /** The same, be there a folder or not. */
    public static Path path(Path project, Optional<String> directory) {
        return project.resolve(directory.orElse("src/main/resources/" + RESOURCES));
    }

    /**
     * The further roots that a class path has: each is a folder, or an archive with META-INF/resources in it.
     *
     * @param project whose own classes are none: dev mode leaves copies of pages there, which outlive those
     */
    public static List<Path> classPath(ClassLoader loader, Path project) {
        List<Path> roots = new ArrayList<>();
        try {
            for (URL url : Collections.list(loader.getResources(RESOURCES))) {
                String text = url.toString();
                int archive = text.startsWith("jar:file:") ? text.indexOf("!/") : -1;
                roots.add(Path.of(archive < 0 ? url.toURI() : URI.create(text.substring("jar:".length(), archive))));
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalArgumentException("cannot find " + RESOURCES + " on the class path: " + e.getMessage(), e);
        }
        roots.removeIf(root -> root.toAbsolutePath().startsWith(project.toAbsolutePath()));
        return roots;
    }

    /**
     * @param source ahead of all others; may be absent
     * @param others folders, or archives with META-INF/resources in them
     * @throws IllegalArgumentException in one line, for what cannot be read and for a name that is not UTF-8
     */
    public static SiteFolder of(Path source, List<Path> others) {
        SiteFolder site = new SiteFolder();
        if (Files.isDirectory(source)) {
            site.addFolder(source);
        }
        Set<String> own = Set.copyOf(site.files.keySet());
        for (Path root : others) {
            if (Files.isDirectory(root)) {
                site.addFolder(root);
            } else {
                site.addArchive(root);
            }
        }
        site.leaveOutCodings();
        site.hasOthers = !own.containsAll(site.files.keySet());
        return site;
    }

    /** Whether there are files beside those of the source. */
    public boolean hasOthers() {
        return hasOthers;
    }

    /** Sorted by path. */
    public List<SiteFile> files() {
        return List.copyOf(files.values());
    }

    /** Sorted by path. */
    public List<LeftOut> leftOut() {
        return List.copyOf(leftOut.values());
    }

    /** @param path {@link #REDIRECTS} or {@link #HEADERS} */
    public Optional<SiteFile> rules(String path) {
        return Optional.ofNullable(rules.get(path));
    }

    public List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        Map<String, String> lowerCase = new HashMap<>();
        for (String path : files.keySet()) {
            String twin = lowerCase.putIfAbsent(path.toLowerCase(Locale.ROOT), path);
            if (twin != null) {
                warnings.add(new Warning(path, 0, "differs from " + twin + " by case alone: on Windows and macOS one is lost"));
            }
            if (!Normalizer.isNormalized(path, Normalizer.Form.NFC)) {
                warnings.add(new Warning(path, 0, "its name is not in Unicode's form NFC: a link typed on a keyboard does not lead to it"));
            }
            if (path.indexOf('\\') >= 0) {
                warnings.add(new Warning(path, 0, "its name has a backslash, which browsers read as a slash: was it unpacked "
                        + "from an archive of Windows?"));
            }
            if (Location.encodePath(path).length() > MAX_URL) {
                warnings.add(new Warning(path, 0, "its URL has more than " + MAX_URL + " bytes: no request can name it"));
            }
        }
        return warnings;
    }

    private void addArchive(Path archive) {
        try (FileSystem entries = FileSystems.newFileSystem(archive)) {
            Path root = entries.getPath("/" + RESOURCES);
            if (Files.isDirectory(root)) {
                addFolder(root);
            }
        } catch (IOException e) {
            throw SiteFile.cannotRead(archive.toString(), e);
        }
    }

    private void addFolder(Path root) {
        SiteRoot found = new SiteRoot(root);
        found.leftOut().forEach(left -> leftOut.putIfAbsent(left.path(), left));
        // Looked at before any is added: within one root no two files are at odds.
        found.files().removeIf(file -> isTaken(file.path()));
        for (SiteFile file : found.files()) {
            if (file.path().equals(REDIRECTS) || file.path().equals(HEADERS)) {
                rules.putIfAbsent(file.path(), file);
                leftOut.putIfAbsent(file.path(), new LeftOut(file.path(), "rules, which are followed and not served"));
            } else {
                files.put(file.path(), file);
            }
        }
    }

    /** Generators write them for servers that do not compress. */
    private void leaveOutCodings() {
        for (String path : List.copyOf(files.keySet())) {
            String original = CodedName.original(path);
            if (original != null && !SITEMAP.matcher(path).matches() && (files.containsKey(original) || leftOut.containsKey(original))) {
                files.remove(path);
                leftOut.put(path, new LeftOut(path, "a coding of " + original + ", which the build compresses itself"));
            }
        }
    }

    private boolean isTaken(String path) {
        if (files.containsKey(path)) {
            return true;
        }
        String above = path;
        while (above.lastIndexOf('/') > 0) {
            above = above.substring(0, above.lastIndexOf('/'));
            if (files.containsKey(above)) {
                leftOut.putIfAbsent(path, new LeftOut(path, "a root ahead of its own has the file " + above));
                return true;
            }
        }
        String below = files.ceilingKey(path + "/");
        if (below == null || !below.startsWith(path + "/")) {
            return false;
        }
        leftOut.putIfAbsent(path, new LeftOut(path, "a root ahead of its own has the folder " + path + "/"));
        return true;
    }
}
