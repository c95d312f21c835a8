package org.bakedpage;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The Dockerfile at the root, on a stand-in for its builder. With -Droot-dockerfile=whole that is a Debian with a JDK 25, in
 * which the toolchain and the executable are made; without, the layers are all that is tested: nothing is compiled to native.
 */
@EnabledIf(value = "org.bakedpage.Containers#isPodman", disabledReason = Containers.SKIPPED)
class RootDockerfileIT {

    private static final String IMAGE = "web-server-it-root";
    private static final String BUILT = "web-server: building the executable";
    private static final String CACHED = "web-server: executable from the cache";
    private static final String REUSED = "--> Using cache";

    private static Containers containers;
    private static BuilderImage builder;
    private static ProjectCopy project;
    private static String first;

    @BeforeAll
    static void build_from_a_bare_checkout() throws IOException {
        containers = new Containers();
        builder = "whole".equals(System.getProperty("root-dockerfile"))
                ? BuilderImage.debian(containers) : BuilderImage.ofThisMachine(containers);
        project = new ProjectCopy();
        // It is not there where the executable is made.
        Files.writeString(project.path().resolve("src/main/resources/application.properties"), "\nsite.fallback=index.html\n", APPEND);
        first = build();
    }

    @AfterAll
    static void clean_up() {
        if (containers != null) {
            containers.close();
        }
        if (builder != null) {
            builder.close();
        }
        if (project != null) {
            project.close();
        }
    }

    @Test
    void an_edited_page_takes_the_executable_of_the_layer_before() throws IOException {
        assertEquals(1, first.split(BUILT, -1).length - 1, first);
        assertTrue(first.contains(CACHED), first);
        assertArrayEquals(Files.readAllBytes(Containers.PAGE), page());

        Path index = project.pages().resolve("index.html");
        Files.writeString(index, "<!doctype html><title>edited</title>");
        assertOnlyPagesAreBuilt(build());
        assertArrayEquals(Files.readAllBytes(index), page());
    }

    @Test
    void a_folder_outside_is_baked_in_place_of_the_pages() throws IOException {
        try (Folder site = new Folder("a site")) {
            site.write("index.html", "from outside");
            Files.createDirectory(site.path().resolve("a folder"));
            site.write("a folder/index.html", "a folder's");
            site.write("about.html", "about");
            assertOnlyPagesAreBuilt(build("--build-context", "site=" + site.path(), "--build-arg", "MAVEN_ARGS=-Dsite.clean-urls=true"));
            Container container = containers.start("--publish", "127.0.0.1::80", IMAGE);
            assertEquals("from outside", new String(container.firstPage(80)));
            Browser browser = new Browser();
            assertEquals("a folder's", new String(browser.get(container.address(80).resolve("a%20folder/")).body()));
            assertEquals(308, browser.get(container.address(80).resolve("about.html")).statusCode(), "a setting of the build");
            assertEquals(404, browser.get(container.address(80).resolve("favicon.svg")).statusCode(), "of the project's pages");
        }
    }

    private static String build(String... options) {
        List<String> words = new ArrayList<>(builder.options());
        words.addAll(List.of(options));
        return containers.build(project.path(), "Dockerfile", IMAGE, words.toArray(String[]::new));
    }

    /** As the image is run by README's quick start. */
    private static byte[] page() {
        Container container = containers.start("--publish", "127.0.0.1::80", IMAGE);
        byte[] page = container.firstPage(80);
        assertEquals(new Command.Result(0, "", ""), container.health());
        assertEquals("", container.logs().err());
        return page;
    }

    private static void assertOnlyPagesAreBuilt(String console) {
        assertFalse(console.contains(BUILT), console);
        assertTrue(console.contains(CACHED), console);
        // The step before the pages are copied.
        assertTrue(console.matches("(?s).*-Dsite\\.fallback=\\s+" + REUSED + ".*"), console);
    }
}
