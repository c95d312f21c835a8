package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The image with no system calls but those of {@code toolchain/seccomp-profile}; with fewer it says what is wrong, or serves. */
@EnabledIf(value = "org.bakedpage.Containers#isPodman", disabledReason = Containers.SKIPPED)
class SeccompIT {

    private static final String IMAGE = "web-server:seccomp";
    private static final Path PROFILE = Path.of("src/main/kubernetes/seccomp.json");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int ENOSYS = 38;
    /** What other systems than Linux may lack of the profile. The long form, of all, is -Dseccomp.calls='.*'. */
    private static final String SHORT = "clone|epoll_pwait|eventfd2|getsockname|prctl|prlimit64|restart_syscall|sched_getaffinity"
            + "|sysinfo|uname";
    /**
     * Without one of these no process ends, the container's runtime fails, the virtual machine ends with a dump, or Java takes for done
     * what was not.
     */
    private static final Set<String> INDISPENSABLE = Set.of("accept", "arch_prctl", "close", "epoll_ctl", "execve", "exit", "exit_group",
            "fcntl", "fstatfs", "futex", "getcwd", "getdents64", "gettid", "mmap", "mprotect", "openat", "read", "rt_sigaction",
            "rt_sigreturn", "setsockopt", "socket", "write");

    private static Containers containers;
    private static Folder folder;

    @BeforeAll
    static void build() {
        containers = new Containers();
        folder = new Folder("seccomp");
        containers.build("src/main/docker/Dockerfile.native", IMAGE);
    }

    @AfterAll
    static void clean_up() {
        containers.close();
        folder.close();
    }

    /** Whatever the system says to all other calls: that they are forbidden, or that it has none such, as another kernel does. */
    @ParameterizedTest
    @ValueSource(ints = { 1, ENOSYS })
    void with_the_profile_it_serves_and_stops(int error) throws IOException {
        int port = Server.freePort();
        JsonObject profile = new JsonObject(Files.readString(PROFILE)).put("defaultErrnoRet", error);
        Container container = start(folder.write("profile.json", profile.encode()), port);
        assertArrayEquals(Files.readAllBytes(Containers.PAGE), page(port));
        assertEquals(0, container.health("--env", "PORT=" + port).exitCode());
        // What the fast path does not take, and many connections at once.
        try (Wire wire = new Wire(port)) {
            String answer = wire.exchange("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
        }
        Wire[] wires = new Wire[300];
        for (int i = 0; i < wires.length; i++) {
            wires[i] = new Wire(port);
            wires[i].send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        for (Wire wire : wires) {
            assertTrue(wire.receive().startsWith("HTTP/1.1 200 OK\r\n"));
            wire.close();
        }
        assertEquals("", container.logs().err());
        container.signal("TERM");
        assertEquals(0, container.exitCode());
    }

    /** A kernel or a sandbox that lacks a call gets a clear end: neither a hang nor a server that does not answer. */
    @Test
    void without_what_it_needs_it_ends_with_a_line() throws IOException {
        for (String call : new String[] { "epoll_create1", "socket", "listen" }) {
            Path profile = folder.write(call + ".json", Files.readString(PROFILE).replace("        \"" + call + "\",\n", ""));
            Container container = start(profile, Server.freePort());
            assertTrue(container.exitCode() != 0, call);
            String said = container.logs().out() + container.logs().err();
            assertTrue(said.contains("web-server: "), call + ": " + said);
        }
    }

    static Stream<String> calls() throws IOException {
        JsonArray names = new JsonObject(Files.readString(PROFILE)).getJsonArray("syscalls").getJsonObject(0).getJsonArray("names");
        return names.stream().map(Object::toString).filter(call -> !INDISPENSABLE.contains(call))
                .filter(call -> call.matches(System.getProperty("seccomp.calls", SHORT)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void on_a_kernel_without_one_call_it_serves_or_ends_with_a_line(String call) throws IOException {
        JsonObject denied = new JsonObject().put("names", new JsonArray().add(call)).put("action", "SCMP_ACT_ERRNO")
                .put("errnoRet", ENOSYS);
        JsonObject profile = new JsonObject().put("defaultAction", "SCMP_ACT_ALLOW").put("syscalls", new JsonArray().add(denied));
        int port = Server.freePort();
        Container container = start(folder.write(call + ".json", profile.encode()), port);
        Poll.holds(LIMIT, () -> Pod.answers(port, "/") || !container.state().getBoolean("Running"));
        boolean served = Pod.answers(port, "/");
        if (served) {
            container.signal("TERM");
        }
        int exitCode = container.exitCode();
        Command.Result logs = container.logs();
        System.out.printf("without %s: %s, exit code %d, %s%n", call, served ? "it serves" : "it ends", exitCode, logs.err().strip());
        assertEquals(served, exitCode == 0);
        assertEquals(served ? 0 : 1, logs.err().lines().count(), logs::err);
    }

    private static Container start(Path profile, int port) {
        return containers.startStrictly(Containers.HOST_NETWORK, "--security-opt", "seccomp=" + profile.toAbsolutePath(),
                "--env", "PORT=" + port, IMAGE);
    }

    private static byte[] page(int port) {
        return new Browser().read(URI.create("http://127.0.0.1:" + port + "/"), LIMIT);
    }
}
