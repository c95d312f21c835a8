package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The image as Maven alone builds and pushes it, without a daemon, and as others pull it. */
@EnabledIf(value = "isPossible", disabledReason = Containers.SKIPPED + ", docker-registry")
class RegistryIT {

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
    private static final String NAME = "web-server";
    private static final String CYCLONEDX = "application/vnd.cyclonedx+json";
    private static final String TAG = "1.0.0";
    private static final Path SBOM = Path.of("target/web-server.cdx.json");
    private static final String STATISTICS = "web-server-build-output-stats.json";

    private static Containers containers;
    private static Registry registry;
    private static ProjectCopy project;
    private static String image;

    static boolean isPossible() {
        return Containers.answer() && Registry.isInstalled();
    }

    @BeforeAll
    static void push_the_image() throws IOException {
        containers = new Containers();
        registry = new Registry();
        image = registry.host() + "/" + NAME + ":" + TAG;
        project = new ProjectCopy().withExecutable();
        push(project, TAG);
    }

    @AfterAll
    static void clean_up() {
        if (project != null) {
            project.close();
        }
        if (registry != null) {
            registry.close();
        }
        if (containers != null) {
            containers.close();
        }
    }

    @Test
    void the_pushed_image_has_one_layer_with_one_file_the_executable() throws IOException {
        pull();
        try (Layers layers = new Layers(containers, image)) {
            assertEquals(1, layers.count());
            assertEquals("work/application", layers.files(0));
            Path executable = Path.of(System.getProperty("native.image.path"));
            assertEquals(-1, Files.mismatch(layers.path(0).resolve("work/application"), executable));
        }
    }

    @Test
    void the_image_pulled_back_serves_the_page() throws IOException {
        pull();
        Container container = containers.startStrictly("--publish", "127.0.0.1::80", image);
        assertArrayEquals(Files.readAllBytes(project.pages().resolve("index.html")), container.firstPage(80));
        assertEquals("", container.logs().err());
    }

    @Test
    void the_image_pulled_back_says_what_it_is_and_how_it_is_run() {
        pull();
        JsonObject config = containers.inspectImage(image).getJsonObject("Config");
        assertEquals("65532:65532", config.getString("User"));
        assertEquals(Set.of("80/tcp"), config.getJsonObject("ExposedPorts").fieldNames());
        assertTrue(config.getJsonArray("Env").contains("PORT=80"), config::encode);
        assertEquals(NAME, config.getJsonObject("Labels").getString("org.opencontainers.image.title"));
    }

    @Test
    void another_build_elsewhere_and_later_pushes_the_same_digest() throws IOException {
        try (ProjectCopy other = new ProjectCopy().withExecutable()) {
            Path executable = other.path().resolve("target/web-server");
            Files.setLastModifiedTime(executable, FileTime.from(Instant.now().plusSeconds(3600)));
            push(other, "again");
        }
        assertEquals(registry.digest(NAME, TAG), registry.digest(NAME, "again"));
    }

    @Test
    void the_kubernetes_file_of_the_build_names_the_pushed_image_by_its_digest() throws IOException {
        assertDeploys(project, project.read("target/jib-image.digest"));
    }

    private static void assertDeploys(ProjectCopy built, String digest) throws IOException {
        String manifest = built.read("target/kubernetes/kubernetes.yml");
        assertTrue(manifest.contains("image: " + registry.host() + "/" + NAME + "@" + digest + "\n"), manifest);
    }

    @Test
    void by_zstd_there_is_a_sixth_less_to_pull_and_it_runs() throws IOException {
        push(project, "zstd", "-Dweb-server.layer=zstd");
        long gzip = layer(registry.manifest(NAME, TAG)).getLong("size");
        JsonObject layer = layer(registry.manifest(NAME, "zstd"));
        System.out.println("layer by gzip: " + gzip + " bytes, by zstd: " + layer.getLong("size"));
        assertEquals("application/vnd.oci.image.layer.v1.tar+zstd", layer.getString("mediaType"));
        assertTrue(layer.getLong("size") <= gzip * 0.85, layer::encode);
        assertSbomOf("zstd", SBOM);
        assertEquals(registry.digest(NAME, "zstd"), project.read("target/jib-image.digest"));
        assertDeploys(project, registry.digest(NAME, "zstd"));
        String name = pull("zstd", "amd64");
        Container container = containers.startStrictly("--publish", "127.0.0.1::80", name);
        assertArrayEquals(Files.readAllBytes(project.pages().resolve("index.html")), container.firstPage(80));
    }

    @Test
    void one_command_pushes_an_image_for_each_of_two_architectures_under_one_tag() throws IOException {
        try (ProjectCopy other = new ProjectCopy().withExecutable()) {
            Path folder = Files.createDirectories(other.path().resolve("target/arm64"));
            Path arm64 = Elf.ofArm64(other.path().resolve("target/web-server"), folder.resolve("web-server"));
            Files.copy(other.path().resolve("target/" + STATISTICS), folder.resolve(STATISTICS));
            push(other, "both", "-Pmultiarch", "-Dweb-server.layer=zstd");
            JsonArray manifests = registry.manifest(NAME, "both").getJsonArray("manifests");
            for (int i = 0; i < 2; i++) {
                Path executable = i == 0 ? other.path().resolve("target/web-server") : arm64;
                String architecture = i == 0 ? "amd64" : "arm64";
                assertEquals(architecture, manifests.getJsonObject(i).getJsonObject("platform").getString("architecture"));
                assertSbomOf(manifests.getJsonObject(i).getString("digest"), executable.resolveSibling("web-server.cdx.json"));
                String name = pull("both", architecture);
                assertEquals(architecture, containers.inspectImage(name).getString("Architecture"));
                Path pulled = containers.file(name, "/work/application", other.path().resolve("pulled"));
                assertEquals(-1, Files.mismatch(executable, pulled));
            }
            assertDeploys(other, registry.digest(NAME, "both"));
        }
    }

    @Test
    void the_sbom_lies_beside_the_pushed_image() throws IOException {
        assertSbomOf(TAG, SBOM);
    }

    @Test
    void the_sbom_is_attached_by_hand_to_an_image_that_was_built_with_a_dockerfile() throws IOException {
        String name = registry.host() + "/" + NAME + ":by-hand";
        containers.build("src/main/docker/Dockerfile.native", name);
        containers.command(Containers.isPodman() ? new String[] { "push", "-q", "--tls-verify=false", name }
                : new String[] { "push", "-q", name }).succeed();
        for (int i = 0; i < 2; i++) {
            project.maven("-q", "exec:java@publish", "-Pnative", "-Dimage=" + name).within(BUILD_LIMIT).succeed();
        }
        assertSbomOf("by-hand", SBOM);
    }

    /** The way of a client to it: "Listing Referrers" and "Unavailable Referrers API" in the OCI distribution specification. */
    private static void assertSbomOf(String reference, Path file) throws IOException {
        String subject = registry.digest(NAME, reference);
        JsonArray referrers = registry.manifest(NAME, subject.replace(':', '-')).getJsonArray("manifests");
        assertEquals(1, referrers.size(), referrers::encode);
        assertEquals(CYCLONEDX, referrers.getJsonObject(0).getString("artifactType"));
        String digest = referrers.getJsonObject(0).getString("digest");
        assertEquals(digest, Digest.of(registry.read(NAME, "manifests/" + digest)));
        JsonObject manifest = registry.manifest(NAME, digest);
        assertEquals(subject, manifest.getJsonObject("subject").getString("digest"));
        assertEquals(CYCLONEDX, manifest.getString("artifactType"));
        JsonObject layer = manifest.getJsonArray("layers").getJsonObject(0);
        byte[] sbom = registry.read(NAME, "blobs/" + layer.getString("digest"));
        assertEquals(layer.getString("digest"), Digest.of(sbom));
        assertArrayEquals(Files.readAllBytes(project.path().resolve(file)), sbom);
    }

    private static JsonObject layer(JsonObject manifest) {
        return manifest.getJsonArray("layers").getJsonObject(0);
    }

    private static void push(ProjectCopy project, String tag, String... options) {
        List<String> words = new ArrayList<>(List.of("-q", "package", "-Pnative", "-DskipTests",
                "-Dquarkus.native.reuse-existing=true", "-Dquarkus.container-image.build=true",
                "-Dquarkus.container-image.push=true", "-Dquarkus.container-image.registry=" + registry.host(),
                "-Dquarkus.container-image.tag=" + tag, "-Dquarkus.container-image.insecure=true"));
        words.addAll(List.of(options));
        project.maven(words.toArray(String[]::new)).within(BUILD_LIMIT).succeed();
    }

    /** The name of the image. */
    private static String pull(String tag, String architecture) {
        String name = registry.host() + "/" + NAME + ":" + tag;
        containers.command(Containers.isPodman()
                ? new String[] { "pull", "-q", "--tls-verify=false", "--arch", architecture, name }
                : new String[] { "pull", "-q", "--platform", "linux/" + architecture, name }).succeed();
        return name;
    }

    private static void pull() {
        pull(TAG, "amd64");
    }
}
