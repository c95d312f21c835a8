import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.zip.GZIPOutputStream;

/**
 * What has to be shipped of a contender, in bytes.
 *
 * @param image the executable and its libraries: the least that an image has to hold
 * @param compressed what a registry sends of it: its layers are compressed by gzip
 */
record Size(long executable, long image, long compressed) {

    private static final class Counter extends OutputStream {

        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }

    static Size of(Server server) throws IOException {
        Collection<Path> files = server.mappedFiles();
        long image = 0;
        Counter compressed = new Counter();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed, 1 << 16)) {
            for (Path file : files) {
                image += Files.copy(file, gzip);
            }
        }
        return new Size(Files.size(server.executable()), image, compressed.count);
    }
}
