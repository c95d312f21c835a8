package org.bakedpage;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
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

    @ConfigProperty(name = "quarkus.shutdown.timeout", defaultValue = "4s")
    Duration shutdownTimeout;

    @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0s")
    Duration shutdownDelay;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        if (options.isHttp2ClearTextEnabled()) {
            throw new ConfigurationException("quarkus.http.http2=true: HTTP/2 is not supported; terminate it at the "
                    + "ingress or load balancer", Set.of("quarkus.http.http2"));
        }
        // Connection sees to it: Vert.x's handler takes a download that is still being read for idle.
        options.setIdleTimeout(0);
        // The decoder's buffer for a line grows to its length: nothing is kept by a connection that never needs it.
        options.setDecoderInitialBufferSize(1);
        Limits limits = limits(options);
        // Netty's decoder counts a CR whose LF has not arrived yet; StrictRequestDecoder does not.
        options.setMaxInitialLineLength(limits.maxLineLength() + 1);
        // Vert.x has negative ports for those that the system chooses.
        int port = Math.max(0, options.getPort());
        Connections.limit(limits, port);
        // In dev mode the server listens on while the application starts anew.
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            tryAddress(new InetSocketAddress(options.getHost(), port));
            Signals.drain(Duration.ofMillis(Setting.SHUTDOWN_TIMEOUT.checked(shutdownTimeout.toMillis())),
                    Duration.ofMillis(Setting.SHUTDOWN_DELAY.checked(shutdownDelay.toMillis())));
        }
    }

    private Limits limits(HttpServerOptions options) {
        Setting.FIELDS.checked(options.getMaxHeaderSize());
        return new Limits(options, (int) Setting.LINE.checked(options.getMaxInitialLineLength()),
                Setting.HEAD_TIMEOUT.checked(config.headTimeout().toMillis()),
                Setting.BODY_TIMEOUT.checked(config.bodyTimeout().toMillis()),
                Setting.ANSWER_TIMEOUT.checked(config.answerTimeout().toMillis()),
                Setting.IDLE_TIMEOUT.checked(idleTimeout.toMillis()), Setting.CONTENT.checked(maxBodySize.asLongValue()),
                (int) Setting.CONNECTIONS.checked(config.maxConnections()));
    }

    /**
     * Before the event loops do: when a start fails they are ended, and what they had begun would log errors beside the reason.
     * The socket is bound, but does not listen: nobody takes it for the server.
     */
    private static void tryAddress(InetSocketAddress address) {
        if (address.isUnresolved()) {
            return;
        }
        try (SocketChannel socket = SocketChannel.open()) {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
        } catch (BindException e) {
            throw new UncheckedIOException(new QuarkusBindException(address.getHostString(), address.getPort(), e));
        } catch (IOException | UnsupportedAddressTypeException e) {
            // The server will say it.
        }
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        if (options.getKeyCertOptions() != null) {
            throw new ConfigurationException("quarkus.http.ssl: " + Environment.NO_TLS, Set.of("quarkus.http.ssl"));
        }
    }

    /** Here, for later an event loop would do so, and log more than the reason. */
    @Override
    public void customizeDomainSocketServer(HttpServerOptions options) {
        throw new ConfigurationException("quarkus.http.domain-socket-enabled=true: this server listens on TCP only",
                Set.of("quarkus.http.domain-socket-enabled"));
    }
}
