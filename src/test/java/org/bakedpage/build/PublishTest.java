package org.bakedpage.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done to an image that Jib has pushed, in a registry that is a stand-in. RegistryIT has a real one. */
class PublishTest {

    private static final byte[] AMD64 = SampleImage.executable(SampleImage.AMD64, "page ".repeat(1000));
    private static final byte[] ARM64 = SampleImage.executable(SampleImage.ARM64, "another page ".repeat(1000));
    private static final String SINGLE = ".";
    private static final String BOTH = ".,arm64";

    @TempDir
    private Path target;

    private final Map<String, String> config = new HashMap<>();
    private final List<String> printed = new ArrayList<>();
    private RegistryStandIn registry;
    private Document pushed;

    @BeforeEach
    void push_an_image() throws IOException {
        registry = new RegistryStandIn();
        pushed = SampleImage.push(registry, "1.0", AMD64);
        build(target, AMD64);
        build(Files.createDirectory(target.resolve("arm64")), ARM64);
        Files.writeString(target.resolve("jib-image.digest"), pushed.descriptor().digest());
    }

    private static void build(Path folder, byte[] executable) throws IOException {
        Files.write(folder.resolve("web-server"), executable);
        Files.writeString(folder.resolve("web-server.cdx.json"), "{\"what is in\":\"" + folder.getFileName() + "\"}");
    }

    @AfterEach
    void stop_the_registry() {
        registry.close();
    }

    @Test
    void by_gzip_an_image_stays_as_jib_has_pushed_it() throws IOException {
        publish(SINGLE);
        assertEquals(pushed.descriptor(), tagged().descriptor());
        assertSbom(pushed.descriptor().digest(), target);
    }

    @Test
    void by_zstd_it_has_another_layer_and_the_same_configuration() throws IOException {
        config.put("web-server.layer", "zstd");
        publish(SINGLE);
        JsonObject manifest = tagged().json();
        assertEquals(Document.MANIFEST, tagged().mediaType());
        assertEquals(Document.MANIFEST, manifest.getString("mediaType"));
        assertEquals(Document.CONFIG, manifest.getJsonObject("config").getString("mediaType"));
        assertEquals(pushed.json().getJsonObject("config").getString("digest"),
                manifest.getJsonObject("config").getString("digest"));
        assertExecutable(AMD64, manifest, "application/vnd.oci.image.layer.v1.tar+zstd");
        assertSbom(tagged().descriptor().digest(), target);
        assertEquals(tagged().descriptor().digest(), Files.readString(target.resolve("jib-image.digest")));
        assertEquals("group/page:1.0 is " + tagged().descriptor().digest(), printed.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = { "gzip", "zstd" })
    void for_two_architectures_an_index_has_an_image_for_each(String coding) throws IOException {
        config.put("web-server.layer", coding);
        publish(BOTH);
        assertEquals(Document.INDEX, tagged().mediaType());
        JsonArray manifests = tagged().json().getJsonArray("manifests");
        assertEquals(List.of(Map.of("architecture", "amd64", "os", "linux"),
                Map.of("architecture", "arm64", "os", "linux", "variant", "v8")),
                manifests.stream().map(entry -> ((JsonObject) entry).getJsonObject("platform").getMap()).toList());
        for (int i = 0; i < 2; i++) {
            JsonObject descriptor = manifests.getJsonObject(i);
            Document manifest = registry.at("manifests/" + descriptor.getString("digest"));
            assertEquals(Descriptor.of(descriptor), manifest.descriptor());
            assertExecutable(i == 0 ? AMD64 : ARM64, manifest.json(), "application/vnd.oci.image.layer.v1.tar+" + coding);
            JsonObject configuration = registry.blob(manifest.json().getJsonObject("config")).json();
            assertEquals(descriptor.getJsonObject("platform").getString("architecture"), configuration.getString("architecture"));
            assertSbom(descriptor.getString("digest"), i == 0 ? target : target.resolve("arm64"));
        }
    }

    @ParameterizedTest
    @CsvSource({ "zstd, '.'", "gzip, '.,arm64'", "zstd, '.,arm64'" })
    void another_push_over_the_tag_gives_the_same_digest_and_leaves_no_file(String coding, String folders) throws IOException {
        config.put("web-server.layer", coding);
        publish(folders);
        Descriptor first = tagged().descriptor();
        SampleImage.push(registry, "1.0", AMD64);
        publish(folders);
        assertEquals(first, tagged().descriptor());
        try (Stream<Path> files = Files.list(target)) {
            assertEquals(4, files.count());
        }
    }

    @Test
    void every_tag_names_the_same() throws IOException {
        config.put("web-server.layer", "zstd");
        config.put("quarkus.container-image.additional-tags", "latest,1");
        publish(SINGLE);
        for (String tag : List.of("latest", "1")) {
            assertEquals(tagged().descriptor(), registry.at("manifests/" + tag).descriptor());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET blobs/", "POST blobs/", "PUT uploads/1", "PUT manifests/sha256:", "PUT manifests/sha256-" })
    void where_a_connection_breaks_the_tag_stays_and_the_next_push_mends_it(String request) throws IOException {
        config.put("web-server.layer", "zstd");
        registry.answer(request, exchange -> {
            exchange.getRequestBody().close();
            return true;
        });
        Exception error = assertThrows(IOException.class, () -> publish(BOTH));
        assertTrue(error.getMessage().matches("(GET|POST|PUT) \\S+ failed: .*"), error::getMessage);
        assertEquals(pushed.descriptor(), tagged().descriptor());
        registry.answer(request, exchange -> false);
        publish(BOTH);
        assertEquals(2, tagged().json().getJsonArray("manifests").size());
    }

    /** As of a registry that has no OCI images, or whose tags are not moved. */
    @Test
    void a_registry_that_refuses_is_told_in_one_line_with_what_it_takes() {
        config.put("web-server.layer", "zstd");
        registry.answer("PUT manifests/1.0", 400,
                "{\"errors\":[{\"code\":\"TAG_INVALID\",\"message\":\"the tag 1.0 is immutable\"}]}");
        assertEquals("PUT " + registry.address("manifests/1.0") + " was answered by 400 TAG_INVALID the tag 1.0 is immutable; "
                + "a registry without OCI manifests takes what Jib pushes and nothing beside it, "
                + "one whose tags cannot be moved takes no zstd layer and no index",
                assertThrows(IOException.class, () -> publish(SINGLE)).getMessage());
    }

    @Test
    void two_executables_of_one_architecture_are_a_mistake() throws IOException {
        build(target.resolve("arm64"), AMD64);
        assertEquals("two executables are for one architecture; multiarch builds on x86-64",
                assertThrows(IOException.class, () -> publish(BOTH)).getMessage());
        assertEquals(pushed.descriptor(), tagged().descriptor());
    }

    @Test
    void an_image_of_several_layers_is_left_alone() throws IOException {
        config.put("web-server.layer", "zstd");
        JsonObject manifest = pushed.json();
        manifest.getJsonArray("layers").add(manifest.getJsonArray("layers").getJsonObject(0));
        registry.store("manifests/1.0", new Document(Document.DOCKER_MANIFEST, manifest));
        String message = assertThrows(IOException.class, () -> publish(SINGLE)).getMessage();
        assertTrue(message.startsWith("it is not one image of one layer; "), message);
    }

    @Test
    void a_registry_that_lists_referrers_itself_gets_no_tag_for_them() throws IOException {
        registry.answer("PUT manifests/sha256:", exchange -> {
            exchange.getResponseHeaders().add("OCI-Subject", pushed.descriptor().digest());
            return false;
        });
        publish(SINGLE);
        assertTrue(registry.requests().stream().noneMatch(request -> request.contains("manifests/sha256-")),
                registry.requests()::toString);
    }

    @Test
    void what_others_have_attached_stays() throws IOException {
        String tag = "manifests/" + pushed.descriptor().digest().replace(':', '-');
        JsonObject other = new JsonObject().put("digest", "sha256:0").put("size", 1).put("mediaType", "a/b");
        registry.store(tag, new Document(Document.INDEX, new JsonObject().put("manifests", new JsonArray().add(other))));
        for (int i = 0; i < 2; i++) {
            publish().attach();
        }
        JsonArray referrers = registry.at(tag).json().getJsonArray("manifests");
        assertEquals(2, referrers.size(), referrers::encode);
        assertEquals(other, referrers.getJsonObject(0));
    }

    @Test
    void what_cannot_be_done_ends_the_build_in_one_line_without_a_stack() {
        String image = registry.host() + "/group/page:2.0";
        BuildFailure failure = assertThrows(BuildFailure.class, () -> Publish.main(target.toString(), SINGLE, image));
        assertEquals(image + ": GET " + registry.address("manifests/2.0") + " was answered by 404", failure.getMessage());
        assertEquals(0, failure.getStackTrace().length);
    }

    @Test
    void without_an_image_one_can_be_named() throws IOException {
        Files.writeString(target.resolve("quarkus-artifact.properties"), "type=native\n");
        assertEquals("no image was pushed; name one with -Dimage=REGISTRY/NAME:TAG",
                assertThrows(BuildFailure.class, () -> Publish.main(target.toString(), SINGLE)).getMessage());
    }

    @Test
    void without_a_build_there_is_nothing_to_attach() throws IOException {
        Files.delete(target.resolve("web-server.cdx.json"));
        String image = registry.host() + "/group/page:1.0";
        assertEquals(image + ": there is no " + target.resolve("web-server.cdx.json") + "; build it first",
                assertThrows(BuildFailure.class, () -> Publish.main(target.toString(), SINGLE, image)).getMessage());
    }

    private void publish(String folders) throws IOException {
        publish().finish(List.of(folders.split(",")));
    }

    private Publish publish() {
        return new Publish(BuildConfig.of(config), target, registry.image("1.0"), printed::add);
    }

    private Document tagged() {
        return registry.at("manifests/1.0");
    }

    private void assertExecutable(byte[] executable, JsonObject manifest, String mediaType) throws IOException {
        JsonObject layer = manifest.getJsonArray("layers").getJsonObject(0);
        assertEquals(1, manifest.getJsonArray("layers").size());
        assertEquals(mediaType, layer.getString("mediaType"));
        Document blob = registry.blob(layer);
        assertEquals(layer.getLong("size"), blob.content().length);
        InputStream compressed = new ByteArrayInputStream(blob.content());
        try (InputStream in = mediaType.endsWith("zstd") ? new ZstdInputStream(compressed) : new GZIPInputStream(compressed)) {
            byte[] archive = in.readAllBytes();
            assertArrayEquals(executable, SampleImage.files(archive).get(SampleImage.EXECUTABLE));
            JsonObject configuration = registry.blob(manifest.getJsonObject("config")).json();
            assertEquals(List.of(Descriptor.of("", archive).digest()),
                    configuration.getJsonObject("rootfs").getJsonArray("diff_ids").getList());
        }
    }

    /** The way of a client to it: "Listing Referrers" and "Unavailable Referrers API" in the OCI distribution specification. */
    private void assertSbom(String subject, Path folder) throws IOException {
        JsonArray referrers = registry.at("manifests/" + subject.replace(':', '-')).json().getJsonArray("manifests");
        assertEquals(1, referrers.size(), referrers::encode);
        JsonObject artifact = registry.at("manifests/" + referrers.getJsonObject(0).getString("digest")).json();
        assertEquals(subject, artifact.getJsonObject("subject").getString("digest"));
        assertEquals(Files.readString(folder.resolve("web-server.cdx.json")),
                new String(registry.blob(artifact.getJsonArray("layers").getJsonObject(0)).content(), UTF_8));
    }
}
