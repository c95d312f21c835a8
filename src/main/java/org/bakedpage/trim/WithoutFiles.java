package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.impl.Http1xServerResponse;
import io.vertx.core.spi.file.FileResolver;
import java.io.File;

/**
 * Removes Vert.x's file system, the folder into which it unpacks class-path resources, and the sending of files. The pages
 * lie in the executable's heap and a scratch image has no files.
 * Saved 39,741 bytes of code and 31 classes.
 */
final class WithoutFiles {

    private static final String NO_FILES = "this server has no files: its pages are in the executable";

    private WithoutFiles() {
    }

    @TargetClass(className = "io.vertx.core.impl.VertxImpl")
    static final class VertxInstance {

        @Substitute
        protected FileSystem getFileSystem() {
            return null;
        }

        @Substitute
        public FileSystem fileSystem() {
            throw new UnsupportedOperationException(NO_FILES);
        }
    }

    @Substitute
    @TargetClass(className = "io.vertx.core.file.impl.FileResolverImpl")
    static final class Resolver implements FileResolver {

        @Substitute
        Resolver(FileSystemOptions options) {
            if (options.isClassPathResolvingEnabled()) {
                throw new UnsupportedOperationException("quarkus.vertx.classpath-resolving=true: " + NO_FILES);
            }
        }

        @Substitute
        @Override
        public File resolveFile(String name) {
            return new File(name);
        }

        @Substitute
        @Override
        public void close() {
        }
    }

    @TargetClass(Http1xServerResponse.class)
    static final class Response {

        @Substitute
        private void doSendFile(String name, long offset, long length, Handler<AsyncResult<Void>> handler) {
            throw new UnsupportedOperationException(NO_FILES);
        }
    }
}
