package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelOutboundHandler;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

/**
 * Netty does not call a handler for an event that the handler would only pass on; it finds out by reflection, method by
 * method, which Quarkus turns off in executables, so that every event walks through every handler. Here it is found out when
 * the executable is built, by Netty itself, for the handlers that connections have: no reflection, and a shorter way.
 */
@TargetClass(className = "io.netty.channel.ChannelHandlerMask")
final class HandlerMasks {

    @Substitute
    private static int mask0(Class<? extends ChannelHandler> handler) {
        Integer known = Table.MASKS.get(handler);
        if (known != null) {
            return known;
        }
        return (ChannelInboundHandler.class.isAssignableFrom(handler) ? Table.ALL_INBOUND : 0)
                | (ChannelOutboundHandler.class.isAssignableFrom(handler) ? Table.ALL_OUTBOUND : 0);
    }

    static final class Table {

        private static final String[] HANDLERS = {
            "io.netty.channel.DefaultChannelPipeline$HeadContext",
            "io.netty.channel.DefaultChannelPipeline$TailContext",
            "io.netty.bootstrap.ServerBootstrap$ServerBootstrapAcceptor",
            "io.vertx.core.http.impl.VertxHttpRequestDecoder",
            "io.vertx.core.http.impl.VertxHttpResponseEncoder",
            "io.vertx.core.net.impl.VertxHandler",
            "org.bakedpage.Codec",
            "org.bakedpage.ResponseFields",
            "org.bakedpage.StrictRequestDecoder",
        };

        static final Map<Class<?>, Integer> MASKS = new HashMap<>();

        /** Every event of its direction: right for any handler. */
        static final int ALL_INBOUND = constant("MASK_ALL_INBOUND");
        static final int ALL_OUTBOUND = constant("MASK_ALL_OUTBOUND");

        static {
            try {
                Method mask = netty().getDeclaredMethod("mask0", Class.class);
                mask.setAccessible(true);
                for (String name : HANDLERS) {
                    Class<?> handler = Class.forName(name, false, Table.class.getClassLoader());
                    MASKS.put(handler, (Integer) mask.invoke(null, handler));
                }
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private static int constant(String name) {
            try {
                Field field = netty().getDeclaredField(name);
                field.setAccessible(true);
                return field.getInt(null);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private static Class<?> netty() throws ClassNotFoundException {
            return Class.forName("io.netty.channel.ChannelHandlerMask", true, Table.class.getClassLoader());
        }
    }
}
