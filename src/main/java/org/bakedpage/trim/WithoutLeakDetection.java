package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.util.ResourceLeakDetector;

/**
 * Removes the buffers that record who lost them. Quarkus builds executables with io.netty.leakDetection.level=DISABLED: they
 * were never made.
 * Saved 51,515 bytes of code and 14 classes.
 */
final class WithoutLeakDetection {

    private WithoutLeakDetection() {
    }

    @TargetClass(className = "io.netty.buffer.AbstractByteBufAllocator")
    static final class Allocator {

        @Substitute
        protected static ByteBuf toLeakAwareBuffer(ByteBuf buffer) {
            return buffer;
        }

        @Substitute
        protected static CompositeByteBuf toLeakAwareBuffer(CompositeByteBuf buffer) {
            return buffer;
        }
    }

    @TargetClass(ResourceLeakDetector.class)
    static final class Detector {

        @Substitute
        public static boolean isEnabled() {
            return false;
        }

        @Substitute
        public static ResourceLeakDetector.Level getLevel() {
            return ResourceLeakDetector.Level.DISABLED;
        }
    }
}
