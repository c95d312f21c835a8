package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pods of the generated manifest come and go behind an ingress that keeps its connections to them, under full load: no request
 * may fail. In the long form, {@code -Drollouts=10}, there are as many rollouts.
 */
@EnabledIf(value = "org.bakedpage.RolloutIT#hasTools", disabledReason = Containers.SKIPPED + "; and haproxy, nginx-light, nghttp2-client")
class RolloutIT {

    private static final int ROLLOUTS = Integer.getInteger("rollouts", 1);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** In which the ingress learns of a pod, and the load meets it. */
    private static final Duration SETTLED = Duration.ofSeconds(1);
    /** As many pods as there may be at the same time. */
    private static final int PLACES = 4;

    private static Containers containers;
    private static Folder folder;
    private static int names;

    private final Queue<PlayedPod> pods = new ArrayDeque<>();
    private final List<Integer> ports = new ArrayList<>();

    static boolean hasTools() {
        return Containers.isPodman() && new Command("haproxy", "-v").succeeds() && new Command("nginx", "-v").succeeds()
                && new Command("h2load", "--version").succeeds();
    }

    @BeforeAll
    static void build() throws IOException {
        containers = new Containers();
        folder = new Folder("rollout");
        PlayedPod.buildImage(containers);
    }

    @AfterAll
    static void clean_up() {
        containers.close();
        folder.close();
    }

    @AfterEach
    void remove_pods() {
        containers.command("pod", "rm", "--all", "--force", "--time", "0").run();
    }

    @ParameterizedTest
    @EnumSource
    void rollouts_lose_no_request(Ingress ingress) throws Exception {
        assertNoneFails(ingress, false, () -> {
            for (int i = 0; i < ROLLOUTS; i++) {
                for (int replica = pods.size(); replica > 0; replica--) {
                    add();
                    Poll.pause(SETTLED);
                    pods.remove().end();
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void to_scale_loses_no_request(Ingress ingress) throws Exception {
        assertNoneFails(ingress, false, () -> {
            while (pods.size() < PLACES) {
                add();
            }
            Poll.pause(SETTLED);
            pods.stream().skip(1).toList().parallelStream().forEach(PlayedPod::end);
            Poll.pause(SETTLED);
        });
    }

    /** What it had not answered the ingress asks another pod. */
    @ParameterizedTest
    @EnumSource
    void a_pod_that_is_killed_loses_none_that_is_retried(Ingress ingress) throws Exception {
        assertNoneFails(ingress, true, () -> {
            PlayedPod killed = pods.remove();
            killed.container().signal("KILL");
            Poll.pause(SETTLED);
            killed.takeDown();
        });
    }

    private interface Change {
        void make() throws Exception;
    }

    /** Two pods, load, the change, and the load's end. */
    private void assertNoneFails(Ingress ingress, boolean retrying, Change change) throws Exception {
        for (int i = 0; i < PLACES; i++) {
            ports.add(Server.freePort());
        }
        int port = Server.freePort();
        add();
        add();
        try (Folder settings = new Folder("ingress");
                Program proxy = new Command(ingress.command(settings, port, ports, retrying)).start()) {
            assertTrue(Poll.holds(LIMIT, () -> Pod.answers(port, Ingress.READY)), () -> ingress + " does not serve: " + proxy.err());
            // Until then it takes places without a pod for servers.
            Poll.pause(SETTLED);
            Load load = new Load(port);
            load.start();
            Poll.pause(SETTLED);
            change.make();
            load.end();
            System.out.printf("%s: %,d requests, failed %,d%n", ingress, load.requests, load.failed);
            assertEquals(0, load.failed, load.said);
            assertTrue(load.requests > 0);
        }
    }

    private void add() throws IOException {
        int port = ports.stream().filter(place -> pods.stream().noneMatch(pod -> pod.port() == place)).findFirst().orElseThrow();
        PlayedPod pod = new PlayedPod(containers, folder, "pod-" + names++, port);
        pod.play();
        assertTrue(Poll.holds(LIMIT, () -> Pod.answers(port, Ingress.READY)), () -> pod.container().logs().toString());
        pods.add(pod);
    }

    /** Requests of 64 clients on kept connections until it is told to end. */
    private static final class Load extends Thread {

        private static final Pattern DONE = Pattern.compile("requests: (\\d+) total, .* (\\d+) succeeded, ");

        private final int port;
        private volatile boolean ending;
        private long requests;
        private long failed;
        private String said = "";

        Load(int port) {
            this.port = port;
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!ending) {
                Command.Result result = new Command("h2load", "--h1", "-n", "20000", "-c", "64", "-t", "1", "http://127.0.0.1:" + port + "/").run();
                Matcher done = DONE.matcher(result.out());
                if (!done.find() || result.exitCode() != 0) {
                    throw new IllegalStateException(result.toString());
                }
                requests += Long.parseLong(done.group(1));
                long failures = Long.parseLong(done.group(1)) - Long.parseLong(done.group(2));
                failed += failures;
                said += failures > 0 ? result.out() : "";
            }
        }

        void end() throws InterruptedException {
            ending = true;
            join();
        }
    }
}
