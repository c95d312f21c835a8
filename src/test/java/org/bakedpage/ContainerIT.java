package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The image in a container: it serves the page under any restriction, and ends when it is told to. */
@EnabledIf(value = "org.bakedpage.Containers#answer", disabledReason = Containers.SKIPPED)
class ContainerIT {

    private static final String IMAGE = "web-server-it";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final int REQUESTS = 500;

    private static Containers containers;
    private static byte[] page;

    @BeforeAll
    static void build_the_image() throws IOException {
        page = Files.readAllBytes(Containers.PAGE);
        containers = new Containers();
        containers.build("src/main/docker/Dockerfile.native", IMAGE);
    }

    @AfterAll
    static void clean_up() {
        if (containers != null) {
            containers.close();
        }
    }

    @Test
    void serves_the_page_on_port_80_as_in_the_quick_start() {
        Container container = containers.start("--publish", "127.0.0.1::80", IMAGE);
        assertArrayEquals(page, container.firstPage(80));
        assertEquals("", container.logs().err());
    }

    @Test
    void serves_under_a_read_only_root_without_rights_on_the_port_it_is_given() {
        Container container = containers.startStrictly("--env", "PORT=9090", "--publish", "127.0.0.1::9090", IMAGE);
        assertArrayEquals(page, container.firstPage(9090));
        Command.Result logs = container.logs();
        assertEquals("", logs.err());
        // There is nothing to warn of: a missing temporary folder, say, is as it should be.
        assertEquals(List.of(), logs.out().lines().filter(line -> line.matches(".* (WARN|ERROR|FATAL) .*")).toList());
        assertTrue(container.inspect().getJsonObject("HostConfig").getBoolean("ReadonlyRootfs"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "--user 123456", "--user 4711 --group-add 5000 --group-add 5001", "--user 4711:0 --group-add 5000" })
    void serves_as_any_numeric_user(String options) {
        List<String> words = new ArrayList<>(List.of(options.split(" ")));
        words.addAll(List.of("--publish", "127.0.0.1::80", IMAGE));
        Container container = containers.startStrictly(words.toArray(String[]::new));
        assertArrayEquals(page, container.firstPage(80));
        assertEquals("", container.logs().err());
    }

    @Test
    void stays_within_64_mib_under_requests() throws IOException {
        Container container = containers.startStrictly("--publish", "127.0.0.1::80", IMAGE);
        assertArrayEquals(page, container.firstPage(80));
        URI address = container.address(80);
        Browser browser = new Browser();
        for (int i = 0; i < REQUESTS; i++) {
            // Every tenth request on a connection of its own.
            Browser reader = i % 10 == 0 ? new Browser() : browser;
            assertArrayEquals(page, reader.get(address).body());
        }
        JsonObject state = container.inspect().getJsonObject("State");
        assertAll(
                () -> assertTrue(state.getBoolean("Running"), state::encode),
                () -> assertFalse(state.getBoolean("OOMKilled"), state::encode),
                () -> assertEquals(64 << 20, container.inspect().getJsonObject("HostConfig").getLong("Memory")),
                () -> assertEquals("", container.logs().err()));
    }

    @Test
    void writes_no_file_even_where_it_could() {
        Container container = containers.start("--user", "0", "--publish", "127.0.0.1::80", IMAGE);
        assertArrayEquals(page, container.firstPage(80));
        // What the runtime itself puts into every container.
        String ofRuntime = "[AC] /(etc(/(passwd|group|hosts|hostname|resolv\\.conf|mtab))?|dev.*|proc|sys|run.*)";
        assertEquals(List.of(), container.changes().lines().filter(change -> !change.matches(ofRuntime)).toList());
    }

    @Test
    void health_is_good_while_it_serves() {
        Container container = containers.startStrictly("--publish", "127.0.0.1::80", IMAGE);
        container.firstPage(80);
        assertEquals(new Command.Result(0, "", ""), container.health());
    }

    @Test
    void health_is_bad_where_nothing_answers() {
        Container container = containers.startStrictly("--publish", "127.0.0.1::80", IMAGE);
        container.firstPage(80);
        Command.Result health = container.health("--env", "PORT=81");
        assertEquals(1, health.exitCode());
        assertTrue(health.err().startsWith("web-server: port 81 does not answer: "), health.err());
    }

    @Test
    void the_signal_term_ends_it_in_good_order() {
        Container container = containers.startStrictly("--publish", "127.0.0.1::80", IMAGE);
        container.firstPage(80);
        long start = System.nanoTime();
        container.signal("TERM");
        int exitCode = container.exitCode();
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        assertEquals(0, exitCode);
        assertTrue(duration.compareTo(STOP_LIMIT) < 0, duration::toString);
        assertEquals("", container.logs().err());
    }

    @Test
    void stops_without_being_killed() {
        Container container = containers.startStrictly("--publish", "127.0.0.1::80", IMAGE);
        container.firstPage(80);
        Command.Result stop = container.stop();
        assertEquals("", stop.err());
        assertEquals(0, container.exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = { "abc", "70000" })
    void a_wrong_port_is_one_line_and_a_failure(String port) {
        Container container = containers.startStrictly("--env", "PORT=" + port, IMAGE);
        assertEquals(1, container.exitCode());
        Command.Result logs = container.logs();
        assertEquals("web-server: PORT=" + port + " is not a port: give a number from 0 to 65535\n", logs.err());
        assertEquals("", logs.out());
    }

    @Test
    void a_low_port_without_the_right_to_it_is_one_line_and_a_failure() {
        Container container = containers.startStrictly("--sysctl", "net.ipv4.ip_unprivileged_port_start=1024", IMAGE);
        assertEquals(1, container.exitCode());
        assertEquals("web-server: no permission to listen on port 80; set PORT to 1024 or above\n",
                container.logs().err());
    }
}
