package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The image in a container with 64 MiB, on the machine's own network: what forwards ports would stand between it and who attacks
 * it. It answers when it is made.
 */
final class Pod implements AutoCloseable {

    /** What the garbage collector may keep of one load and not of another. */
    static final int MAX_KIB_MORE = 6 << 10;
    private static final int MAX_LINES = 3;

    /** With a twentieth of a processor the runtime alone takes seconds. */
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Pattern STARTED = Pattern.compile(" started in ([0-9.]+s)");

    private final Container container;
    private final int port = Server.freePort();
    private final long pid;
    private final MemoryGroup group;
    private final int idleDescriptors;

    /**
     * @param descriptors how many files and connections it may have open
     * @param processors how many it may use, such as 0.5; 0 for all there are
     */
    Pod(Containers containers, String image, int descriptors, double processors, Map<String, String> environment)
            throws IOException {
        this(containers, image, descriptors + ":" + descriptors, processors, environment);
    }

    /**
     * @param descriptors the soft and the hard limit
     * @param options the runtime's, behind those that every pod has
     */
    Pod(Containers containers, String image, String descriptors, double processors, Map<String, String> environment, String... options)
            throws IOException {
        // Given one limit, podman forgets the others of its settings.
        List<String> words = new ArrayList<>(List.of(Containers.HOST_NETWORK, "--ulimit", "nproc=4096:4096",
                "--ulimit", "nofile=" + descriptors, "--cpus", Double.toString(processors), "--env", "PORT=" + port));
        environment.forEach((name, value) -> words.addAll(List.of("--env", name + "=" + value)));
        words.addAll(List.of(options));
        words.add(image);
        container = containers.startStrictly(words.toArray(String[]::new));
        // Before it has started it listens with its first event loop only, and has fewer descriptors than it will have.
        if (!Poll.holds(START_LIMIT, () -> said().anyMatch(line -> line.contains(Server.OF_START_AND_STOP)) && answers(port, "/"))) {
            throw new IOException("it did not start: " + container.logs());
        }
        pid = container.state().getLong("Pid");
        idleDescriptors = descriptors();
        group = MemoryGroup.of(pid);
        if (idleDescriptors == 0 || privateKib() == 0 || countedKib() == 0) {
            throw new IOException("this user cannot see what process " + pid + " holds");
        }
    }

    int port() {
        return port;
    }

    Container container() {
        return container;
    }

    /** Empty while it runs and was not killed. */
    String ended() {
        JsonObject state = container.state();
        boolean killed = state.getBoolean("OOMKilled");
        return state.getBoolean("Running") && !killed ? ""
                : "exit " + state.getInteger("ExitCode") + (killed ? ", out of the container's memory" : "");
    }

    /** In KiB, what it has to itself; 0 once it has ended. */
    long privateKib() {
        try {
            return Server.privateKib(pid);
        } catch (IOException e) {
            return 0;
        }
    }

    /** In KiB, what its limit of memory counts; 0 once it has ended. */
    long countedKib() {
        try {
            return group.countedKib();
        } catch (IOException e) {
            return 0;
        }
    }

    /** How many it has accepted and not closed. Others may wait in the system's backlog. */
    int connections() {
        return Math.max(0, descriptors() - idleDescriptors);
    }

    int threads() {
        return entries("task");
    }

    /** From main to the port being open, as it says itself: the runtime's own time is not in it. */
    String startTime() {
        return said().map(STARTED::matcher).filter(Matcher::find).findFirst().orElseThrow().group(1);
    }

    /** What it has said, apart from that it started and stopped. */
    List<String> log() {
        return said().filter(line -> !line.contains(Server.OF_START_AND_STOP)).toList();
    }

    void assertQuiet() {
        List<String> log = log();
        assertTrue(log.size() <= MAX_LINES, () -> log.size() + " lines, " + log.get(0));
    }

    @Override
    public void close() {
        container.remove();
    }

    private Stream<String> said() {
        Command.Result logs = container.logs();
        return Stream.concat(logs.out().lines(), logs.err().lines());
    }

    private int descriptors() {
        return entries("fd");
    }

    private int entries(String folder) {
        String[] names = Path.of("/proc", Long.toString(pid), folder).toFile().list();
        return names == null ? 0 : names.length;
    }

    /** Whether it is 200. */
    static boolean answers(int port, String path) {
        try (Wire wire = new Wire(port)) {
            return wire.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").receive().startsWith("HTTP/1.1 200 OK\r\n");
        } catch (IOException e) {
            return false;
        }
    }
}
