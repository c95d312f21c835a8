package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What a build needs where only pages have changed. A stand-in for the image builder notes that it was called. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageChangeIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Path EXECUTABLE = Path.of(System.getProperty("native.image.path"));

    private static ProjectCopy project;
    private static BuilderStandIn standIn;
    private static Folder cache;

    @BeforeAll
    static void copy() throws IOException {
        project = new ProjectCopy();
        cache = new Folder("cache");
        standIn = new BuilderStandIn(EXECUTABLE);
        Files.writeString(Path.of(standIn.home(), "release"), "GRAALVM_VERSION=\"25.0.4\"\n");
    }

    @AfterAll
    static void clean_up() {
        standIn.close();
        cache.close();
        project.close();
    }

    @Test
    @Order(1)
    void the_first_build_builds() throws Exception {
        Files.writeString(project.pages().resolve("docs"), "a file");
        build();
        assertTrue(isBuilderCalled());
        assertServed("/docs", "a file");
        assertServed("/index.html", Files.readString(project.pages().resolve("index.html")));
    }

    @Test
    @Order(2)
    void a_changed_an_added_and_a_deleted_page_need_no_image_builder() throws Exception {
        Files.writeString(project.pages().resolve("index.html"), "<!doctype html><title>changed</title>");
        Files.createDirectory(project.pages().resolve("added"));
        Files.writeString(project.pages().resolve("added/index.html"), "<!doctype html><title>added</title>");
        Files.delete(project.pages().resolve("404.html"));
        Files.delete(project.pages().resolve("docs"));
        Files.createDirectory(project.pages().resolve("docs"));
        Files.writeString(project.pages().resolve("docs/index.html"), "<!doctype html><title>docs</title>");
        build();
        assertFalse(isBuilderCalled());
        assertServed("/", "<!doctype html><title>changed</title>");
        assertServed("/added/", "<!doctype html><title>added</title>");
        assertServed("/docs/", "<!doctype html><title>docs</title>");
        assertServed("/404.html", "404 Not Found\n");
    }

    @Test
    @Order(3)
    void another_folder_of_pages_needs_none() throws Exception {
        Path folder = Files.createDirectories(cache.path().resolve("dist"));
        Files.writeString(folder.resolve("index.html"), "<!doctype html><title>dist</title>");
        build("-Dsite.directory=" + folder);
        assertFalse(isBuilderCalled());
        assertServed("/", "<!doctype html><title>dist</title>");
    }

    @Test
    @Order(4)
    void a_cache_that_cannot_be_written_is_used() throws Exception {
        Path touch = Files.createDirectory(cache.path().resolve("bin")).resolve("touch");
        Files.writeString(touch, "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(touch, PosixFilePermissions.fromString("rwxr-xr-x"));
        maven().with(Map.of("PATH", touch.getParent() + ":" + System.getenv("PATH"))).succeed();
        assertFalse(isBuilderCalled());
    }

    @Test
    @Order(5)
    void what_dev_mode_has_left_needs_none() throws Exception {
        Path left = Files.createDirectories(project.path().resolve("target/classes/META-INF/resources/folder"));
        Files.writeString(left.resolve("index.html"), "a page that is not there any more");
        build();
        assertFalse(isBuilderCalled());
        assertServed("/folder/", "404 Not Found\n");
    }

    @Test
    @Order(6)
    void a_changed_line_of_java_is_built() throws Exception {
        Path source = project.path().resolve("src/main/java/org/bakedpage/RequestPath.java");
        Files.writeString(source, Files.readString(source) + "\nfinal class Added {\n}\n");
        build();
        assertTrue(isBuilderCalled());
    }

    @Test
    @Order(7)
    void a_given_executable_needs_no_toolchain() throws Exception {
        Path empty = Files.createDirectories(cache.path().resolve("empty"));
        ProjectCopy.maven(project.path(), "-q", "package", "-Pnative", "-DskipTests", "-Dweb-server.executable=" + EXECUTABLE)
                .with(Map.of("JAVA25_HOME", "/nowhere", "XDG_CACHE_HOME", empty.toString())).without("GRAALVM_HOME")
                .within(LIMIT).succeed();
        assertEquals(0, empty.toFile().list().length);
        assertServed("/", "<!doctype html><title>changed</title>");
    }

    @Test
    @Order(8)
    void an_executable_of_another_version_is_refused() throws Exception {
        Path other = Files.copy(EXECUTABLE, cache.path().resolve("other"));
        Executable.join(other, "0.9", Files.write(cache.path().resolve("site"), new byte[1]));
        String log = fail("-Dweb-server.executable=" + other);
        assertTrue(log.contains("web-server: " + other + " is of version 0.9, and this is " + ProjectCopy.version()
                + ": give one of this version"), log);
    }

    @Test
    @Order(9)
    void what_is_no_executable_of_this_project_is_refused() throws Exception {
        String log = fail("-Dweb-server.executable=/bin/sh");
        assertTrue(log.contains("web-server: /bin/sh has no site: this project's build has not made it, or has packed it"), log);
    }

    /** An image's user is not who has built it. */
    @Test
    @Order(10)
    void every_user_may_run_what_is_built_for_one_alone() throws Exception {
        Command maven = maven("-Dweb-server.executable=" + EXECUTABLE);
        new Command("sh", "-c", "umask 077 && exec " + maven).in(project.path()).within(LIMIT).succeed();
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(
                Files.getPosixFilePermissions(project.path().resolve("target/web-server"))));
    }

    private static void build(String... settings) throws IOException {
        maven(settings).succeed();
    }

    private static String fail(String setting) throws IOException {
        Command.Result result = maven(setting).run();
        assertFalse(result.exitCode() == 0, result::out);
        return result.out() + result.err();
    }

    private static Command maven(String... settings) {
        String[] words = new String[settings.length + 3];
        System.arraycopy(new String[] { "package", "-Pnative", "-DskipTests" }, 0, words, 0, 3);
        System.arraycopy(settings, 0, words, 3, settings.length);
        return ProjectCopy.maven(project.path(), words)
                .with(Map.of("GRAALVM_HOME", standIn.home(), "XDG_CACHE_HOME", cache.path().toString())).within(LIMIT);
    }

    private static boolean isBuilderCalled() {
        return Files.exists(project.path().resolve("target/web-server-native-image-source-jar/arguments"));
    }

    private static void assertServed(String path, String content) throws Exception {
        try (Server server = Server.start(project.path().resolve("target/web-server").toString())) {
            assertEquals(content, server.get(path).body());
        }
    }
}
