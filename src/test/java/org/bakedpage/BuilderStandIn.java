package org.bakedpage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A native-image that takes no time: it notes its arguments beside the jar, and what it makes was there before. */
final class BuilderStandIn implements AutoCloseable {

    private static final String PROGRAM = """
            #!/bin/sh
            if [ "$1" = --version ]; then
              echo 'native-image 25.0.1 2025-10-21'
              echo 'GraalVM Runtime Environment GraalVM CE 25.0.1+8.1 (build 25.0.1+8-jvmci-b01)'
              echo 'Substrate VM GraalVM CE 25.0.1+8.1 (build 25.0.1+8, serial gc)'
              exit
            fi
            for word; do printf '%%s\\n' "$word"; done > arguments
            cp '%s' web-server
            """;

    private final Folder folder = new Folder("stand-in");

    BuilderStandIn(Path executable) throws IOException {
        Path program = Files.createDirectory(folder.path().resolve("bin")).resolve("native-image");
        Files.writeString(program, PROGRAM.formatted(executable));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** For GRAALVM_HOME. */
    String home() {
        return folder.path().toString();
    }

    @Override
    public void close() {
        folder.close();
    }
}
