package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.impl.transports.JDKTransport;

/**
 * Removes Vert.x's DNS client and Netty's DNS codec and resolver, and with them the datagram channels that carry them. The
 * only name that this server looks up is quarkus.http.host, and the JDK's resolver does that.
 */
final class WithoutDns {

    private WithoutDns() {
    }

    @TargetClass(className = "io.vertx.core.impl.VertxImpl")
    static final class VertxInstance {

        /** Quarkus asks for one where a trusted proxy is given by its name. */
        @Substitute
        public DnsClient createDnsClient() {
            throw new UnsupportedOperationException("quarkus.http.proxy.trusted-proxies: give addresses; this server has no "
                    + "DNS client to look up names with");
        }

        @Substitute
        public DnsClient createDnsClient(DnsClientOptions options) {
            return createDnsClient();
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
