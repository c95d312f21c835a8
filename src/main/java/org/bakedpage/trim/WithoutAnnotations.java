package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.channel.ChannelHandlerAdapter;

/**
 * Netty looks for an annotation to tell a handler that is added to a second pipeline by mistake: a mistake that a test would
 * have shown. Reading annotations brings their parser and a proxy class for each of their types.
 */
@TargetClass(ChannelHandlerAdapter.class)
final class WithoutAnnotations {

    @Substitute
    private boolean isSharable0() {
        return true;
    }
}
