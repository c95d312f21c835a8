package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/**
 * Removes the routes of vertx-web that are chosen by a pattern or by the types of content that a client takes. Quarkus's
 * routes have fixed paths; which page and which representation answers, PageRoute settles for itself.
 * Saved 23,777 bytes of code and 11 classes.
 */
final class WithoutRoutePatterns {

    private WithoutRoutePatterns() {
    }

    @TargetClass(className = "io.vertx.ext.web.impl.RouteImpl")
    static final class Routes {

        @Substitute
        private int createPatternRegex(String path) {
            throw new UnsupportedOperationException("route " + path + ": this server has no routes with parameters");
        }

        @Substitute
        private void setRegex(String regex) {
            throw new UnsupportedOperationException("route " + regex + ": this server has no routes with patterns");
        }

        /** Two routers could only disagree about parameters. */
        @Substitute
        private void validateMount(Router router) {
        }
    }

    @TargetClass(className = "io.vertx.ext.web.impl.RoutingContextImpl")
    static final class Context {

        @Substitute
        private void fillParsedHeaders(HttpServerRequest request) {
            throw new UnsupportedOperationException("this server has no routes by the type of content: see AcceptEncoding");
        }
    }
}
