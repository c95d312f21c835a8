package org.bakedpage;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Every page by its path. A native executable is built with this class initialised, so its pages are part of the
 * executable, and neither the code that reads them nor a file system is needed when it runs. On a JVM they are read
 * once, at the start; in dev mode for each request, from where they are edited.
 */
final class Site {

    private static final String ROOT = "META-INF/resources";
    private static final String INDEX = "index.html";
    private static final String NOT_FOUND = "/404.html";

    /** Where the pages are edited: a system property that the build sets for dev mode. */
    private static final String SOURCE = "web-server.source";

    private static final boolean LIVE = LaunchMode.current() == LaunchMode.DEVELOPMENT;
    private static final Site BAKED = LIVE ? null : new Site(path -> true);

    private final Map<String, Page> pages = new HashMap<>();
    private final Page notFound;

    private Site(Predicate<String> wanted) {
        String source = System.getProperty(SOURCE);
        if (LIVE && source != null) {
            addAll(Path.of(source), wanted);
        }
        try {
            ClassPathUtils.consumeAsPaths(Site.class.getClassLoader(), ROOT, root -> addAll(root, wanted));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find " + ROOT + " on the class path", e);
        }
        notFound = pages.getOrDefault(NOT_FOUND, Page.ofText("404 Not Found\n"));
    }

    /** A site that knows this path, if it exists at all. */
    static Site with(String path) {
        return LIVE ? new Site(wanted -> wanted.equals(path) || wanted.equals(NOT_FOUND)) : BAKED;
    }

    /** The page at this path, which is decoded and without dot segments; null where there is none. */
    Page page(String path) {
        return pages.get(path);
    }

    /** What is sent with 404: the site's own {@code 404.html}, or one line of text. */
    Page notFound() {
        return notFound;
    }

    private void addAll(Path root, Predicate<String> wanted) {
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> add("/" + ClassPathUtils.toResourceName(root.relativize(file)), file, wanted));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the pages in " + root, e);
        }
    }

    /** The first on the class path wins, as it does for every other resource: the site's own before a dependency's. */
    private void add(String path, Path file, Predicate<String> wanted) {
        String directory = path.endsWith("/" + INDEX) ? path.substring(0, path.length() - INDEX.length()) : path;
        if (wanted.test(path) || wanted.test(directory)) {
            Page page = Page.of(file);
            pages.putIfAbsent(path, page);
            pages.putIfAbsent(directory, page);
        }
    }
}
