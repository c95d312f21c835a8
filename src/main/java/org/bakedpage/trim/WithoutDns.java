package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.core.runtime.VertxCoreRecorder;
import io.quarkus.vertx.core.runtime.config.VertxConfiguration;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.impl.transports.JDKTransport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/**
 * Removes Vert.x's DNS client and Netty's DNS codec and resolver, and with them the datagram channels that carry them. The
 * only name that this server looks up is quarkus.http.host, and the JDK's resolver does that.
 * Saved 120,234 bytes of code and 111 classes.
 */
final class WithoutDns {

    private WithoutDns() {
    }

    /** Of Vert.x's own resolver (quarkus.vertx.resolver.*), in whose place Quarkus puts the JDK's in every executable. */
    @TargetClass(VertxCoreRecorder.class)
    static final class Settings {

        @Substitute
        private static void setAddressResolverOptions(VertxConfiguration configuration, VertxOptions options) {
        }
    }

    /** A trusted proxy given by its name, for which each request would ask for a DNS client; "::1" is taken for one. */
    @TargetClass(className = "io.quarkus.vertx.http.runtime.TrustedProxyCheck", innerClass = "TrustedProxyCheckPart")
    static final class TrustedProxyName {

        @Substitute
        @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
        TrustedProxyName(String name, int port) {
            throw new ConfigurationException("quarkus.http.proxy.trusted-proxies=" + name + (port > 0 ? ":" + port : "")
                    + ": give addresses, such as 10.0.0.0/8 or [::1]", Set.of("quarkus.http.proxy.trusted-proxies"));
        }
    }

    @TargetClass(className = "io.vertx.core.impl.VertxImpl")
    static final class VertxInstance {

        @Substitute
        public DnsClient createDnsClient() {
            throw new UnsupportedOperationException("this server has no DNS client");
        }

        @Substitute
        public DnsClient createDnsClient(DnsClientOptions options) {
            return createDnsClient();
        }

        /** Once, before the server listens. */
        @Substitute
        public void resolveAddress(String name, Handler<AsyncResult<InetAddress>> handler) {
            try {
                handler.handle(Future.succeededFuture(InetAddress.getByName(name)));
            } catch (UnknownHostException e) {
                handler.handle(Future.failedFuture(e));
            }
        }
    }

    @Substitute
    @TargetClass(className = "io.vertx.core.impl.AddressResolver")
    static final class Resolver {

        @Substitute
        @SuppressWarnings("unused")
        Resolver(Vertx vertx, AddressResolverOptions options) {
        }

        @Substitute
        public void close(Handler<Void> closed) {
            closed.handle(null);
        }
    }

    @TargetClass(JDKTransport.class)
    static final class Transport {

        @Substitute
        public DatagramChannel datagramChannel() {
            throw new UnsupportedOperationException("this server speaks TCP only");
        }

        @Substitute
        public DatagramChannel datagramChannel(InternetProtocolFamily family) {
            return datagramChannel();
        }
    }
}
