package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.bakedpage.Behaviour.Ending;
import org.bakedpage.Behaviour.Reading;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The image with little of what a node may be short of, in 64 MiB and with half a processor where nothing else is said. The
 * figures are printed.
 *
 * <p>{@code -Dfaults.stopped-seconds=60} is how long a stopped process stays so, {@code -Dfaults.minutes=30} how long the full
 * mixed load takes.
 */
@EnabledIf(value = "org.bakedpage.Containers#isPodman", disabledReason = Containers.SKIPPED)
class FaultsIT {

    private static final String IMAGE = "web-server-faults";
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final double PROCESSORS = 0.5;
    private static final int DESCRIPTORS = 16_384;
    private static final Duration VISITS = Duration.ofSeconds(1);
    private static final Duration STOPPED = Duration.ofSeconds(Integer.getInteger("faults.stopped-seconds", 3));
    private static final Duration MIXED_LOAD = System.getProperty("faults.minutes") == null ? Duration.ofSeconds(10)
            : Duration.ofMinutes(Integer.getInteger("faults.minutes"));
    private static final int SAMPLES = 40;
    /** To each kind of clients. Those that read slowly, go at once or reset need not have seen any. */
    private static final List<String> MIXED_ANSWERS = List.of("[HTTP/1.1 200]", "[HTTP/1.1 206]", "[HTTP/1.1 200]",
            "[HTTP/1.1 404]", "[HTTP/1.1 405]", "[]", "[HTTP/1.1 200]", "[]", "[]");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Below the five seconds after which a visit has failed: with few processors the system lets a process wait, on any machine. */
    private static final long MAX_MILLIS = 4_900;

    private static Containers containers;

    @BeforeAll
    static void build_the_image() {
        containers = new Containers();
        containers.build("src/main/docker/Dockerfile.native", IMAGE);
    }

    @AfterAll
    static void clean_up() {
        containers.close();
    }

    /** 64 clients, with 50 requests a second each. */
    @ParameterizedTest
    @ValueSource(ints = { 8, 32, 48, 64, 128 })
    void it_serves_within_its_memory(int mebibytes) throws Exception {
        String limit = mebibytes + "m";
        Behaviour load = Behaviour.of(64).sends(GET).sendsEvery(Duration.ofMillis(20), GET);
        try (Pod pod = new Pod(containers, IMAGE, DESCRIPTORS + ":" + DESCRIPTORS, PROCESSORS, Map.of(),
                "--memory", limit, "--memory-swap", limit);
                Watch watch = new Watch(pod)) {
            Probe probe = Probe.ofNewcomers(pod.port());
            Attackers clients = new Attackers(load, pod.port());
            try (clients) {
                probe.during(VISITS);
            }
            System.out.printf("%d MiB: started in %s, %s, %s, clients: %s%n", mebibytes, pod.startTime(), watch, probe, clients);
            assertAll(
                    () -> assertServed(pod, probe),
                    () -> assertTrue(watch.countedKib() <= mebibytes << 10, watch::toString),
                    () -> assertEquals("[HTTP/1.1 200]", clients.answers().keySet().toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = { 0.05, 0.1, 0.5, 1, 2 })
    void it_serves_with_its_share_of_processors(double processors) throws Exception {
        long start = System.nanoTime();
        try (Pod pod = new Pod(containers, IMAGE, DESCRIPTORS, processors, Map.of())) {
            Duration answered = Duration.ofNanos(System.nanoTime() - start);
            Probe probe = Probe.ofNewcomers(pod.port());
            probe.during(VISITS);
            System.out.printf("%.2f processors: started in %s, with the runtime answered within %d ms, %s, %,d KiB of its own%n",
                    processors, pod.startTime(), answered.toMillis(), probe, pod.privateKib());
            assertServed(pod, probe);
        }
    }

    /** Idle clients, who come again when they were closed. Of the last rows a machine may allow fewer descriptors. */
    @ParameterizedTest
    @CsvSource({ "64, 64, 300", "64, 4096, 300", "1024, 1024, 2000", "20000, 20000, 3000", "1048576, 1048576, 3000" })
    void more_connections_than_it_has_descriptors_for_do_not_stop_it(int soft, int hard, int clients) throws Exception {
        int most = mostDescriptors(hard);
        String limits = Math.min(soft, most) + ":" + most;
        try (Pod pod = new Pod(containers, IMAGE, limits, PROCESSORS, Map.of()); Watch watch = new Watch(pod)) {
            Probe probe = Probe.ofNewcomers(pod.port());
            Attackers attackers = new Attackers(Behaviour.of(clients).perSecond(1_000).sends("", GET), pod.port());
            try (attackers) {
                probe.during(VISITS.plusMillis(clients));
            }
            boolean left = Poll.holds(LIMIT, () -> pod.connections() == 0);
            System.out.printf("nofile %s: %s, %s, %s, log of %d lines%n", limits, watch, probe, attackers, pod.log().size());
            assertAll(
                    () -> assertServed(pod, probe),
                    () -> assertTrue(watch.connections() < most, watch::toString),
                    () -> assertTrue(left, () -> pod.connections() + " connections are left"));
        }
    }

    /** Stopped for longer than any of its limits of time. What has come by then is answered: it may have come in time. */
    @Test
    void a_process_that_was_stopped_goes_on_where_it_was() throws Exception {
        try (Pod pod = new Pod(containers, IMAGE, DESCRIPTORS, PROCESSORS,
                Map.of("SITE_HEAD_TIMEOUT", "1s", "QUARKUS_HTTP_IDLE_TIMEOUT", "2s"));
                Wire silent = new Wire(pod.port()); Wire asking = new Wire(pod.port()); Wire begun = new Wire(pod.port());
                Wire completing = new Wire(pod.port())) {
            silent.exchange(GET);
            asking.exchange(GET);
            begun.exchange(GET);
            completing.exchange(GET);
            begun.send(GET.substring(0, 10));
            completing.send(GET.substring(0, 10));
            pod.container().signal("STOP");
            asking.send(GET);
            completing.send(GET.substring(10));
            try (Wire newcomer = new Wire(pod.port()).send(GET)) {
                Poll.pause(STOPPED);
                long start = System.nanoTime();
                pod.container().signal("CONT");
                String first = newcomer.receive();
                Duration taken = Duration.ofNanos(System.nanoTime() - start);
                String asked = asking.receiveToEnd();
                String completed = completing.receiveToEnd();
                System.out.printf("stopped for %s: a newcomer of that time was answered within %d ms, who asked on a kept connection: %s, "
                        + "who completed a head: %s%n", STOPPED, taken.toMillis(), statusLine(asked), statusLine(completed));
                assertAll(
                        () -> assertEquals("HTTP/1.1 200 OK", statusLine(first)),
                        () -> assertTrue(taken.compareTo(LIMIT) < 0, taken::toString),
                        () -> assertEquals("HTTP/1.1 200 OK", statusLine(asked)),
                        () -> assertEquals("HTTP/1.1 200 OK", statusLine(completed)),
                        () -> assertEquals("", silent.receiveToEnd()),
                        () -> assertEquals("", begun.receiveToEnd()));
            }
            Probe probe = Probe.ofNewcomers(pod.port());
            probe.during(VISITS);
            assertServed(pod, probe);
        }
    }

    /** All kinds of clients at once, as many as it can take. Its needs at the end are those of the beginning. */
    @Test
    void under_a_full_mixed_load_nothing_grows() throws Exception {
        List<Sample> samples = new ArrayList<>();
        try (Pod pod = new Pod(containers, IMAGE, DESCRIPTORS, PROCESSORS, Map.of())) {
            Probe probe = Probe.ofNewcomers(pod.port());
            List<Attackers> clients = new ArrayList<>();
            try (probe) {
                for (Behaviour behaviour : mixedLoad()) {
                    clients.add(new Attackers(behaviour, pod.port()));
                }
                for (int i = 0; i < SAMPLES; i++) {
                    Poll.pause(MIXED_LOAD.dividedBy(SAMPLES));
                    samples.add(new Sample(pod.privateKib(), pod.countedKib(), pod.connections(), pod.threads()));
                }
            } finally {
                clients.forEach(Attackers::close);
            }
            Sample first = Sample.median(samples.subList(0, SAMPLES / 4));
            Sample last = Sample.median(samples.subList(SAMPLES - SAMPLES / 4, SAMPLES));
            System.out.printf("%s of mixed load: %s; first quarter: %s; last quarter: %s; %s%n", MIXED_LOAD, probe, first, last, clients);
            assertAll(
                    () -> assertServed(pod, probe),
                    () -> assertEquals(MIXED_ANSWERS, clients.stream().map(all -> all.answers().keySet().toString()).toList()),
                    () -> assertTrue(last.privateKib <= first.privateKib + Pod.MAX_KIB_MORE, last::toString),
                    () -> assertTrue(last.countedKib <= Containers.STRICT_KIB, last::toString),
                    () -> assertTrue(last.connections <= mixedLoad().stream().mapToInt(Behaviour::clients).sum() + 100, last::toString),
                    () -> assertTrue(last.threads <= first.threads, last::toString),
                    () -> assertTrue(Poll.holds(LIMIT, () -> pod.connections() == 0), "connections are left"));
        }
    }

    private static List<Behaviour> mixedLoad() {
        return List.of(
                Behaviour.of(16).floods("GET /?{n} HTTP/1.1\r\nHost: x\r\nX-Request-ID: {n}\r\n\r\n"),
                Behaviour.of(8).floods("GET / HTTP/1.1\r\nHost: x\r\nRange: bytes={n}-\r\n\r\n"),
                Behaviour.of(8).floods("GET / HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"{n}\", *\r\n\r\n"),
                Behaviour.of(8).floods("HEAD /{n} HTTP/1.1\r\nHost: x\r\n\r\n"),
                Behaviour.of(8).floods("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\naaaaaaaaaa"),
                Behaviour.of(100).sends(GET.repeat(200)).drips("").reads(Reading.SLOWLY),
                Behaviour.of(50).perSecond(300).sends(GET).then(Ending.END_OF_INPUT),
                Behaviour.of(50).perSecond(300).then(Ending.CLOSE),
                Behaviour.of(50).perSecond(300).sends(GET).then(Ending.RESET));
    }

    private static String statusLine(String answer) {
        return answer.lines().findFirst().orElse("closed");
    }

    private static void assertServed(Pod pod, Probe probe) {
        assertAll(
                () -> assertEquals("", pod.ended()),
                () -> probe.assertServed(MAX_MILLIS),
                pod::assertQuiet);
    }

    /** So many, or the most that this machine allows. */
    private static int mostDescriptors(int wanted) throws IOException {
        if (new Command("prlimit", "--nofile=" + wanted + ":" + wanted, "true").succeeds()) {
            return wanted;
        }
        String limits = Files.readAllLines(Path.of("/proc/self/limits")).stream().filter(line -> line.startsWith("Max open files"))
                .findFirst().orElseThrow();
        return Math.min(wanted, Integer.parseInt(limits.split(" +")[4]));
    }

    private record Sample(long privateKib, long countedKib, int connections, int threads) {

        static Sample median(List<Sample> samples) {
            return new Sample(median(samples, Sample::privateKib), median(samples, Sample::countedKib),
                    (int) median(samples, Sample::connections), (int) median(samples, Sample::threads));
        }

        private static long median(List<Sample> samples, ToLongFunction<Sample> figure) {
            return samples.stream().mapToLong(figure).sorted().skip(samples.size() / 2).findFirst().orElseThrow();
        }
    }
}
