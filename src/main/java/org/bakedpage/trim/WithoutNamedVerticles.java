package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.spi.VerticleFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Removes verticles that are deployed by a name, which is looked up and loaded. Quarkus deploys the server as an object;
 * code that deploys a name fails the image build.
 * Saved 1,087 bytes of code and 3 classes.
 */
@Substitute
@TargetClass(className = "io.vertx.core.impl.VerticleManager")
final class WithoutNamedVerticles {

    @TargetClass(className = "io.vertx.core.impl.DeploymentManager")
    static final class Deployments {

        @Alias
        private static AtomicLong nextId;

        /** A number in sequence: a random one brings every provider of random numbers. */
        @Substitute
        private String generateDeploymentID() {
            return Long.toString(nextId.incrementAndGet());
        }
    }

    @Substitute
    @SuppressWarnings("unused")
    WithoutNamedVerticles(VertxInternal vertx, Deployments deployments) {
    }

    @Substitute
    void init(List<VerticleFactory> factories) {
    }
}
