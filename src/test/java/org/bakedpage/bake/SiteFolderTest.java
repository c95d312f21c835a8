package org.bakedpage.bake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteFolderTest {

    @TempDir
    private Path temporary;

    private Path site(String... files) throws IOException {
        return folder("site", files);
    }

    private Path folder(String name, String... files) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve(name));
        for (String file : files) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, name);
        }
        return folder;
    }

    private Path archive(String name, String... entries) throws IOException {
        Path archive = temporary.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                if (!entry.endsWith("/")) {
                    zip.write(name.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return archive;
    }

    private static String paths(SiteFolder site) {
        return site.files().stream().map(SiteFile::path).collect(Collectors.joining(" "));
    }

    private static String contents(SiteFolder site) {
        return site.files().stream().map(file -> file.path() + "=" + new String(file.content(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(" "));
    }

    private static String reason(SiteFolder site, String path) {
        return site.leftOut().stream().filter(left -> left.path().equals(path)).map(LeftOut::reason).findFirst().orElse(null);
    }

    @Test
    void files_are_sorted_by_path() throws IOException {
        SiteFolder site = SiteFolder.of(site("b.html", "a/z.html", "a.html", "index.html"), List.of());
        assertEquals("/a.html /a/z.html /b.html /index.html", paths(site));
        assertEquals(4, site.files().get(0).length());
        assertArrayEquals("site".getBytes(StandardCharsets.UTF_8), site.files().get(0).content());
        assertEquals(List.of(), site.leftOut());
        assertEquals(List.of(), site.warnings());
    }

    @ParameterizedTest
    @CsvSource({ ".env, /.env, a dot file", ".htaccess, /.htaccess, a dot file", "a/.DS_Store, /a/.DS_Store, a dot file",
        ".git/config, /.git/, a dot folder", "a/.svn/entries, /a/.svn/, a dot folder", "..data/x, /..data/, a dot folder",
        ".well-known/.secret, /.well-known/.secret, a dot file", ".well-known/.git/config, /.well-known/.git/, a dot folder",
        "a/CVS/Root, /a/CVS/, a folder of version control", "index.html~, /index.html~, an editor's backup",
        "#index.html#, /#index.html#, an editor's backup", "a/Thumbs.db, /a/Thumbs.db, a desktop's own file",
        "desktop.ini, /desktop.ini, a desktop's own file", "__MACOSX/a.html, /__MACOSX/, a desktop's own file",
        "a/node_modules/b/c.js, /a/node_modules/, packages for a build: copy what the pages need to a folder of another name",
        "'Icon\r', /Icon\\u000d, a control character in its name", "'a\nb/c.html', /a\\u000ab/, a control character in its name",
        "'\u0085', /\\u0085, a control character in its name" })
    void what_is_not_of_a_site_is_left_out_with_a_word(String file, String path, String reason) throws IOException {
        SiteFolder site = SiteFolder.of(site(file, "index.html"), List.of());
        assertEquals("/index.html", paths(site));
        assertEquals(List.of(new LeftOut(path, reason)), site.leftOut());
    }

    /** robots.txt names it. */
    @Test
    void a_compressed_sitemap_stays() throws IOException {
        assertEquals("/docs/sitemap-0.xml /docs/sitemap-0.xml.gz /sitemap.xml /sitemap.xml.gz",
                paths(SiteFolder.of(site("sitemap.xml", "sitemap.xml.gz", "docs/sitemap-0.xml", "docs/sitemap-0.xml.gz"), List.of())));
    }

    @ParameterizedTest
    @CsvSource({ "a.js.br, a.js", "a.js.gz, a.js", "a.css.zst, a.css", "d/a.html.gz, d/a.html", "a.js.gz.br, a.js.gz" })
    void a_coding_of_a_file_is_left_out(String file, String original) throws IOException {
        SiteFolder site = SiteFolder.of(site(file, original), List.of());
        assertEquals("/" + original, paths(site));
        assertEquals("a coding of /" + original + ", which the build compresses itself", reason(site, "/" + file));
    }

    @ParameterizedTest
    @CsvSource({ "a.js.br, b.js", "a.tar.gz, a.tar", "a.gz, a.js", "a.zip, a", "d/a.gz, a" })
    void what_is_compressed_without_an_original_is_a_file(String file, String other) throws IOException {
        assertEquals(2, SiteFolder.of(site(file, other), List.of()).files().size());
    }

    @ParameterizedTest
    @CsvSource({ ".well-known/security.txt", "a/.well-known/x", "CVS", "node_modules", "a/cvs/x.html", "my#1#.html", "#", "a~b", "a b.html",
        "100%.html", "%41.html", "a?b.html", "caf\u00e9.html", "men\u00fc/\u6f22\u5b57.html", "\ud83d\ude00.png",
        "a&b='c'\"d<e>.html", "+.html", "a..b", "a.", "docs/_redirects", "_redirects/a.html" })
    void other_names_are_paths_as_they_are(String file) throws IOException {
        SiteFolder site = SiteFolder.of(site(file), List.of());
        assertEquals("/" + file, paths(site));
        assertEquals("/" + file + "=site", contents(site));
        assertEquals(List.of(), site.leftOut());
        assertEquals(List.of(), site.warnings());
    }

    @ParameterizedTest
    @CsvSource({ "passwd, /etc/passwd, a link that leaves the folder", "etc, /etc, a link that leaves the folder",
        "up, .., a link that leaves the folder", "beside, ../site-2/a.html, a link that leaves the folder",
        "zero, /dev/zero, a link that leaves the folder", "chain, hop, a link that leaves the folder",
        "gone, missing.html, a link that leads nowhere", "self, self, 'a link that cannot be followed: '",
        "sub/loop, .., a link to a folder that it is in", "here, ., a link to a folder that it is in",
        "env.txt, .env, a link to a dot file", "config.txt, .git/config, a link to a dot folder", "git, .git, a link to a dot folder" })
    void a_link_that_leads_elsewhere_or_nowhere_is_left_out(String link, String target, String reason) throws IOException {
        folder("site-2", "a.html");
        Path source = site("index.html", "sub/a.html", ".env", ".git/config");
        Files.createSymbolicLink(source.resolve("hop"), temporary.resolve("site-2/a.html"));
        Files.createSymbolicLink(source.resolve(link), Path.of(target));
        SiteFolder site = SiteFolder.of(source, List.of());
        assertEquals("/index.html /sub/a.html", paths(site));
        assertTrue(reason(site, "/" + link).startsWith(reason), reason(site, "/" + link));
        // JUnit warns of such a link when it deletes the folder.
        Files.delete(source.resolve(link));
    }

    @Test
    void links_within_the_folder_are_followed() throws IOException {
        Path source = site("v2/a.html");
        Files.createSymbolicLink(source.resolve("latest"), Path.of("v2"));
        Files.createSymbolicLink(source.resolve("index.html"), Path.of("latest/a.html"));
        assertEquals("/index.html=site /latest/a.html=site /v2/a.html=site", contents(SiteFolder.of(source, List.of())));
    }

    @Test
    void the_folder_itself_may_be_a_link() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), site("index.html"));
        assertEquals("/index.html", paths(SiteFolder.of(link, List.of())));
    }

    /** Nine folders with links to each other have more than a hundred thousand paths. */
    @Test
    void linked_folders_that_lead_round_in_circles_are_an_error_and_no_endless_walk() throws IOException {
        Path source = site();
        for (int i = 0; i < 9; i++) {
            Files.createDirectory(source.resolve("f" + i));
            for (int j = 0; j < 9; j++) {
                Files.createSymbolicLink(source.resolve("f" + i + "/to" + j), Path.of("../f" + j));
            }
        }
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            String message = assertThrows(IllegalArgumentException.class, () -> SiteFolder.of(source, List.of())).getMessage();
            assertTrue(message.contains("more than 100000 files by way of linked folders"), message);
        });
    }

    @Test
    void a_named_pipe_is_left_out_and_not_opened() throws Exception {
        Path source = site("index.html");
        assertEquals(0, new ProcessBuilder("mkfifo", source.resolve("pipe").toString()).start().waitFor());
        SiteFolder site = SiteFolder.of(source, List.of());
        assertEquals("/index.html", paths(site));
        assertEquals("neither a file nor a folder", reason(site, "/pipe"));
    }

    @Test
    void rules_are_given_and_not_served() throws IOException {
        SiteFolder site = SiteFolder.of(site("_redirects", "a.html"), List.of(folder("other", "_headers", "_redirects")));
        assertEquals("/a.html", paths(site));
        assertEquals("site", new String(site.rules(SiteFolder.REDIRECTS).orElseThrow().content(), StandardCharsets.UTF_8));
        assertEquals("other", new String(site.rules(SiteFolder.HEADERS).orElseThrow().content(), StandardCharsets.UTF_8));
        assertEquals("rules, which are followed and not served", reason(site, "/_headers"));
        assertEquals(Optional.empty(), SiteFolder.of(folder("none"), List.of()).rules(SiteFolder.HEADERS));
    }

    @Test
    void the_first_root_wins_whether_folder_or_archive() throws IOException {
        Path jar = archive("a.jar", "META-INF/", "META-INF/resources/", "META-INF/resources/index.html", "META-INF/resources/webjars/x/y.js",
                "META-INF/resources/.env", "META-INF/other.html");
        SiteFolder site = SiteFolder.of(site("index.html"), List.of(folder("classes", "index.html", "c.html"), jar, archive("none.jar", "a/")));
        assertEquals("/c.html=classes /index.html=site /webjars/x/y.js=a.jar", contents(site));
        assertEquals("a dot file", reason(site, "/.env"));
    }

    @Test
    void roots_are_found_on_the_class_path() throws IOException {
        Path jar = archive("a b+\u00e9.jar", "META-INF/resources/", "META-INF/resources/x.html");
        Path classes = folder("classes/META-INF/resources", "y.html").getParent().getParent();
        try (URLClassLoader loader = new URLClassLoader(new URL[] { jar.toUri().toURL(), classes.toUri().toURL() }, null)) {
            List<Path> roots = SiteFolder.classPath(loader, temporary.resolve("project"));
            assertEquals(List.of(jar, classes.resolve("META-INF/resources")), roots);
            assertEquals("/x.html /y.html", paths(SiteFolder.of(temporary.resolve("absent"), roots)));
            assertEquals(List.of(jar), SiteFolder.classPath(loader, classes.getParent().resolve("classes")));
        }
    }

    @Test
    void a_file_and_a_folder_of_one_name_are_the_first_root_s() throws IOException {
        Path file = folder("file", "docs");
        Path folder = folder("folder", "docs/a/index.html");
        SiteFolder fileFirst = SiteFolder.of(file, List.of(folder));
        assertEquals("/docs", paths(fileFirst));
        assertEquals("a root ahead of its own has the file /docs", reason(fileFirst, "/docs/a/index.html"));
        SiteFolder folderFirst = SiteFolder.of(folder, List.of(file));
        assertEquals("/docs/a/index.html", paths(folderFirst));
        assertEquals("a root ahead of its own has the folder /docs/", reason(folderFirst, "/docs"));
    }

    @Test
    void names_that_are_lost_or_missed_elsewhere_are_warned_of() throws IOException {
        String longName = "\u00e9".repeat(120);
        String longPath = String.join("/", List.of(longName, longName, longName, longName, longName, longName, longName, longName, longName, longName, longName,
                longName, "x.html"));
        SiteFolder site = SiteFolder.of(site("Index.html", "index.html", "cafe\u0301.html", "css\\a.css", longPath), List.of());
        assertEquals(5, site.files().size());
        assertEquals(List.of("/cafe\u0301.html: its name is not in Unicode's form NFC: a link typed on a keyboard does not lead to it",
                "/css\\a.css: its name has a backslash, which browsers read as a slash: was it unpacked from "
                        + "an archive of Windows?",
                "/index.html: differs from /Index.html by case alone: on Windows and macOS one is lost"),
                site.warnings().stream().filter(warning -> !warning.file().equals("/" + longPath)).map(w -> w.file() + ": " + w.text()).sorted().toList());
        assertEquals("its URL has more than 7983 bytes: no request can name it",
                site.warnings().stream().filter(w -> w.file().equals("/" + longPath)).findFirst().orElseThrow().text());
    }

    @Test
    void a_folder_may_lie_deep() throws IOException {
        Path deep = Path.of("d/".repeat(300));
        assertEquals(301 * 2 + 1, SiteFolder.of(site(deep + "/a"), List.of()).files().get(0).path().length() + 1);
    }

    /** Half of a page would be published. */
    @Test
    void what_has_changed_since_it_was_listed_is_an_error_of_one_line_that_names_it() throws IOException {
        Path source = site("a.html", "b.html");
        List<SiteFile> files = SiteFolder.of(source, List.of()).files();
        Files.writeString(source.resolve("a.html"), "longer than it was");
        FileTime time = Files.getLastModifiedTime(source.resolve("b.html"));
        Files.setLastModifiedTime(source.resolve("b.html"), FileTime.from(time.toInstant().plusSeconds(1)));
        for (SiteFile file : files) {
            assertEquals(file.path() + ": has changed since it was listed: build once more when nobody writes to it",
                    assertThrows(IllegalArgumentException.class, file::content).getMessage());
        }
    }

    @Test
    void what_cannot_be_read_is_an_error_of_one_line_that_names_it() throws IOException {
        Path source = site("a.html");
        SiteFile file = SiteFolder.of(source, List.of()).files().get(0);
        Files.delete(source.resolve("a.html"));
        String message = assertThrows(IllegalArgumentException.class, file::content).getMessage();
        assertTrue(message.startsWith("/a.html: cannot be read: NoSuchFileException") && message.lines().count() == 1, message);
        Path noArchive = folder("other", "no.jar").resolve("no.jar");
        String archive = assertThrows(IllegalArgumentException.class, () -> SiteFolder.of(source, List.of(noArchive))).getMessage();
        assertTrue(archive.contains("no.jar: cannot be read: "), archive);
        String directory = assertThrows(IllegalArgumentException.class, () -> SiteFolder.source(temporary, Optional.of("none"))).getMessage();
        assertEquals("site.directory=none is not a folder", directory);
    }

    @Test
    void ten_thousand_files_are_listed_in_well_under_a_second() throws IOException {
        Path source = site();
        for (int i = 0; i < 100; i++) {
            Path folder = Files.createDirectory(source.resolve("folder-" + i));
            for (int j = 0; j < 100; j++) {
                Files.createFile(folder.resolve("page-" + j + ".html"));
            }
        }
        // The best of some: others use the machine too.
        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            SiteFolder site = SiteFolder.of(source, List.of());
            site.warnings();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            best = took.compareTo(best) < 0 ? took : best;
            assertEquals(10_000, site.files().size());
        }
        assertTrue(best.compareTo(Duration.ofSeconds(1)) < 0, best.toString());
    }
}
