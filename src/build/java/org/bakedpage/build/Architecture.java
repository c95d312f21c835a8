package org.bakedpage.build;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bakedpage.ElfHeader;

/** What an executable runs on, by its ELF header (elf(5)), and how images name it (GOARCH and GOARM). */
enum Architecture {

    AMD64(62, "amd64", null, "x86_64-linux-musl-gcc", "linux-amd64"),
    ARM64(183, "arm64", "v8", "aarch64-linux-musl-gcc", "linux-aarch64");

    private final int machine;
    private final String imageName;
    private final String variant;
    private final String compiler;
    private final String platform;

    Architecture(int machine, String imageName, String variant, String compiler, String platform) {
        this.machine = machine;
        this.imageName = imageName;
        this.variant = variant;
        this.compiler = compiler;
        this.platform = platform;
    }

    static Architecture of(Path executable) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(ElfHeader.E_MACHINE + Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (SeekableByteChannel file = Files.newByteChannel(executable)) {
            while (header.hasRemaining() && file.read(header) >= 0) {
                // until it is full
            }
        }
        header.flip();
        if (header.limit() < header.capacity() || header.getInt(0) != ElfHeader.E_IDENT) {
            throw new IOException(executable + " is no ELF executable");
        }
        int found = header.getShort(ElfHeader.E_MACHINE);
        return Arrays.stream(values()).filter(a -> a.machine == found).findFirst()
                .orElseThrow(() -> new IOException(
                        executable + " is for neither amd64 nor arm64 but the ELF machine " + found));
    }

    /** The name of the compiler that links it to musl. */
    String compiler() {
        return compiler;
    }

    /** The folder of the libraries that it is linked to, in that of native-image. */
    String libraries() {
        return "lib/static/" + platform + "/musl";
    }

    /** Adds what the OCI image specification has in a configuration and in the platform of an index. */
    JsonObject describe(JsonObject json) {
        json.put("architecture", imageName).put("os", "linux").remove("variant");
        return variant == null ? json : json.put("variant", variant);
    }
}
