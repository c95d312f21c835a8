package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.handler.codec.compression.BrotliOptions;
import io.netty.handler.codec.compression.CompressionOptions;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.vertx.core.http.HttpServerOptions;

/**
 * Removes the compression of answers and the decompression of requests while they pass. Each page lies in the executable in
 * every coding already, and no request's content is looked at.
 * Saved 69,458 bytes of code and 39 classes.
 */
final class WithoutCompressors {

    private WithoutCompressors() {
    }

    static UnsupportedOperationException refusal(String key) {
        return new UnsupportedOperationException(key
                + ": this server compresses its pages when it is built, and nothing else");
    }

    @TargetClass(HttpServerOptions.class)
    static final class Options {

        @Substitute
        public boolean isCompressionSupported() {
            return false;
        }

        @Substitute
        public HttpServerOptions setCompressionSupported(boolean supported) {
            if (supported) {
                throw refusal("quarkus.http.enable-compression=true");
            }
            return (HttpServerOptions) (Object) this;
        }

        @Substitute
        public boolean isDecompressionSupported() {
            return false;
        }

        @Substitute
        public HttpServerOptions setDecompressionSupported(boolean supported) {
            if (supported) {
                throw refusal("quarkus.http.enable-decompression=true");
            }
            return (HttpServerOptions) (Object) this;
        }

        /** Quarkus names gzip and deflate, whether answers are to be compressed or not. */
        @Substitute
        public HttpServerOptions addCompressor(CompressionOptions compressor) {
            return (HttpServerOptions) (Object) this;
        }
    }

    @TargetClass(StandardCompressionOptions.class)
    static final class Codings {

        @Substitute
        public static BrotliOptions brotli() {
            throw refusal("quarkus.http.compressors=br");
        }
    }
}
