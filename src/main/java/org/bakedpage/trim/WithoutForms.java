package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Removes the parsing of forms and uploads (io.netty.handler.codec.http.multipart) and Vert.x's body handler, which keeps
 * them in files. Nothing here takes content: what a request brings is read and dropped, in bounds, by Quarkus and
 * StrictRequestDecoder.
 * Saved 86,535 bytes of code and 34 classes.
 */
final class WithoutForms {

    private static final String NO_FORMS = "this server takes no forms and no uploads: it has no parser for them";

    private WithoutForms() {
    }

    @TargetClass(Http1xServerRequest.class)
    static final class Request {

        @Substitute
        public HttpServerRequest setExpectMultipart(boolean expect) {
            if (expect) {
                throw new UnsupportedOperationException(NO_FORMS);
            }
            return (HttpServerRequest) (Object) this;
        }
    }

    /** Quarkus makes one, and mounts it only where an extension asks for bodies. */
    @TargetClass(className = "io.vertx.ext.web.handler.impl.BodyHandlerImpl")
    static final class BodyHandler {

        @Substitute
        public void handle(RoutingContext context) {
            throw new UnsupportedOperationException(NO_FORMS);
        }
    }
}
