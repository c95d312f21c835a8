package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.TargetClass;
import io.vertx.core.http.impl.HttpServerImpl;

/**
 * Removes WebSockets. Quarkus itself disables them at start-up where no extension uses them (the system property
 * vertx.disableWebsockets), but Vert.x reads that when the executable is built, and it has to be known then to leave
 * the code out.
 * Saved 120,614 bytes of code and 75 classes.
 */
@TargetClass(HttpServerImpl.class)
final class WithoutWebSockets {

    @Alias
    @RecomputeFieldValue(kind = RecomputeFieldValue.Kind.FromAlias, isFinal = true)
    static boolean DISABLE_WEBSOCKETS = true;
}
