package org.bakedpage.build;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** How a layer is compressed: by gzip for any client, or by zstd, which is smaller by a sixth. */
public enum LayerCoding {

    GZIP {
        @Override
        OutputStream compress(OutputStream out) throws IOException {
            return new GZIPOutputStream(out);
        }
    },
    ZSTD {
        @Override
        OutputStream compress(OutputStream out) throws IOException {
            return new ZstdOutputStream(out, ZSTD_LEVEL);
        }
    };

    public static final String KEY = "web-server.layer";

    /** The highest with a window of 8 MiB, that any decoder should take, RFC 8878 section 3.1.1.1.2; higher ones gain nothing. */
    private static final int ZSTD_LEVEL = 19;

    abstract OutputStream compress(OutputStream out) throws IOException;

    /** @param setting gzip if there is none */
    public static LayerCoding of(Optional<String> setting) throws IOException {
        return switch (setting.orElse("gzip")) {
            case "gzip" -> GZIP;
            case "zstd" -> ZSTD;
            default -> throw new IOException(KEY + "=" + setting.get() + " is neither gzip nor zstd");
        };
    }

    /** The same bytes each time. */
    Descriptor compress(Path archive, Path compressed) throws IOException {
        try (OutputStream out = compress(Files.newOutputStream(compressed))) {
            Files.copy(archive, out);
        }
        return Descriptor.of(mediaType(), compressed);
    }

    /** See "Layer" media types in the OCI image specification. */
    String mediaType() {
        return "application/vnd.oci.image.layer.v1.tar+" + name().toLowerCase(Locale.ROOT);
    }
}
