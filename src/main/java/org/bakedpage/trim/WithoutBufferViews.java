package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledUnsafeDirectByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Removes Netty's views of a buffer in the other order of bytes, and its buffers over read-only memory. HTTP/1.1 has no
 * numbers but in text, and pages are wrapped as what they are: direct memory.
 * Saved 41,120 bytes of code and 8 classes.
 */
final class WithoutBufferViews {

    private WithoutBufferViews() {
    }

    private static void check(ByteOrder order) {
        if (order != ByteOrder.BIG_ENDIAN) {
            throw new UnsupportedOperationException("buffers are in network order here: read with the methods named LE");
        }
    }

    @TargetClass(Unpooled.class)
    static final class Wrapping {

        @Alias
        private static ByteBufAllocator ALLOC;

        @Substitute
        public static ByteBuf wrappedBuffer(ByteBuffer memory) {
            if (!memory.hasRemaining()) {
                return Unpooled.EMPTY_BUFFER;
            }
            return (ByteBuf) (Object) new Direct(ALLOC, memory, memory.remaining());
        }
    }

    /** It refuses what is not direct, or read-only. */
    @TargetClass(UnpooledUnsafeDirectByteBuf.class)
    static final class Direct {

        @Alias
        protected Direct(ByteBufAllocator allocator, ByteBuffer memory, int maxCapacity) {
        }
    }

    @TargetClass(className = "io.netty.buffer.AbstractByteBuf")
    static final class Buffer {

        @Substitute
        public ByteBuf order(ByteOrder order) {
            check(order);
            return (ByteBuf) (Object) this;
        }
    }

    @TargetClass(className = "io.netty.buffer.EmptyByteBuf")
    static final class Empty {

        @Substitute
        public ByteBuf order(ByteOrder order) {
            check(order);
            return (ByteBuf) (Object) this;
        }
    }

    @TargetClass(className = "io.netty.buffer.UnreleasableByteBuf")
    static final class Unreleasable {

        @Substitute
        public ByteBuf order(ByteOrder order) {
            check(order);
            return (ByteBuf) (Object) this;
        }
    }
}
