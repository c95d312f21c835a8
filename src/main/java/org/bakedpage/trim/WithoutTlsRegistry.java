package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.CertificateRecorder;
import io.quarkus.tls.runtime.config.TlsBucketConfig;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.quarkus.vertx.http.runtime.CertificateConfig;
import io.quarkus.vertx.http.runtime.VertxHttpBuildTimeConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.options.HttpServerOptionsUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.Set;

/**
 * TLS ends at the ingress or the load balancer: no certificate is read, and who configures one is told so at the start.
 * Saved 970,752 bytes, 339,228 of them code.
 */
final class WithoutTlsRegistry {

    private static void refuse(boolean configured, String key) {
        if (configured) {
            throw new ConfigurationException(key + ": TLS is not supported; terminate it at the ingress or load balancer",
                    Set.of(key));
        }
    }

    /** What a start is given is refused before the configuration is read, which may find other faults in it. */
    @TargetClass(className = "org.bakedpage.Environment")
    static final class Given {

        @Substitute
        private static boolean hasTls() {
            return false;
        }
    }

    @TargetClass(CertificateRecorder.class)
    static final class Registry {

        @Alias
        private RuntimeValue<TlsConfig> runtimeConfig;

        @Substitute
        public void validateCertificates(Set<String> providers, RuntimeValue<Vertx> vertx, ShutdownContext shutdown) {
            TlsConfig config = runtimeConfig.getValue();
            // A key store is always there; what it is of is not.
            refuse(config.defaultCertificateConfig().flatMap(TlsBucketConfig::keyStore)
                    .filter(store -> store.pem().isPresent() || store.p12().isPresent() || store.jks().isPresent())
                    .isPresent(), "quarkus.tls.key-store");
        }
    }

    @TargetClass(HttpServerOptionsUtils.class)
    static final class Options {

        @Substitute
        public static HttpServerOptions createSslOptions(VertxHttpBuildTimeConfig buildTime, VertxHttpConfig config,
                LaunchMode mode, List<String> websocketSubProtocols, TlsConfigurationRegistry registry) {
            CertificateConfig certificate = config.ssl().certificate();
            refuse(certificate.files().isPresent() || certificate.keyFiles().isPresent()
                    || certificate.keyStoreFile().isPresent() || certificate.credentialsProvider().isPresent(),
                    "quarkus.http.ssl");
            refuse(config.tlsConfigurationName().isPresent(), "quarkus.http.tls-configuration-name");
            return null;
        }
    }
}
