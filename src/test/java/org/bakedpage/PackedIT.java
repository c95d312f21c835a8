package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** {@code -Pnative,packed}, of the executable that is there already. */
@EnabledIf(value = "isPossible", disabledReason = Containers.SKIPPED + ", upx-ucl")
class PackedIT {

    /** Packing alone takes half a minute where the executable has 40 MB. */
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
    private static final Path EXECUTABLE = Path.of(System.getProperty("native.image.path"));
    private static final String IMAGE = "web-server-it-packed";

    private static Containers containers;
    private static ProjectCopy project;
    private static Path packed;

    static boolean isPossible() {
        return Containers.answer() && new Command("upx", "--version").succeeds();
    }

    @BeforeAll
    static void pack() throws IOException {
        containers = new Containers();
        project = new ProjectCopy();
        Files.writeString(project.pages().resolve("packed.html"), "another page");
        try (BuilderStandIn standIn = new BuilderStandIn(EXECUTABLE)) {
            project.maven("-q", "package", "-Pnative,packed", "-DskipTests").with(Map.of("GRAALVM_HOME", standIn.home()))
                    .within(BUILD_LIMIT).succeed();
        }
        packed = project.path().resolve("target/web-server");
        containers.build(project.path(), "src/main/docker/Dockerfile.native", IMAGE);
    }

    @AfterAll
    static void clean_up() {
        if (project != null) {
            project.close();
        }
        if (containers != null) {
            containers.close();
        }
    }

    @Test
    void takes_a_third_of_the_disk_or_less() throws IOException {
        System.out.println("packed: " + Files.size(packed) + " bytes of " + Files.size(EXECUTABLE));
        assertTrue(Files.size(packed) * 3 <= Files.size(EXECUTABLE), Files.size(packed) + " bytes");
    }

    @Test
    void serves_the_site_of_this_build() throws Exception {
        try (Server server = Server.start(packed.toString())) {
            assertEquals("another page", server.get("/packed.html").body());
        }
    }

    @Test
    void is_still_static() throws IOException {
        assertTrue(Elf.of(packed).isStatic());
    }

    @Test
    void serves_the_page_from_scratch_with_nothing_to_write_to() throws IOException {
        Container container = containers.startStrictly("--publish", "127.0.0.1::80", IMAGE);
        assertArrayEquals(Files.readAllBytes(Containers.PAGE), container.firstPage(80));
        assertEquals("", container.logs().err());
        assertEquals(0, container.health().exitCode());
    }

    /** What it costs, for README; the limit is only a guard. */
    @Test
    void starts_within_a_second() throws Exception {
        Cost cost = Cost.of(packed);
        System.out.println("not packed: " + Cost.of(EXECUTABLE) + ", packed: " + cost);
        assertTrue(cost.startMillis() <= 1000, cost::toString);
    }

    @Test
    void its_sbom_names_what_packed_it() throws IOException {
        assertTrue(project.read("target/web-server.cdx.json").contains("pkg:generic/upx@"));
    }

    /**
     * @param startMillis until the first answer, the median of some starts
     * @param ownKilobytes of memory after it that is neither shared nor still in the file, the median too
     */
    private record Cost(long startMillis, long ownKilobytes) {

        private static final int STARTS = 9;
        private static final Pattern DIRTY = Pattern.compile("Private_Dirty: +(\\d+) kB");

        static Cost of(Path executable) throws IOException, InterruptedException {
            List<Long> millis = new ArrayList<>();
            List<Long> kilobytes = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                try (Server server = Server.start(executable.toString())) {
                    millis.add(server.millisToFirstAnswer());
                    String memory = Files.readString(Path.of("/proc/" + server.process().pid() + "/smaps_rollup"));
                    kilobytes.add(DIRTY.matcher(memory).results().mapToLong(m -> Long.parseLong(m.group(1))).sum());
                }
            }
            return new Cost(median(millis), median(kilobytes));
        }

        private static long median(List<Long> values) {
            return values.stream().sorted().toList().get(values.size() / 2);
        }
    }
}
