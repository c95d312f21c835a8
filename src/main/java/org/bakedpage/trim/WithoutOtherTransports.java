package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.transport.Transport;

/**
 * Removes the search for transports other than the JDK's (epoll, kqueue, io_uring: libraries that a static executable
 * cannot load), domain sockets, which only those have and ServerOptions refuses, and outgoing connections.
 * Saved 1,659 bytes of code.
 */
final class WithoutOtherTransports {

    private WithoutOtherTransports() {
    }

    @TargetClass(VertxOptions.class)
    static final class Options {

        @Substitute
        public VertxOptions setPreferNativeTransport(boolean prefer) {
            if (prefer) {
                throw new UnsupportedOperationException("quarkus.vertx.prefer-native-transport=true: this executable is "
                        + "static and loads no library");
            }
            return (VertxOptions) (Object) this;
        }
    }

    @TargetClass(VertxBuilder.class)
    static final class Builder {

        @Substitute
        static Transport findTransport(boolean preferNative) {
            return JDKTransport.INSTANCE;
        }
    }

    @TargetClass(JDKTransport.class)
    static final class JdkTransport {

        @Substitute
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            throw new UnsupportedOperationException("this server connects to nobody");
        }
    }

    @TargetClass(SocketAddress.class)
    static final class Address {

        @Substitute
        static SocketAddress domainSocketAddress(String path) {
            throw new UnsupportedOperationException("this server listens on TCP only");
        }
    }

    @TargetClass(className = "io.vertx.core.net.impl.SocketAddressImpl")
    static final class TcpAddress {

        @Substitute
        public boolean isDomainSocket() {
            return false;
        }
    }
}
