package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code ./mvnw quarkus:dev}, as a process: what is edited is what the very next request gets. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DevModeIT {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    private static ProjectCopy project;
    private static Program devMode;
    private static URI address;
    private final Browser browser = new Browser();

    @BeforeAll
    static void start_dev_mode() throws IOException {
        int port = Server.freePort();
        address = URI.create("http://127.0.0.1:" + port + "/");
        project = new ProjectCopy();
        devMode = project.maven("quarkus:dev", "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port,
                // That a user's own JVM arguments do not displace what the project sets is part of the test.
                "-Djvm.args=-Xmx256m", "-Ddebug=false", "-Dquarkus.analytics.disabled=true").start();
        try {
            byte[] served = new Browser().read(address, START_LIMIT);
            assertArrayEquals(Files.readAllBytes(project.pages().resolve("index.html")), served);
        } catch (AssertionError e) {
            throw new AssertionError(devMode.out() + devMode.err(), e);
        }
    }

    @AfterAll
    static void end_dev_mode() {
        if (devMode != null) {
            devMode.close();
        }
        if (project != null) {
            project.close();
        }
    }

    @Test
    void the_next_request_shows_an_edit_of_the_page() throws IOException {
        Path page = project.pages().resolve("index.html");
        for (int i = 0; i < 3; i++) {
            String edited = Files.readString(page).replaceFirst("<title>.*</title>", "<title>Edit " + i + "</title>");
            Files.writeString(page, edited);
            assertEquals(edited, get(""));
        }
    }

    @Test
    void the_next_request_shows_a_new_file_and_misses_a_deleted_one() throws IOException {
        Path news = project.pages().resolve("news.txt");
        assertEquals(404, browser.get(address.resolve("news.txt")).statusCode());
        Files.writeString(news, "new\n");
        assertEquals("new\n", get("news.txt"));
        Files.delete(news);
        assertEquals(404, browser.get(address.resolve("news.txt")).statusCode());
    }

    @Test
    void the_next_request_shows_the_index_of_a_new_folder() throws IOException {
        Path folder = Files.createDirectory(project.pages().resolve("folder"));
        Files.writeString(folder.resolve("index.html"), "<p>in a folder");
        assertEquals("<p>in a folder", get("folder/"));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void the_signal_term_ends_it() {
        Process maven = devMode.process();
        List<ProcessHandle> all = Stream.concat(maven.descendants(), Stream.of(maven.toHandle())).toList();
        maven.destroy();
        assertTrue(Poll.holds(END_LIMIT, () -> all.stream().noneMatch(ProcessHandle::isAlive)), devMode::out);
    }

    private String get(String path) throws IOException {
        return new String(browser.get(address.resolve(path)).body(), UTF_8);
    }
}
