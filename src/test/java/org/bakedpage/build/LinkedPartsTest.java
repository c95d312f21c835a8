package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of what an image builder notes; SbomIT has what is linked into the real executable. */
class LinkedPartsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"general_info":{"graalvm_version":"GraalVM CE 25.0.4+9.1"}}             | graalvm 25.0.4
            {"general_info":{"java_version":"25.0.3+9-LTS"}}                         | openjdk 25.0.3+9
            {"general_info":{"c_compiler":"x86_64-linux-musl-gcc (linux, x86_64, 12.2.0)"}} | libgcc 12.2.0
            {"general_info":{"graalvm_version":null,"java_version":25}}              |
            {"general_info":{}}                                                      |
            {"general_info":null}                                                    |
            {}                                                                       |
            null                                                                     |
            no JSON                                                                  |
            """)
    void versions_are_those_that_are_noted(String statistics, String version) throws IOException {
        Path executable = Files.write(folder.resolve("web-server"), SampleImage.executable(SampleImage.AMD64, "not packed"));
        Files.writeString(folder.resolve("web-server-build-output-stats.json"), statistics);
        Map<String, String> versions = LinkedParts.of(executable, null, List.of()).versions();
        assertEquals(version == null ? Map.of() : Map.of(version.split(" ")[0], version.split(" ")[1]), versions);
    }

    /** That of another build is not asked, be it that it is there still. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"components":[{"bom-ref":"openjdk","version":"25.0.1+8"},{"bom-ref":"a"}]} | openjdk 25.0.1+8 | musl upx
            {"components":[{"bom-ref":"openjdk"},{"bom-ref":"musl","version":"1.2.3"}]} | musl 1.2.3       | upx
            {"components":[{"bom-ref":"openjdk","version":25},1,null]}                  |                  | musl upx
            {"components":[]}                                                           |                  | upx
            {"components":{}}                                                           |                  | upx
            {}                                                                          |                  | upx
            no JSON                                                                     |                  | upx
            """)
    void of_an_executable_that_was_given_they_are_those_of_its_list(String list, String version, String absent) throws IOException {
        Path executable = Files.write(folder.resolve("web-server"), SampleImage.executable(SampleImage.AMD64, "not packed"));
        Files.writeString(folder.resolve("web-server-build-output-stats.json"), "{\"general_info\":{\"java_version\":\"24+1\"}}");
        Files.writeString(Files.createDirectory(folder.resolve(LinkedParts.BUILDER_INPUT)).resolve("given.cdx.json"), list);
        LinkedParts.keepNotes(executable);
        assertTrue(LinkedParts.isGiven(executable));
        LinkedParts linked = LinkedParts.of(executable, null, Stream.of("openjdk", "musl")
                .map(name -> new JsonObject().put("bom-ref", name).put("version", "{" + name + "}")).toList());
        assertEquals(version == null ? Map.of() : Map.of(version.split(" ")[0], version.split(" ")[1]), linked.versions());
        assertEquals(Set.of(absent.split(" ")), linked.absent());
        assertFalse(Files.exists(folder.resolve("web-server-build-output-stats.json")));
    }
}
