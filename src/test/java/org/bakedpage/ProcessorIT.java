package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The executable on x86-64 processors without AVX, as qemu-user plays them: kvm64 has nothing beyond SSE3. */
class ProcessorIT {

    private static final String EXECUTABLE = System.getProperty("native.image.path");
    private static final Path PAGE = Path.of("src/main/resources/META-INF/resources/index.html");

    @ParameterizedTest
    @ValueSource(strings = { "Nehalem", "kvm64" })
    void an_old_processor_runs_it(String processor) throws Exception {
        List<String> command = List.of("qemu-x86_64-static", "-cpu", processor, EXECUTABLE);
        try (Server server = Server.start(command, Map.of())) {
            assertEquals(Files.readString(PAGE), server.get("/").body());
            new Command("qemu-x86_64-static", "-cpu", processor, EXECUTABLE, "health")
                    .with(Map.of("PORT", Integer.toString(server.port()))).succeed();
        }
    }
}
