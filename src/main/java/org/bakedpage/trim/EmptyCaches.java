package org.bakedpage.trim;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Map;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * The executable's heap is a picture of the builder's, and so are the caches in it: those of locales hold the thousand that
 * the builder and Quarkus looked at. They are emptied before the picture is taken; what is wanted is cached again.
 */
public final class EmptyCaches implements Feature {

    private static final String[] OWNERS = { "java.util.Locale$LocaleCache", "sun.util.locale.BaseLocale$1InterningCache" };

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        for (String owner : OWNERS) {
            Class<?> type = access.findClassByName(owner);
            if (type == null) {
                throw new IllegalStateException("the JDK has no " + owner + " any more: look where it caches locales now");
            }
            for (Field field : type.getDeclaredFields()) {
                clear(field);
            }
        }
    }

    private static void clear(Field field) {
        try {
            if (Map.class.isAssignableFrom(field.getType()) || Collection.class.isAssignableFrom(field.getType())) {
                field.setAccessible(true);
                Object cache = field.get(null);
                if (cache instanceof Map<?, ?> map) {
                    map.clear();
                } else {
                    ((Collection<?>) cache).clear();
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot empty " + field, e);
        }
    }
}
