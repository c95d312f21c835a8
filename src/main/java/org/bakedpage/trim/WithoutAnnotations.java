package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Netty tells by an annotation whether a handler may be in several pipelines. Reading annotations brings their parser and a
 * proxy class for each of their types, so those of the handlers that connections have are read when the executable is built.
 */
@TargetClass(ChannelHandlerAdapter.class)
final class WithoutAnnotations {

    @Substitute
    private boolean isSharable0() {
        return (Object) this instanceof ChannelInitializer || Found.SHARABLE.contains(getClass());
    }

    /** Initialised at build time. */
    static final class Found {

        static final Set<Class<?>> SHARABLE = HandlerMasks.Table.MASKS.keySet().stream()
                .filter(handler -> handler.isAnnotationPresent(Sharable.class)).collect(Collectors.toUnmodifiableSet());
    }
}
