package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The image in a network that is narrow, loses packets, knows IPv6 alone, or falls silent. Each container has a network of its own,
 * in whose namespace packets are dropped: the kernel need not have netem, which delays them.
 */
@EnabledIf(value = "org.bakedpage.NetworkFaultsIT#hasTools", disabledReason = Containers.SKIPPED + "; and has to be run by root")
class NetworkFaultsIT {

    private static final String IMAGE = "web-server-network-faults";
    private static final String GET = "GET /page.bin HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int PAGE_BYTES = 200_000;
    private static final int PORT = 80;
    /** What a retransmission may take after several losses in a row. */
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String NETWORK = "faults";
    private static final int PEERS = 100;

    private static Containers containers;
    private static String page;

    static boolean hasTools() {
        return Containers.isPodman() && new Command("nsenter", "--net=/proc/self/ns/net", "iptables", "--list").succeeds();
    }

    @BeforeAll
    static void build_the_image() throws Exception {
        containers = new Containers();
        byte[] bytes = new byte[PAGE_BYTES];
        new Random(1).nextBytes(bytes);
        page = new String(bytes, ISO_8859_1);
        try (Folder pages = new Folder("pages")) {
            Files.write(pages.path().resolve("page.bin"), bytes);
            try (BakedSite site = new BakedSite(Map.of("site.directory", pages.path().toString()))) {
                containers.build(site.path(), "src/main/docker/Dockerfile.native", IMAGE);
            }
        }
    }

    @AfterAll
    static void clean_up() {
        containers.close();
    }

    @AfterEach
    void remove_the_network() {
        containers.command("network", "rm", "--force", "--time", "0", NETWORK).succeed();
    }

    /**
     * The addresses are those for tests of networks, RFC 2544. 576 bytes are what every host of IPv4 takes (RFC 791), 1280 what every
     * link of IPv6 has (RFC 8200).
     */
    @ParameterizedTest
    @CsvSource({ "198.18.89.0/24, 576, 0", "198.18.89.0/24, 1280, 0", "fd00:89::/64, 1280, 0",
            "198.18.89.0/24, 1500, 0.05", "fd00:89::/64, 1500, 0.05" })
    void a_page_arrives_whole(String subnet, int mtu, String lost) throws Exception {
        Networked server = start(subnet, mtu, Map.of());
        if (!lost.equals("0")) {
            server.filter("-A", "-m", "statistic", "--mode", "random", "--probability", lost, "-j", "DROP");
        }
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            try (Wire wire = server.connect(0)) {
                assertPage(wire.send(GET).receive());
            }
            millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
        System.out.printf("%s, packets of %d bytes, lost %s: %,d bytes within %s ms%n",
                server.address.getAddress(), mtu, lost, PAGE_BYTES, millis);
        assertEquals("", server.container.logs().err());
    }

    /** Idle ones, some within a head, and some that take no more of an answer: suddenly nothing comes of them, and nothing arrives. */
    @Test
    void peers_that_vanish_are_closed_in_time_and_leave_no_memory() throws Exception {
        Networked server = start("198.18.89.0/24", 1500,
                Map.of("QUARKUS_HTTP_IDLE_TIMEOUT", "3s", "SITE_HEAD_TIMEOUT", "3s", "SITE_ANSWER_TIMEOUT", "3s"));
        try (Wire first = server.connect(0)) {
            assertPage(first.send(GET).receive());
        }
        assertTrue(Poll.holds(LIMIT, () -> server.sockets() == 0), () -> server.sockets() + " are connected");
        long idleKib = Server.privateKib(server.pid);
        List<Wire> peers = new ArrayList<>();
        for (int i = 0; i < PEERS; i++) {
            peers.add(server.connect(4096));
            peers.get(i).send(i % 3 == 0 ? "" : i % 3 == 1 ? GET.substring(0, 10) : GET.repeat(100));
        }
        assertTrue(Poll.holds(LIMIT, () -> server.sockets() == PEERS), () -> server.sockets() + " are connected");
        server.filter("-I", "-j", "DROP");
        long start = System.nanoTime();
        boolean closed = Poll.holds(LIMIT, () -> server.sockets() == 0);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        long kib = Server.privateKib(server.pid);
        System.out.printf("%d peers vanish: closed after %d ms, %,d KiB of its own (before: %,d)%n", PEERS, taken.toMillis(), kib, idleKib);
        server.filter("-F");
        try (Wire newcomer = server.connect(0)) {
            assertAll(
                    () -> assertTrue(closed, "connections are left"),
                    () -> assertTrue(kib <= idleKib + Pod.MAX_KIB_MORE, () -> kib + " KiB"),
                    () -> assertPage(newcomer.send(GET).receive()),
                    () -> assertEquals("", server.container.logs().err()));
        }
        for (Wire peer : peers) {
            peer.abort();
        }
    }

    private static void assertPage(String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n" + page), () -> answer.length() + " bytes");
    }

    /** A container with a network of one family of addresses. */
    private static Networked start(String subnet, int mtu, Map<String, String> environment) throws IOException {
        List<String> create = new ArrayList<>(List.of("network", "create", "--internal", "--subnet", subnet, "--opt", "mtu=" + mtu));
        if (subnet.contains(":")) {
            create.add("--ipv6");
        }
        create.add(NETWORK);
        containers.command(create.toArray(String[]::new)).succeed();
        List<String> words = new ArrayList<>(List.of("--network", NETWORK, "--cpus", "0.5"));
        environment.forEach((name, value) -> words.addAll(List.of("--env", name + "=" + value)));
        words.add(IMAGE);
        Container container = containers.startStrictly(words.toArray(String[]::new));
        var settings = container.inspect().getJsonObject("NetworkSettings").getJsonObject("Networks").getJsonObject(NETWORK);
        String address = settings.getString(subnet.contains(":") ? "GlobalIPv6Address" : "IPAddress");
        long pid = container.state().getLong("Pid");
        Networked server = new Networked(container, pid, new InetSocketAddress(InetAddress.getByName(address), PORT));
        assertTrue(Poll.holds(LIMIT, () -> Wire.connects(server.address)), () -> address + " does not answer: " + container.logs());
        return server;
    }

    private record Networked(Container container, long pid, InetSocketAddress address) {

        /** TCP_LISTEN in the tables of proc(5). */
        private static final String LISTENING = "0A";

        Wire connect(int receiveBuffer) throws IOException {
            return new Wire(address, receiveBuffer, LIMIT);
        }

        /** That it has open, apart from what it listens with. */
        int sockets() {
            Path process = Path.of("/proc", Long.toString(pid));
            Set<String> listening = Stream.of("net/tcp", "net/tcp6").flatMap(table -> lines(process.resolve(table)))
                    .map(line -> line.strip().split(" +")).filter(fields -> fields[3].equals(LISTENING))
                    .map(fields -> "socket:[" + fields[9] + "]").collect(Collectors.toSet());
            return (int) Server.descriptors(pid).stream()
                    .filter(target -> target.startsWith("socket:") && !listening.contains(target)).count();
        }

        private static Stream<String> lines(Path file) {
            try {
                return Files.readAllLines(file).stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A rule for what its network brings and takes. */
        void filter(String command, String... rule) {
            String program = address.getAddress().getAddress().length == 4 ? "iptables" : "ip6tables";
            for (String chain : new String[] { "INPUT", "OUTPUT" }) {
                List<String> words = new ArrayList<>(List.of("nsenter", "--net=/proc/" + pid + "/ns/net", program, command, chain));
                words.addAll(List.of(rule));
                new Command(words).succeed();
            }
        }
    }
}
