package org.bakedpage;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.spi.VertxServiceProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Has Vert.x listen with this project's {@link Listener}. Vert.x finds it as a service, before there is anything of the
 * application: what the application decides of connections waits here until there is a listener.
 */
public final class Connections implements VertxServiceProvider {

    private static volatile Limits limits;
    private static volatile Supplier<FastPath> fastPath;
    private static volatile Listener listener;

    @Override
    public void init(VertxBuilder builder) {
        builder.findTransport(new JDKTransport() {
            @Override
            public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
                return () -> {
                    try {
                        listener = new Listener(limits, fastPath.get());
                        return listener;
                    } catch (IOException e) {
                        throw new UncheckedIOException("cannot make a socket to listen with", e);
                    }
                };
            }
        });
    }

    static void limit(Limits limits) {
        Connections.limits = limits;
    }

    /** @param fastPath asked for when there is a listener; gives null where every request is for the router */
    static void use(Supplier<FastPath> fastPath) {
        Connections.fastPath = fastPath;
    }

    /** Accepts no more connections; returns when all requests are answered and all answers sent, or after this time. */
    static void stop(Duration timeout) throws InterruptedException {
        if (listener != null) {
            listener.stop(timeout);
        }
    }
}
