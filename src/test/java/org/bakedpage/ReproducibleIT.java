package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two builds of one commit, in two folders, one after the other, for people in other places. A stand-in for the image
 * builder notes what it is asked for, for the real one makes another executable of the same input each time.
 */
class ReproducibleIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String INPUT = "target/web-server-native-image-source-jar";
    private static final Instant COMMIT_TIME = Instant.parse("2026-01-31T12:34:56Z");
    private static BuilderStandIn standIn;
    private static ProjectCopy first;
    private static Folder elsewhere;
    private static Path second;

    @BeforeAll
    static void build_twice() throws IOException {
        standIn = new BuilderStandIn(Path.of("/bin/true"));
        first = new ProjectCopy();
        String date = COMMIT_TIME.toString();
        Map<String, String> author = Map.of("GIT_AUTHOR_NAME", "a", "GIT_AUTHOR_EMAIL", "a@example.org",
                "GIT_COMMITTER_NAME", "a", "GIT_COMMITTER_EMAIL", "a@example.org",
                "GIT_AUTHOR_DATE", date, "GIT_COMMITTER_DATE", date);
        for (String command : new String[] { "git init --quiet", "git add .", "git commit --quiet --message all" }) {
            new Command(command.split(" ")).in(first.path()).with(author).succeed();
        }
        elsewhere = new Folder("elsewhere");
        second = elsewhere.path().resolve("in/another-folder");
        new Command("git", "clone", "--quiet", first.path().toString(), second.toString()).succeed();
        // It would be noted in the Kubernetes files.
        new Command("git", "remote", "remove", "origin").in(second).succeed();
        build(first.path(), "Europe/Vienna", "de_AT.UTF-8");
        build(second, "Pacific/Auckland", "C");
    }

    @AfterAll
    static void clean_up() {
        if (first != null) {
            first.close();
        }
        if (elsewhere != null) {
            elsewhere.close();
        }
        standIn.close();
    }

    private static void build(Path folder, String zone, String locale) {
        Map<String, String> environment = Map.of("GRAALVM_HOME", standIn.home(), "TZ", zone, "LC_ALL", locale);
        ProjectCopy.maven(folder, "-q", "package", "-Pnative", "-DskipTests").with(environment)
                .without("SOURCE_DATE_EPOCH").within(LIMIT).succeed();
    }

    @Test
    void the_image_builder_gets_the_same_files_and_arguments() throws IOException {
        SortedMap<String, String> files = digests(first.path().resolve(INPUT));
        assertTrue(files.keySet().containsAll(List.of("arguments", "web-server.jar")), files::toString);
        assertTrue(files.keySet().stream().anyMatch(name -> name.startsWith("lib/")), files::toString);
        assertEquals(files, digests(second.resolve(INPUT)));
    }

    @Test
    void every_page_has_the_same_etag_and_the_time_of_the_commit() throws IOException {
        assertEquals(digests(first.path().resolve("target/classes")), digests(second.resolve("target/classes")));
        Site site = new Site(SiteMemory.of(second.resolve("target/classes").resolve(SiteResource.NAME)));
        assertEquals(COMMIT_TIME, Instant.ofEpochSecond(site.lastModified(site.page("/"))));
    }

    @Test
    void the_sbom_is_the_same() throws IOException {
        Path sbom = Path.of("target/web-server.cdx.json");
        assertEquals(-1, Files.mismatch(first.path().resolve(sbom), second.resolve(sbom)));
    }

    @Test
    void the_kubernetes_files_are_the_same() throws IOException {
        assertEquals(digests(first.path().resolve("target/kubernetes")), digests(second.resolve("target/kubernetes")));
    }

    /** The digest of each file of a folder, by its relative path. */
    private static SortedMap<String, String> digests(Path folder) throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                digests.put(folder.relativize(file).toString(), Digest.of(Files.readAllBytes(file)));
            }
        }
        return digests;
    }
}
