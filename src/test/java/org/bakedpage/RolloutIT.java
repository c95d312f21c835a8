package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pods of the generated manifest come and go behind an ingress that keeps its connections to them, under full load: no request
 * may fail. In the long form, {@code -Drollouts=10}, there are as many rollouts, and 1,000,000 requests through each ingress.
 */
@EnabledIf(value = "org.bakedpage.RolloutIT#hasTools", disabledReason = Containers.SKIPPED + "; and haproxy, nginx-light, nghttp2-client")
class RolloutIT {

    private static final int ROLLOUTS = Integer.getInteger("rollouts", 1);
    private static final int REQUESTS_OF_ONE = 100_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LOAD_LIMIT = Duration.ofMinutes(5);
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
        assertNoneFails(ingress, "/", Set.of(), load -> {
            for (int i = 1; i <= ROLLOUTS; i++) {
                rollOut();
                load.await(i * REQUESTS_OF_ONE);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void to_scale_loses_no_request(Ingress ingress) throws Exception {
        assertNoneFails(ingress, "/", Set.of(), load -> {
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
        assertNoneFails(ingress, "/", Set.of(Ingress.Option.RETRY), load -> {
            PlayedPod killed = pods.remove();
            killed.container().signal("KILL");
            Poll.pause(SETTLED);
            killed.takeDown();
        });
    }

    /** What pages ask for that were loaded before. */
    @Test
    void hashed_files_of_the_release_before_are_answered_through_a_rollout() throws Exception {
        try (Folder before = release("index-DiwrgTda.js"); Folder after = release("index-BZx_k-3d.js");
                BakedSite first = new BakedSite(Map.of("site.directory", before.path().toString()));
                BakedSite next = new BakedSite(Map.of("site.directory", after.path().toString(),
                        "site.previous", first.path().resolve("target/web-server").toString()))) {
            PlayedPod.buildImage(containers, first.path());
            assertNoneFails(Ingress.NGINX, "/assets/index-DiwrgTda.js", Set.of(), load -> {
                PlayedPod.buildImage(containers, next.path());
                rollOut();
            });
        } finally {
            PlayedPod.buildImage(containers);
        }
    }

    private static Folder release(String script) throws IOException {
        Folder folder = new Folder("release");
        folder.write("index.html", "<!doctype html><title>a</title><script type=module src=/assets/" + script + "></script>");
        Files.createDirectory(folder.path().resolve("assets"));
        folder.write("assets/" + script, "document.title = '" + script + "';");
        return folder;
    }

    private void rollOut() throws IOException {
        for (int replica = pods.size(); replica > 0; replica--) {
            add();
            Poll.pause(SETTLED);
            pods.remove().end();
        }
    }

    private interface Change {
        void make(Load load) throws Exception;
    }

    /** Two pods, load, the change, and the load's end. */
    private void assertNoneFails(Ingress ingress, String path, Set<Ingress.Option> options, Change change) throws Exception {
        for (int i = 0; i < PLACES; i++) {
            ports.add(Server.freePort());
        }
        int port = Server.freePort();
        add();
        add();
        try (Folder settings = new Folder("ingress");
                Program proxy = ingress.start(settings, port, ports, options)) {
            assertTrue(Poll.holds(LIMIT, () -> Pod.answers(port, Ingress.READY)), () -> ingress + " does not serve: " + proxy.err());
            // Until then it takes places without a pod for servers.
            Poll.pause(SETTLED);
            Load load = new Load(port, path);
            try (load) {
                Poll.pause(SETTLED);
                change.make(load);
            }
            System.out.printf("%s: %,d requests, failed %,d%n", ingress, load.requests, load.failed);
            assertEquals(0, load.failed, load.said);
        }
    }

    private void add() throws IOException {
        int port = ports.stream().filter(place -> pods.stream().noneMatch(pod -> pod.port() == place)).findFirst().orElseThrow();
        PlayedPod pod = new PlayedPod(containers, folder, "pod-" + names++, port);
        pod.play();
        assertTrue(Poll.holds(LIMIT, () -> Pod.answers(port, Ingress.READY)), () -> pod.container().logs().toString());
        pods.add(pod);
    }

    /** Requests of 64 clients on kept connections, 20,000 at least, until it is closed. */
    private static final class Load implements AutoCloseable {

        private static final Pattern DONE = Pattern.compile("requests: (\\d+) total, .* (\\d+) succeeded, ");

        private final String url;
        private final CompletableFuture<Void> end;
        private volatile boolean closed;
        private volatile long requests;
        private long failed;
        private String said = "";

        Load(int port, String path) {
            url = "http://127.0.0.1:" + port + path;
            end = CompletableFuture.runAsync(this::run, task -> new Thread(task, "load").start());
        }

        private void run() {
            do {
                Command.Result result = new Command("h2load", "--h1", "-n", "20000", "-c", "64", "-t", "1", url).run();
                Matcher done = DONE.matcher(result.out());
                if (!done.find() || result.exitCode() != 0) {
                    throw new IllegalStateException(result.toString());
                }
                requests += Long.parseLong(done.group(1));
                long failures = Long.parseLong(done.group(1)) - Long.parseLong(done.group(2));
                failed += failures;
                said += failures > 0 ? result.out() : "";
            } while (!closed);
        }

        /** Until there have been as many requests, or what sends them has failed, which its end tells. */
        void await(long least) {
            assertTrue(Poll.holds(LOAD_LIMIT, () -> requests >= least || end.isDone()), () -> requests + " requests");
        }

        /** Throws what went wrong on this side. */
        @Override
        public void close() {
            closed = true;
            end.join();
        }
    }
}
