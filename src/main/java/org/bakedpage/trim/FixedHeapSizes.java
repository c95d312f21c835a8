package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * How large the heap may be is worked out once. The collector does it anew whenever memory is not had in the shortest way, as
 * options might have changed meanwhile; here none can, for they are not parsed at run time. Nothing is cut: this is for
 * speed, where the router answers: its requests make garbage.
 */
@TargetClass(className = "com.oracle.svm.core.genscavenge.AbstractCollectionPolicy")
final class FixedHeapSizes {

    @Alias
    private HeapSizes sizes;

    @Alias
    private native HeapSizes computeSizeParameters(HeapSizes values);

    @Alias
    private native void updateSizeParameters0(HeapSizes values, HeapSizes previous);

    @Substitute
    public void updateSizeParameters() {
        if (sizes == null) {
            updateSizeParameters0(computeSizeParameters(null), null);
        }
    }

    @TargetClass(className = "com.oracle.svm.core.genscavenge.AbstractCollectionPolicy", innerClass = "SizeParameters")
    static final class HeapSizes {
    }
}
