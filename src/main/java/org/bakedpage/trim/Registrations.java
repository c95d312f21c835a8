package org.bakedpage.trim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * What start-up asks for by reflection. Quarkus registers every method of every class that it might make, converters'
 * targets such as String, Locale and Duration among them, and with these all that they reach: its list is excluded in
 * application.properties. Of it a start needs constructors, and the static methods of the mappings of configuration.
 */
public final class Registrations implements Feature {

    private static final String LIST = "META-INF/native-image/reflect-config.json";
    private static final Pattern NAME = Pattern.compile("\"name\":\"((?:io\\.quarkus|io\\.smallrye|org\\.bakedpage)[^\"]*)\"");

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        Matcher names = NAME.matcher(list(access.getApplicationClassLoader()));
        while (names.find()) {
            Class<?> registered = access.findClassByName(names.group(1));
            if (registered != null && !registered.isAnnotation() && !registered.getName().contains(".attribute.")) {
                register(registered);
            }
        }
        registerForNetty(access);
    }

    /** Netty reaches into the JDK for its selected keys, and for direct memory without a cleaner per buffer. */
    private static void registerForNetty(BeforeAnalysisAccess access) {
        for (Field field : access.findClassByName("sun.nio.ch.SelectorImpl").getDeclaredFields()) {
            RuntimeReflection.register(field);
        }
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

    private static void register(Class<?> registered) {
        RuntimeReflection.register(registered);
        RuntimeReflection.register(registered.getDeclaredConstructors());
        if (registered.getName().endsWith("$$CMImpl")) {
            for (Method method : registered.getDeclaredMethods()) {
                if (Modifier.isStatic(method.getModifiers())) {
                    RuntimeReflection.register(method);
                }
            }
        }
    }

    private static String list(ClassLoader loader) {
        try (InputStream in = loader.getResourceAsStream(LIST)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + LIST, e);
        }
    }
}
