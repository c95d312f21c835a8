package org.bakedpage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A running process. Its output goes to files, for a pipe would end only with the last daemon that inherits it. */
final class Program implements AutoCloseable {

    private final Folder folder = new Folder("web-server-program");
    private final Path out = folder.path().resolve("out");
    private final Path err = folder.path().resolve("err");
    private final Process process;

    Program(ProcessBuilder builder) throws IOException {
        try {
            process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    Process process() {
        return process;
    }

    String out() {
        return text(out);
    }

    String err() {
        return text(err);
    }

    /** Ends the process and all that it has started. */
    @Override
    public void close() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
        folder.close();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
