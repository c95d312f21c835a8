package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The executable where the system has less than usual, or clocks that are elsewhere. */
@EnabledIf(value = "org.bakedpage.SurroundingsIT#hasTools", disabledReason = "needs root, and Debian's packages qemu-user and faketime")
class SurroundingsIT {

    private static final String EXECUTABLE = System.getProperty("native.image.path");
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final Pattern DATE = Pattern.compile("\r\ndate: ([^\r]*)\r\n");
    /** The loader of programs knows the folder of the machine's kind. */
    private static final String FAKE_CLOCK = "/usr/$LIB/faketime/libfaketimeMT.so.1";
    private static final String QEMU = System.getProperty("os.arch").equals("amd64") ? "qemu-x86_64" : "qemu-aarch64";
    private static final Pattern LINE = Pattern.compile("web-server: cannot .*|.* WARN .*: No file descriptors available");
    /** Too few for the event loops of two processors, and enough to serve; between the two it does as it can. */
    private static final int TOO_FEW_DESCRIPTORS = 7;
    private static final int ENOUGH_DESCRIPTORS = 16;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofSeconds(8);

    static boolean hasTools() {
        return new Command("unshare", "--time", "true").succeeds() && new Command(QEMU, "--version").succeeds()
                && new Command("faketime", "--version").succeeds();
    }

    /** Nothing but the executable, for a user and groups that have no names: not even proc, dev and sys. */
    @Test
    void without_proc_dev_and_sys_it_serves() throws Exception {
        try (Folder root = new Folder("bare")) {
            Files.copy(Path.of(EXECUTABLE), root.path().resolve("web-server"));
            new Command("chmod", "-R", "a-w,a+rX", root.path().toString()).succeed();
            List<String> command = List.of("chroot", "--userspec=4711:4711", "--groups=5000,5001", root.path().toString(), "/web-server");
            try (Server server = Server.start(command, Map.of())) {
                assertEquals(Files.readString(Containers.PAGE), server.get("/").body());
                System.out.printf("without proc, dev and sys: first answer after %d ms, %,d KiB of its own%n",
                        server.millisToFirstAnswer(), server.privateKib());
                server.terminate();
                assertEquals(0, server.process().waitFor());
                assertEquals("", server.log());
            }
            assertEquals(List.of("web-server"), List.of(root.path().toFile().list()));
        }
    }

    /** With a few more than it needs for itself it serves, so far as they go. */
    @ParameterizedTest
    @ValueSource(ints = { 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 })
    void too_few_descriptors_are_told_in_a_line(int descriptors) throws Exception {
        Command command = new Command("prlimit", "--nofile=" + descriptors, "taskset", "--cpu-list", "0,1", EXECUTABLE)
                .with(Map.of("PORT", "0"));
        try (Program program = command.start()) {
            Process process = program.process();
            assertTrue(Poll.holds(LATE, () -> !process.isAlive() || program.out().contains("Listening on: ")),
                    "it neither serves nor ends");
            boolean ended = process.waitFor(LATE.toMillis() / 16, TimeUnit.MILLISECONDS);
            process.destroy();
            assertEquals(ended ? 1 : 0, process.waitFor());
            assertTrue(ended ? descriptors < ENOUGH_DESCRIPTORS : descriptors > TOO_FEW_DESCRIPTORS,
                    ended ? "it ends" : "it serves");
            List<String> lines = (program.out() + program.err()).lines().filter(line -> !line.contains(" INFO ")).toList();
            assertEquals(ended, lines.contains("web-server: cannot start: No file descriptors available"), lines::toString);
            assertTrue(lines.size() <= (ended ? 1 : 4) && lines.stream().allMatch(LINE.asMatchPredicate()), lines::toString);
        }
    }

    /** Of a time namespace. In the first row its milliseconds outgrow an int while the server runs, in the second they have long. */
    @ParameterizedTest
    @ValueSource(longs = { 2_147_482, 4_000_000_000L })
    void a_clock_that_has_run_for_so_many_seconds_changes_no_deadline(long seconds) throws Exception {
        double uptime = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
        String offset = Long.toString(seconds - (long) uptime);
        List<String> command = List.of("unshare", "--time", "--monotonic", offset, "--boottime", offset, "--fork", "--kill-child",
                EXECUTABLE);
        try (Server server = Server.start(command, Map.of("QUARKUS_HTTP_IDLE_TIMEOUT", IDLE.toSeconds() + "s"))) {
            for (int i = 0; i < 2; i++) {
                assertIdleIsClosedInTime(server, () -> { });
            }
            assertEquals("", server.log());
            // unshare does not pass the signal on.
            server.process().children().forEach(ProcessHandle::destroy);
            assertEquals(0, server.process().waitFor());
        }
    }

    /** While it runs. No program may set the machine's clock for a test: qemu asks one that can be faked. */
    @ParameterizedTest
    @ValueSource(strings = { "-3650d", "+36500d" })
    void a_clock_that_is_set_changes_the_date_and_no_deadline(String offset) throws Exception {
        try (Folder folder = new Folder("clock")) {
            Path clock = folder.write("offset", "+0\n");
            Map<String, String> environment = Map.of("QUARKUS_HTTP_IDLE_TIMEOUT", IDLE.toSeconds() + "s",
                    "FAKETIME_TIMESTAMP_FILE", clock.toString(), "FAKETIME_NO_CACHE", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1");
            // Not for the executable itself, which is static.
            List<String> command = List.of("env", "LD_PRELOAD=" + FAKE_CLOCK, QEMU, EXECUTABLE);
            try (Server server = Server.start(command, environment)) {
                assertIdleIsClosedInTime(server, () -> {
                    folder.write("offset", offset + "\n");
                    assertTrue(Poll.holds(LATE, () -> isNear(date(server.port()), shifted(offset))),
                            () -> offset + ": " + date(server.port()));
                });
                folder.write("offset", "+0\n");
                assertTrue(Poll.holds(LATE, () -> isNear(date(server.port()), Instant.now())), () -> date(server.port()).toString());
                assertEquals("", server.log());
            }
        }
    }

    private interface Change {
        void make() throws Exception;
    }

    private static void assertIdleIsClosedInTime(Server server, Change change) throws Exception {
        try (Wire idle = new Wire(server.port())) {
            idle.exchange(GET);
            long start = System.nanoTime();
            change.make();
            assertEquals("", idle.receiveToEnd());
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf("idle connections are closed after %d ms%n", taken.toMillis());
            assertTrue(taken.compareTo(IDLE.minusMillis(100)) >= 0 && taken.compareTo(IDLE.plus(LATE)) <= 0, taken::toString);
        }
    }

    private static Instant date(int port) {
        try (Wire wire = new Wire(port)) {
            Matcher date = DATE.matcher(wire.exchange(GET));
            assertTrue(date.find());
            return ZonedDateTime.parse(date.group(1), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Instant shifted(String offset) {
        return Instant.now().plus(Duration.ofDays(Long.parseLong(offset.replace("d", ""))));
    }

    private static boolean isNear(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(LATE) <= 0;
    }
}
