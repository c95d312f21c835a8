package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.quarkus.vertx.http.runtime.attribute.ExchangeAttributeBuilder;
import io.quarkus.vertx.http.runtime.attribute.ExchangeAttributeWrapper;
import io.vertx.core.ServiceHelper;
import io.vertx.core.spi.VertxServiceProvider;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.context.spi.ContextManagerProvider;

/**
 * The services of this program are found when it is built, and lie in its heap: there is no class path to search later.
 * Saved 675,840 bytes, 185 kB of them padding of the heap.
 */
final class WithoutServiceLoading {

    /** Initialised at build time. */
    static final class Found {

        static final List<VertxServiceProvider> VERTX =
                ServiceLoader.load(VertxServiceProvider.class).stream().map(ServiceLoader.Provider::get).toList();

        /** What an access log can tell; nothing of TLS. */
        static final List<ExchangeAttributeBuilder> ATTRIBUTES =
                ServiceLoader.load(ExchangeAttributeBuilder.class).stream().map(ServiceLoader.Provider::get)
                        .filter(builder -> !builder.getClass().getName().contains(".Ssl"))
                        .sorted(Comparator.comparingInt(builder -> -builder.priority())).toList();
    }

    @SuppressWarnings("deprecation")
    @TargetClass(ServiceHelper.class)
    static final class Vertx {

        @Substitute
        @SuppressWarnings("unchecked")
        public static <T> Collection<T> loadFactories(Class<T> type, ClassLoader loader) {
            return type == VertxServiceProvider.class ? (Collection<T>) Found.VERTX : List.of();
        }
    }

    @TargetClass(className = "io.quarkus.vertx.http.runtime.attribute.ExchangeAttributeParser")
    static final class AccessLog {

        @Alias
        private List<ExchangeAttributeBuilder> builders;

        @Alias
        private List<ExchangeAttributeWrapper> wrappers;

        @Substitute
        @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
        public AccessLog(ClassLoader loader, List<ExchangeAttributeWrapper> wrappers) {
            this.builders = Found.ATTRIBUTES;
            this.wrappers = wrappers;
        }
    }

    @TargetClass(className = "io.netty.bootstrap.ChannelInitializerExtensions", innerClass = "ServiceLoadingExtensions")
    static final class Netty {

        @Substitute
        private static Collection<ChannelInitializerExtension> serviceLoadExtensions(boolean always, ClassLoader loader) {
            return List.of();
        }
    }

    @TargetClass(className = "jakarta.enterprise.inject.spi.SecurityActions")
    static final class Cdi {

        @Substitute
        static <T> ServiceLoader<T> loadService(Class<T> type, ClassLoader loader) {
            throw new UnsupportedOperationException("Quarkus has set the provider of CDI before");
        }
    }

    @TargetClass(ContextManagerProvider.class)
    static final class Contexts {

        @Alias
        public static AtomicReference<ContextManagerProvider> INSTANCE;

        @Substitute
        public static ContextManagerProvider instance() {
            ContextManagerProvider provider = INSTANCE.get();
            if (provider == null) {
                throw new IllegalStateException("Quarkus has set no provider of contexts");
            }
            return provider;
        }
    }
}
