package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What .ci/release makes of a commit and pushes, with executables that are given; ReleaseTest has what it refuses. */
@EnabledIf(value = "org.bakedpage.Registry#isInstalled", disabledReason = "there is no docker-registry")
class ReleaseIT {

    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final String NAME = "team/site";
    /** Not the project's: between two releases that is none which can be released. */
    private static final String VERSION = "7.8.9";
    private static final List<String> MORE_PARTS = List.of(".ci", ".gitignore", "CHANGELOG.md", "LICENSE", "README.md", "docs/own-code.md");

    private static ProjectCopy project;
    private static Folder given;
    private static Registry registry;
    /** Of the run before that which pushes. */
    private static Path files;

    @BeforeAll
    static void release() throws IOException {
        registry = new Registry();
        given = new Folder("given");
        Path executable = executable();
        Path arm64 = Elf.ofArm64(executable, given.path().resolve("arm64"));
        for (Path each : List.of(executable, arm64)) {
            Files.copy(Path.of("target/web-server.cdx.json"), each.resolveSibling(each.getFileName() + ".cdx.json"));
        }
        project = new ProjectCopy().with(MORE_PARTS).inPom("<version>[^<]+", "<version>" + VERSION)
                .in("CHANGELOG.md", "## .*", "## " + VERSION + " - 2026-01-31");
        for (String command : List.of("init --quiet", "add .", "-c user.name=a -c user.email=a@example.org commit --quiet --message all")) {
            new Command(("git " + command).split(" ")).in(project.path()).succeed();
        }
        release("-Dweb-server.executable=" + executable + " -Dweb-server.executable.arm64=" + arm64);
        files = Files.move(project.path().resolve("target/release"), given.path().resolve("files"));
        release("-Dquarkus.container-image.insecure=true", registry.host() + "/" + NAME, files.toString());
    }

    private static void release(String settings, String... arguments) {
        List<String> command = new ArrayList<>(List.of(".ci/release", "v" + VERSION));
        command.addAll(List.of(arguments));
        new Command(command).in(project.path()).with(Map.of("MAVEN_ARGS", settings)).within(LIMIT).succeed();
    }

    /** That of the build, of another version. */
    private static Path executable() throws IOException {
        Path executable = Files.copy(Path.of(System.getProperty("native.image.path")), given.path().resolve("amd64"));
        Path site = Files.createFile(given.path().resolve("site"));
        Executable.copySite(executable, site);
        Executable.join(executable, VERSION, site);
        return executable;
    }

    @AfterAll
    static void clean_up() {
        if (project != null) {
            project.close();
        }
        given.close();
        registry.close();
    }

    private static Path file(String suffix) {
        return files.resolve("web-server-" + VERSION + suffix);
    }

    @Test
    void the_files_are_named_by_version_and_architecture_and_have_sums() throws IOException {
        String[] found = files.toFile().list();
        String names = "SHA256SUMS web-server-V-jvm.zip web-server-V-linux-aarch64 web-server-V-linux-aarch64.cdx.json "
                + "web-server-V-linux-x86_64 web-server-V-linux-x86_64.cdx.json";
        assertEquals(names.replace("V", VERSION), String.join(" ", new TreeSet<>(List.of(found))));
        String checked = new Command("sha256sum", "--check", "--strict", "SHA256SUMS").in(files).succeed();
        assertEquals(found.length - 1, checked.lines().filter(line -> line.endsWith(": OK")).count(), checked);
    }

    @Test
    void an_executable_serves_the_page_as_it_is() throws Exception {
        Path executable = Files.copy(file("-linux-x86_64"), given.path().resolve("executable"));
        assertTrue(executable.toFile().setExecutable(true));
        try (Server server = Server.start(executable.toString())) {
            assertEquals(Files.readString(project.pages().resolve("index.html")), server.get("/").body());
        }
    }

    @Test
    void the_archive_has_a_program_for_a_jvm_that_serves_the_page() throws Exception {
        new Command("unzip", "-q", file("-jvm.zip").toString(), "-d", given.path().toString()).succeed();
        Path program = given.path().resolve("web-server-" + VERSION + "-jvm");
        assertEquals(-1, Files.mismatch(Containers.PROJECT.resolve("LICENSE"), program.resolve("LICENSE")));
        try (Server server = Server.start(List.of(Command.JAVA, "-jar", program.resolve("quarkus-run.jar").toString()), Map.of())) {
            assertEquals(Files.readString(project.pages().resolve("index.html")), server.get("/").body());
        }
    }

    @Test
    void the_archive_is_in_order_and_of_the_time_of_the_commit() throws IOException {
        long seconds = Long.parseLong(new Command("git", "log", "-1", "--format=%ct").in(project.path()).succeed());
        LocalDateTime time = LocalDateTime.ofEpochSecond(seconds - seconds % 2, 0, ZoneOffset.UTC);
        try (ZipFile archive = new ZipFile(file("-jvm.zip").toFile())) {
            List<String> names = archive.stream().map(ZipEntry::getName).toList();
            assertEquals(names.stream().sorted().toList(), names);
            assertEquals(Set.of(time), archive.stream().map(ZipEntry::getTimeLocal).collect(Collectors.toSet()));
        }
    }

    @Test
    void both_images_are_of_these_executables_for_both_architectures() throws IOException {
        List<String> images = Files.readAllLines(project.path().resolve("target/release.images"));
        assertEquals(List.of(VERSION + " " + registry.digest(NAME, VERSION),
                VERSION + "-zstd " + registry.digest(NAME, VERSION + "-zstd")), images);
        assertEquals("amd64 gzip, arm64 gzip", layers(VERSION));
        assertEquals("amd64 zstd, arm64 zstd", layers(VERSION + "-zstd"));
        assertEquals(-1, Files.mismatch(project.path().resolve("target/arm64/web-server"), file("-linux-aarch64")));
    }

    @Test
    void their_lists_of_parts_have_the_versions_of_what_was_linked_where_they_were_built() throws IOException {
        Path built = Path.of("target/web-server.cdx.json");
        for (String list : List.of("target/web-server.cdx.json", "target/arm64/web-server.cdx.json")) {
            assertEquals(linked(built), linked(project.path().resolve(list)));
        }
        assertEquals(-1, Files.mismatch(project.path().resolve("target/web-server.cdx.json"), file("-linux-x86_64.cdx.json")));
    }

    private static Map<String, String> linked(Path list) throws IOException {
        Map<String, String> versions = new JsonObject(Files.readString(list)).getJsonArray("components").stream().map(JsonObject.class::cast)
                .filter(part -> !part.containsKey("group") && part.containsKey("version"))
                .collect(Collectors.toMap(part -> part.getString("bom-ref"), part -> part.getString("version")));
        assertTrue(versions.keySet().containsAll(List.of("openjdk", "musl", "zlib", "libgcc")), versions::toString);
        return versions;
    }

    private static String layers(String tag) throws IOException {
        JsonArray manifests = registry.manifest(NAME, tag).getJsonArray("manifests");
        String[] layers = new String[manifests.size()];
        for (int i = 0; i < layers.length; i++) {
            JsonObject manifest = manifests.getJsonObject(i);
            String type = registry.manifest(NAME, manifest.getString("digest")).getJsonArray("layers").getJsonObject(0).getString("mediaType");
            layers[i] = manifest.getJsonObject("platform").getString("architecture") + " " + type.replaceFirst(".*[.+]", "");
        }
        return Arrays.stream(layers).collect(Collectors.joining(", "));
    }

    @Test
    void its_text_is_the_section_of_the_changelog() throws IOException {
        String text = project.read("target/release.md");
        assertFalse(text.isBlank());
        assertTrue(project.read("CHANGELOG.md").contains(text.strip()));
        assertTrue(text.lines().noneMatch(line -> line.startsWith("## ")), text);
    }
}
