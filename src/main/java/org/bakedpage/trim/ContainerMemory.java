package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.graalvm.word.UnsignedWord;

/** Nothing is cut: an executable's heap is set when it is built, so it has to ask how much memory there is, and is small. */
@TargetClass(className = "org.bakedpage.Memory")
final class ContainerMemory {

    @Substitute
    static long limit() {
        return Physical.size().rawValue();
    }

    @Substitute
    static void collect() {
        System.gc();
    }

    @TargetClass(className = "com.oracle.svm.core.heap.PhysicalMemory")
    static final class Physical {

        @Alias
        static native UnsignedWord size();
    }
}
