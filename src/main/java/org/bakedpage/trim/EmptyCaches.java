package org.bakedpage.trim;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * The executable's heap is a picture of the builder's, and so are the caches in it: those of locales hold those that the
 * builder and Quarkus looked at. In the picture they are empty; what is wanted is cached again.
 * Saved 4,056 bytes of the heap; padding takes their place, so the executable is no smaller.
 */
public final class EmptyCaches implements Feature {

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        Class<?> cache = access.findClassByName("jdk.internal.util.ReferencedKeyMap");
        Class<?> set = access.findClassByName("jdk.internal.util.ReferencedKeySet");
        empty(access, "java.util.Locale$LocaleCache", cache, create(cache));
        empty(access, "sun.util.locale.BaseLocale$1InterningCache", set, create(set));
    }

    private static void empty(BeforeAnalysisAccess access, String owner, Class<?> type, Object value) {
        int found = 0;
        Class<?> cache = access.findClassByName(owner);
        for (Field field : cache == null ? new Field[0] : cache.getDeclaredFields()) {
            if (field.getType() == type) {
                access.registerFieldValueTransformer(field, (receiver, original) -> value);
                found++;
            }
        }
        if (found != 1) {
            throw new IllegalStateException(owner + " has " + found + " fields of " + type + ": look where the JDK caches now");
        }
    }

    /** ReferencedKeyMap and ReferencedKeySet are made alike. */
    private static Object create(Class<?> type) {
        try {
            Method create = type.getDeclaredMethod("create", boolean.class, Supplier.class);
            create.setAccessible(true);
            return create.invoke(null, true, (Supplier<Map<?, ?>>) ConcurrentHashMap::new);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make an empty " + type, e);
        }
    }
}
