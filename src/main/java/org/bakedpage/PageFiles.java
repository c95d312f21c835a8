package org.bakedpage;

import io.quarkus.runtime.util.ClassPathUtils;
import io.vertx.core.http.impl.MimeMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files under META-INF/resources as they are edited: what is baked, and what dev mode shows. */
final class PageFiles {

    private static final String CANNOT_READ = "cannot read the page ";
    private static final String ROOT = "META-INF/resources";

    /** The project's folder: a system property that the build sets for dev mode. */
    static final String PROJECT = "web-server.project";

    /** Media types that are text without saying so get a charset too, RFC 9110 section 8.3.2. */
    private static final Set<String> TEXT = Set.of("application/javascript", "application/json", "application/xml",
            "application/xhtml+xml", "application/manifest+json", "image/svg+xml");

    private final SortedMap<String, File> files = new TreeMap<>();
    private final Predicate<String> wanted;

    private PageFiles(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    /**
     * @param path with its leading slash
     * @param file from which it is read; null where it is in an archive, and read already
     */
    record File(String path, Path file, byte[] archived) {

        /** In bytes. */
        long length() {
            try {
                return file == null ? archived.length : Files.size(file);
            } catch (IOException e) {
                throw new UncheckedIOException(CANNOT_READ + file, e);
            }
        }

        byte[] content() {
            try {
                return file == null ? archived : Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException(CANNOT_READ + file, e);
            }
        }
    }

    /**
     * Where the pages are edited.
     *
     * @param directory {@code site.directory}
     * @throws IllegalArgumentException if that is no folder
     */
    static Path source(String project, Optional<String> directory) {
        Path source = Path.of(project).resolve(directory.orElse("src/main/resources/" + ROOT));
        if (directory.isPresent() && !Files.isDirectory(source)) {
            throw new IllegalArgumentException("site.directory=" + directory.get() + " is not a folder");
        }
        return source;
    }

    /**
     * Sorted by path.
     *
     * @param source the folder that is ahead of the class path
     */
    static List<File> list(Path source, Predicate<String> wanted) {
        PageFiles files = new PageFiles(wanted);
        if (Files.isDirectory(source)) {
            files.addAll(source);
        }
        try {
            ClassPathUtils.consumeAsPaths(PageFiles.class.getClassLoader(), ROOT, files::addAll);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find " + ROOT + " on the class path", e);
        }
        return List.copyOf(files.files.values());
    }

    static String contentType(String path) {
        String type = MimeMapping.getMimeTypeForFilename(path);
        if (type == null) {
            return "application/octet-stream";
        }
        return type.startsWith("text/") || TEXT.contains(type) ? type + ";charset=utf-8" : type;
    }

    private void addAll(Path root) {
        try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            paths.filter(Files::isRegularFile).forEach(file -> add(root, file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the pages in " + root, e);
        }
    }

    /** The first wins, as on every class path: the site's own file before one of a dependency. */
    private void add(Path root, Path file) {
        String path = "/" + ClassPathUtils.toResourceName(root.relativize(file));
        if (path.indexOf('\uFFFD') >= 0) {
            throw new IllegalArgumentException("the name of " + file + " cannot be read in this locale: set LC_ALL=C.UTF-8");
        }
        if (wanted.test(path) && !files.containsKey(path)) {
            File added = new File(path, file, null);
            files.put(path, file.getFileSystem() == FileSystems.getDefault() ? added : new File(path, null, added.content()));
        }
    }
}
