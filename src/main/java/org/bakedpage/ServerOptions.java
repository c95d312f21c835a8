package org.bakedpage;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How Quarkus set the server up, for the handlers that it knows nothing of. */
@Singleton
final class ServerOptions implements HttpServerOptionsCustomizer {

    @Inject
    SiteConfig config;

    @ConfigProperty(name = "quarkus.http.idle-timeout", defaultValue = "60s")
    Duration idleTimeout;

    @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "64K")
    MemorySize maxBodySize;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        if (options.isHttp2ClearTextEnabled()) {
            throw new ConfigurationException("quarkus.http.http2=true: this server speaks HTTP/1.1 only; "
                    + "let the ingress or the load balancer speak HTTP/2", Set.of("quarkus.http.http2"));
        }
        // Connection sees to it: Vert.x's handler takes a download that is still being read for idle.
        options.setIdleTimeout(0);
        // The decoder's buffer for a line grows to its length: nothing is kept by a connection that never needs it.
        options.setDecoderInitialBufferSize(1);
        Connections.limit(new Limits(options, config.headTimeout().toMillis(), idleTimeout.toMillis(),
                maxBodySize.asLongValue(), config.maxConnections()));
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        if (options.getKeyCertOptions() != null) {
            throw new ConfigurationException("quarkus.http.ssl: this server has no TLS; let it end at the ingress or "
                    + "the load balancer", Set.of("quarkus.http.ssl"));
        }
    }
}
