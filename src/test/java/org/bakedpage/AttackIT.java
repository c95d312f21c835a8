package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each attack against the image in 64 MiB: others are served meanwhile, and afterwards it is as before.
 *
 * <p>{@code -Dattack.seconds=60} is how long each takes, {@code -Dattack=UNREAD.*} says which are run,
 * {@code -Dattack.processors=0.3} how many processors the server may use,
 * {@code -Dattack.environment=NAME=VALUE,NAME=VALUE} what it is told besides, and {@code -Dattack.ingress=HAPROXY} through what all
 * clients reach it.
 */
@EnabledIf(value = "org.bakedpage.Containers#answer", disabledReason = Containers.SKIPPED)
class AttackIT {

    private static final String IMAGE = "web-server-attacked";
    /** A row for each that was seen to end or to stop a server. The long form, of all, is -Dattack='.*' -Dattack.seconds=60. */
    private static final String SHORT = "MARKS_IN_A_TARGET|UNREAD_AND_ANSWERED|REFUSED_UPLOADS|CHUNKED_POSTS|HEADS_OF_120_FIELDS|DRIPPING_HEADS|TEN_THOUSAND_GETS"
            + "|GETS_OF_950_BYTES|UNREAD_GETS|MORE_TINY_CHUNKS|HOST_PORTS|CONNECTION_OPTIONS|PLACES_HELD_BY_POSTS|PLACES_HELD_BY_CONTENT"
            + "|DESCRIPTORS_HELD_BY_IDLE";
    private static final Duration ATTACK = Duration.ofSeconds(Integer.getInteger("attack.seconds", 3));
    private static final double PROCESSORS = Double.parseDouble(System.getProperty("attack.processors", "0"));
    private static final Ingress INGRESS = System.getProperty("attack.ingress") == null ? null
            : Ingress.valueOf(System.getProperty("attack.ingress").toUpperCase(Locale.ROOT));
    private static final Duration BEFORE = Duration.ofMillis(500);
    private static final Duration BEFORE_STOP = Duration.ofSeconds(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    /** Less than by default: within STOP_LIMIT podman has to notice the end as well, while the attack goes on. */
    private static final Map<String, String> SHORT_DRAIN = Map.of("QUARKUS_SHUTDOWN_TIMEOUT", "3s");
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(30);
    private static final long MAX_MILLIS = 100;
    /** A limit of 300m in kubernetes.yml. Then the system lets it wait for 70 of 100 ms, and a backlog is not gone at once. */
    private static final double FEW_PROCESSORS = 0.3;
    private static final Duration ATTACK_ON_FEW_PROCESSORS = Duration.ofSeconds(4);
    private static final long MAX_MILLIS_ON_FEW_PROCESSORS = 4_900;

    private static Containers containers;

    @BeforeAll
    static void build_the_image() {
        containers = new Containers();
        containers.build("src/main/docker/Dockerfile.native", IMAGE);
    }

    @AfterAll
    static void clean_up() {
        if (containers != null) {
            containers.close();
        }
    }

    static Stream<Attack> attacks() {
        return Arrays.stream(Attack.values()).filter(attack -> attack.name().matches(System.getProperty("attack", SHORT)));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void others_are_served_meanwhile_and_nothing_of_it_stays(Attack attack) throws Exception {
        attack(attack, PROCESSORS, ATTACK, INGRESS);
    }

    /** Garbage is collected later, and what clients leave unread is looked after later. */
    @ParameterizedTest
    @EnumSource(names = "UNREAD_POSTS")
    void with_few_processors_others_are_served_too(Attack attack) throws Exception {
        attack(attack, FEW_PROCESSORS, ATTACK_ON_FEW_PROCESSORS, null);
    }

    @ParameterizedTest
    @EnumSource(names = { "PLACES_HELD_BY_POSTS", "DRIPPING_HEADS" })
    @EnabledIf(value = "org.bakedpage.RolloutIT#hasTools", disabledReason = "needs haproxy, nginx-light, nghttp2-client")
    void behind_an_ingress_others_are_served_too(Attack attack) throws Exception {
        attack(attack, PROCESSORS, ATTACK, Ingress.HAPROXY);
    }

    /** @param ingress null for none */
    private static void attack(Attack attack, double processors, Duration time, Ingress ingress) throws Exception {
        // An ingress takes its part of the machine's processors, and is attacked as well.
        long maxMillis = processors == 0 && ingress == null ? MAX_MILLIS : MAX_MILLIS_ON_FEW_PROCESSORS;
        try (Pod pod = start(attack, processors, Map.of()); Folder settings = new Folder("ingress")) {
            int port = ingress == null ? pod.port() : Server.freePort();
            Program proxy = ingress == null ? null : ingress.start(settings, port, List.of(pod.port()), Set.of(Ingress.Option.RETRY));
            assertTrue(Poll.holds(RECOVERY_LIMIT, () -> Pod.answers(port, "/")), () -> ingress + " does not serve: " + proxy.err());
            Probe.ofNewcomers(port).during(BEFORE);
            long idleKib = pod.privateKib();
            Probe newcomers = Probe.ofNewcomers(port);
            Probe visitor = Probe.ofOneConnection(port);
            Watch watch = new Watch(pod);
            Attackers attackers = new Attackers(attack.behaviour(), port);
            try (proxy; newcomers; visitor; watch; attackers) {
                Poll.pause(time);
            }
            long start = System.nanoTime();
            boolean recovered = Poll.holds(RECOVERY_LIMIT,
                    () -> pod.connections() == 0 && pod.privateKib() <= idleKib + Pod.MAX_KIB_MORE);
            String afterwards = "%d connections, %,d KiB of its own (idle: %,d) after %.1f s".formatted(
                    pod.connections(), pod.privateKib(), idleKib, (System.nanoTime() - start) / 1e9);
            System.out.printf("%s%s: %s%n  newcomers: %s%n  visitor: %s%n  %s, then %s%n",
                    attack, ingress == null ? "" : " behind " + ingress, attackers, newcomers, visitor, watch, afterwards);
            assertAll(attack.name(),
                    () -> assertEquals("", pod.ended()),
                    () -> newcomers.assertServed(maxMillis),
                    () -> visitor.assertServed(maxMillis),
                    () -> assertFalse(attackers.answers().containsKey("HTTP/1.1 500"), attackers::toString),
                    () -> assertTrue(watch.connections() <= attack.maxConnections(), watch::toString),
                    () -> assertTrue(watch.countedKib() <= Containers.STRICT_KIB, watch::toString),
                    () -> assertTrue(recovered, afterwards),
                    pod::assertQuiet);
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "CHUNKED_POSTS", "DRIPPING_HEADS", "TEN_THOUSAND_GETS", "CONNECTS_AND_RESETS", "UNREAD_GETS",
            "PIPELINES" })
    void it_stops_amid_an_attack(Attack attack) throws Exception {
        try (Pod pod = start(attack, 0, SHORT_DRAIN); Attackers attackers = new Attackers(attack.behaviour(), pod.port())) {
            Poll.pause(BEFORE_STOP);
            assertEquals("", pod.ended(), "before the signal");
            pod.container().signal("TERM");
            long start = System.nanoTime();
            int exitCode = pod.container().exitCode();
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf("%s: stopped within %s%n", attack, taken);
            assertAll(attack.name(),
                    () -> assertEquals(0, exitCode),
                    () -> assertTrue(taken.compareTo(STOP_LIMIT) <= 0, taken::toString),
                    pod::assertQuiet);
        }
    }

    private static Pod start(Attack attack, double processors, Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(attack.environment());
        environment.putAll(more);
        return new Pod(containers, IMAGE, attack.descriptors(), processors, environment);
    }
}
