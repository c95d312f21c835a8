package org.bakedpage.build;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PulledProgramTest {

    private static final byte[] PROGRAM = "program ".repeat(1000).getBytes(US_ASCII);

    @TempDir
    private Path folder;

    private RegistryStandIn registry;

    @BeforeEach
    void start_a_registry() throws IOException {
        registry = new RegistryStandIn();
    }

    @AfterEach
    void stop_the_registry() {
        registry.close();
    }

    @Test
    void it_is_the_entry_point_of_an_image() throws IOException {
        SampleImage.push(registry, "1.0", PROGRAM);
        assertArrayEquals(PROGRAM, pulled("1.0"));
    }

    @Test
    void of_an_index_it_is_that_of_the_first_image() throws IOException {
        JsonObject image = SampleImage.push(registry, "amd64", PROGRAM).descriptor().toJson()
                .put("platform", new JsonObject().put("os", "linux").put("architecture", "amd64"));
        JsonObject attestation = SampleImage.push(registry, "other", new byte[3]).descriptor().toJson()
                .put("platform", new JsonObject().put("os", "unknown").put("architecture", "unknown"));
        registry.store("manifests/1.0", new Document(Document.INDEX,
                Document.start(Document.INDEX).put("manifests", new JsonArray().add(attestation).add(image))));
        assertArrayEquals(PROGRAM, pulled("1.0"));
    }

    /** As a Dockerfile's build writes them: from a base, by a command, and with ./ in the archive or not. */
    @ParameterizedTest
    @CsvSource({ "Entrypoint, /work/application, true", "Cmd, work/application, false" })
    void it_may_be_in_any_layer_and_compressed_in_any_way(String key, String command, boolean zstd) throws IOException {
        byte[] archive = SampleImage.archive(PROGRAM);
        byte[] base = new byte[1024];
        JsonObject config = new JsonObject().put("config", new JsonObject().put(key, new JsonArray().add(command)));
        Document manifest = new Document(Document.MANIFEST, Document.start(Document.MANIFEST)
                .put("config", registry.storeBlob(Document.CONFIG, config.encode().getBytes(UTF_8)).toJson())
                .put("layers", new JsonArray().add(layer(zstd ? Zstd.compress(archive) : archive)).add(layer(base))));
        registry.store("manifests/1.0", manifest);
        assertArrayEquals(PROGRAM, pulled("1.0"));
        assertEquals(1, folder.toFile().list().length);
    }

    @Test
    void what_is_missing_is_told_in_one_line() throws IOException {
        assertFalse(assertThrows(IOException.class, () -> pulled("none")).getMessage().contains("\n"));
        Document manifest = new Document(Document.MANIFEST, Document.start(Document.MANIFEST)
                .put("config", registry.storeBlob(Document.CONFIG, "{}".getBytes(UTF_8)).toJson()).put("layers", new JsonArray()));
        registry.store("manifests/1.0", manifest);
        assertEquals("it has no entry point", assertThrows(IOException.class, () -> pulled("1.0")).getMessage());
        JsonObject config = new JsonObject().put("config", new JsonObject().put("Cmd", new JsonArray().add("/other")));
        registry.store("manifests/1.0", new Document(Document.MANIFEST, manifest.json()
                .put("config", registry.storeBlob(Document.CONFIG, config.encode().getBytes(UTF_8)).toJson())));
        assertEquals("no layer has the file other", assertThrows(IOException.class, () -> pulled("1.0")).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <html>                                   | the registry's MANIFEST is no JSON
            null                                     | the registry's MANIFEST is no JSON
            {}                                       | the registry's JSON has no config that can be read
            {"config":null}                          | the registry's JSON has no config that can be read
            {"config":{"size":1}}                    | the registry's JSON has no digest that can be read
            {"config":{"digest":1,"size":1}}         | the registry's JSON has no digest that can be read
            {"config":{"digest":"sha256:a"}}         | the registry's JSON has no size that can be read
            {"config":{"digest":"sha256:a","size":"1"}} | the registry's JSON has no size that can be read
            {"config":CONFIG}                        | the registry's JSON has no layers that can be read
            {"config":CONFIG,"layers":[null]}        | the registry's JSON has in layers what is no object
            {"config":CONFIG,"layers":[{}]}          | the registry's JSON has no digest that can be read
            {"manifests":{}}                         | the registry's JSON has no manifests that can be read
            {"manifests":[1]}                        | the registry's JSON has in manifests what is no object
            {"manifests":[]}                         | it has no image for Linux
            {"manifests":[{"platform":null}]}        | the registry's JSON has no digest that can be read
            {"manifests":[{"platform":{"os":"b"}}]}  | it has no image for Linux
            """)
    void a_manifest_that_is_none_is_told_in_one_line(String manifest, String told) {
        Descriptor config = registry.storeBlob(Document.CONFIG, "{\"config\":{\"Cmd\":[\"a\"]}}".getBytes(UTF_8));
        registry.store("manifests/1.0", new Document(Document.MANIFEST,
                manifest.replace("CONFIG", config.toJson().encode()).getBytes(UTF_8)));
        assertEquals(told.replace("MANIFEST", Document.MANIFEST),
                assertThrows(IOException.class, () -> pulled("1.0")).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"config":null}                                                  |
            {"config":{"Entrypoint":null,"Cmd":["/a"]}}                      | a
            {"config":{"Entrypoint":[],"Cmd":["a"],"WorkingDir":null}}       | a
            {"config":{"Entrypoint":["./a"],"Cmd":["b"],"WorkingDir":"/c"}}  | c/a
            {"config":{"Entrypoint":[1],"Cmd":{}}}                           |
            {"config":{"Entrypoint":["/c/../a"],"WorkingDir":"/c"}}          | a
            """)
    void an_entry_point_is_as_builders_write_it(String config, String file) throws IOException {
        JsonObject json = new JsonObject(config);
        if (file == null) {
            assertEquals("it has no entry point", assertThrows(IOException.class, () -> Image.entryPoint(json)).getMessage());
        } else {
            assertEquals(file, Image.entryPoint(json));
        }
    }

    @Test
    void a_layer_that_ends_too_early_is_told_in_one_line() throws IOException {
        byte[] archive = SampleImage.archive(PROGRAM);
        JsonObject config = new JsonObject().put("config", new JsonObject().put("Cmd", new JsonArray().add("/other")));
        registry.store("manifests/1.0", new Document(Document.MANIFEST, Document.start(Document.MANIFEST)
                .put("config", registry.storeBlob(Document.CONFIG, config.encode().getBytes(UTF_8)).toJson())
                .put("layers", new JsonArray().add(layer(Arrays.copyOf(archive, 2000))))));
        assertEquals("the layer ends within a file", assertThrows(IOException.class, () -> pulled("1.0")).getMessage());
    }

    private JsonObject layer(byte[] content) {
        return registry.storeBlob("application/vnd.oci.image.layer.v1.tar", content).toJson();
    }

    private byte[] pulled(String tag) throws IOException {
        Path program = folder.resolve("program");
        PulledProgram.copy(registry.host() + "/group/page:" + tag, BuildConfig.of(Map.of()), program);
        return Files.readAllBytes(program);
    }
}
