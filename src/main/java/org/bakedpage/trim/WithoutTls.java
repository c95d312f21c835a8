package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TCPSSLOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.SslContextProvider;
import io.vertx.core.net.impl.TCPServerBase;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/**
 * Removes Netty's TLS (io.netty.handler.ssl) and what Vert.x has to set it up: contexts, SNI, ALPN, key and trust stores,
 * lists of revoked certificates. TLS ends at the ingress or the load balancer; WithoutTlsRegistry refuses to start with a
 * certificate (quarkus.http.ssl.*), so no connection could have had TLS.
 * Saved 41,914 bytes of code and 55 classes.
 */
final class WithoutTls {

    private static final String NO_TLS = "quarkus.http.ssl: TLS is not supported; terminate it at the ingress or load "
            + "balancer";

    private WithoutTls() {
    }

    @TargetClass(TCPSSLOptions.class)
    static final class Options {

        /** Quarkus sets it for the server that would have a certificate, then makes no such server. */
        @Substitute
        public boolean isSsl() {
            return false;
        }

        @Substitute
        public boolean isUseAlpn() {
            return false;
        }
    }

    @TargetClass(JdkSSLEngineOptions.class)
    static final class EngineOptions {

        @Substitute
        public static boolean isAlpnAvailable() {
            return false;
        }
    }

    @TargetClass(HttpServerImpl.class)
    static final class Server {

        @Substitute
        protected Helper createSSLHelper() {
            return new Helper(null, null);
        }
    }

    @TargetClass(TCPServerBase.class)
    static final class ServerBase {

        @Substitute
        public Future<Boolean> updateSSLOptions(SSLOptions options, boolean force) {
            throw new UnsupportedOperationException(NO_TLS);
        }
    }

    /** What a server asks of it before it binds; all else of it is gone. */
    @Substitute
    @TargetClass(className = "io.vertx.core.net.impl.SSLHelper")
    static final class Helper {

        @Substitute
        @SuppressWarnings("unused")
        Helper(TCPSSLOptions options, List<String> applicationProtocols) {
        }

        @Substitute
        public Future<ContextUpdate> updateSslContext(SSLOptions options, boolean force, ContextInternal context) {
            return Future.succeededFuture(new ContextUpdate(
                    new ChannelProvider(null, 0, TimeUnit.SECONDS, false, false, false, null, false), false, null));
        }

        @Substitute
        ByteBufAllocator serverByteBufAllocator(SslContextProvider provider) {
            return PooledByteBufAllocator.DEFAULT;
        }
    }

    @TargetClass(className = "io.vertx.core.net.impl.SslContextUpdate")
    static final class ContextUpdate {

        @Alias
        @SuppressWarnings("unused")
        ContextUpdate(ChannelProvider provider, boolean updated, Throwable error) {
        }
    }

    @Substitute
    @TargetClass(className = "io.vertx.core.net.impl.SslChannelProvider")
    static final class ChannelProvider {

        @Substitute
        @SuppressWarnings("unused")
        ChannelProvider(SslContextProvider provider, long timeout, TimeUnit unit, boolean sni, boolean trustAll,
                boolean alpn, Executor workers, boolean useWorkers) {
        }

        @Substitute
        public SslContextProvider sslContextProvider() {
            return null;
        }
    }

    @TargetClass(ConnectionBase.class)
    static final class Connection {

        @Substitute
        public boolean isSsl() {
            return false;
        }

        @Substitute
        public SSLSession sslSession() {
            return null;
        }

        @Substitute
        public String indicatedServerName() {
            return null;
        }
    }
}
