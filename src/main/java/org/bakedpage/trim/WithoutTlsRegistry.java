package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.tls.runtime.CertificateRecorder;
import io.vertx.core.Vertx;
import java.util.Set;

/** TLS ends at the ingress or the load balancer: no certificate is read, and Connections refuses to serve with one. */
@TargetClass(CertificateRecorder.class)
final class WithoutTlsRegistry {

    @Substitute
    public void validateCertificates(Set<String> providers, RuntimeValue<Vertx> vertx, ShutdownContext shutdown) {
    }
}
