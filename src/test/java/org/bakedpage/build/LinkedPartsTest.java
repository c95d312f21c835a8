package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
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
        Map<String, String> versions = LinkedParts.of(executable, folder).versions();
        // Of the machine's own compiler, where there is one for musl.
        versions.keySet().removeAll(Set.of("musl", "zlib"));
        assertEquals(version == null ? Map.of() : Map.of(version.split(" ")[0], version.split(" ")[1]), versions);
    }
}
