package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.bootstrap.naming.DisabledInitialContextManager;
import java.net.InetAddress;
import java.util.Random;

/**
 * The only name that is looked up is that of the address to listen on; the C library does it. Other resolvers, hosts files of
 * the JDK's own and JNDI are not asked. Without JNDI there is no need to disable it, either.
 * Saved 794,624 bytes, 84 kB of them padding of the heap.
 */
final class WithoutNameServices {

    @TargetClass(InetAddress.class)
    static final class Resolvers {

        @Substitute
        private static Resolver createBuiltinInetAddressResolver() {
            return (Resolver) (Object) new Platform();
        }

        @Substitute
        private static Resolver loadResolver() {
            return createBuiltinInetAddressResolver();
        }
    }

    /** Newer than the Java that this is written in. */
    @TargetClass(className = "java.net.spi.InetAddressResolver")
    static final class Resolver {
    }

    @TargetClass(className = "java.net.InetAddress", innerClass = "PlatformResolver")
    static final class Platform {

        @Alias
        Platform() {
        }
    }

    /** Random names for sockets of the Unix domain, which this server has none of. */
    @TargetClass(className = "sun.nio.ch.UnixDomainSockets")
    static final class UnixDomain {

        @Substitute
        private static Random getRandom() {
            throw new UnsupportedOperationException("sockets of the Unix domain have no random names here");
        }
    }

    @TargetClass(DisabledInitialContextManager.class)
    static final class Jndi {

        @Substitute
        public static void register() {
        }
    }
}
