package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            62  | {"architecture":"amd64","os":"linux"}
            183 | {"architecture":"arm64","os":"linux","variant":"v8"}
            """)
    void an_executable_says_what_it_runs_on(int machine, String platform) throws IOException {
        assertEquals(platform, Architecture.of(file(SampleImage.executable(machine, ""))).describe(new JsonObject()).encode());
    }

    @Test
    void what_another_architecture_has_goes() {
        JsonObject json = new JsonObject().put("architecture", "arm").put("variant", "v7").put("os", "linux");
        assertEquals("{\"architecture\":\"amd64\",\"os\":\"linux\"}", Architecture.AMD64.describe(json).encode());
    }

    @Test
    void another_machine_is_an_error() throws IOException {
        Path riscv = file(SampleImage.executable(243, ""));
        Exception error = assertThrows(IOException.class, () -> Architecture.of(riscv));
        assertEquals(riscv + " is for neither amd64 nor arm64 but the ELF machine 243", error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({ "''", "#!/bin/sh -e and more", "ELF" })
    void what_is_no_executable_is_an_error(String content) throws IOException {
        Path script = file(content.getBytes());
        Exception error = assertThrows(IOException.class, () -> Architecture.of(script));
        assertEquals(script + " is no ELF executable", error.getMessage());
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("web-server"), content);
    }
}
