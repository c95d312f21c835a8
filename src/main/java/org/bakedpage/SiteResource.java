package org.bakedpage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The baked site as a JVM has it. An executable has it in itself, see {@link Segment}. */
final class SiteResource {

    /** What {@code Bake} leaves on the class path. */
    static final String NAME = "META-INF/site.bin";

    private SiteResource() {
    }

    /** Mapped where it is a file; read where it is in an archive. */
    static SiteMemory memory() throws IOException {
        URL resource = SiteResource.class.getClassLoader().getResource(NAME);
        if (resource == null) {
            throw new IOException(NAME + " is missing: build with Maven, which runs Bake");
        }
        return resource.getProtocol().equals("file") ? SiteMemory.of(Path.of(URI.create(resource.toString())))
                : SiteMemory.of(read(resource));
    }

    private static ByteBuffer read(URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        try (InputStream in = connection.getInputStream()) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(connection.getContentLengthLong()));
            byte[] some = new byte[64 << 10];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                bytes.put(some, 0, count);
            }
            return bytes.flip();
        }
    }
}
