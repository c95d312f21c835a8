package org.bakedpage;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.spi.VertxServiceProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Has Vert.x listen with this project's {@link Listener}. Vert.x finds it as a service, before there is anything of the
 * application: what the application decides of connections waits here until there is a listener.
 */
public final class Connections implements VertxServiceProvider {

    /**
     * SECURITY: an event loop has buffers of its own, which are not a part of the budget. A machine may have many processors, and
     * a pod little memory.
     */
    private static final long LOOP_BYTES = 4 << 20;

    private static volatile Limits limits;
    private static volatile Answers answers;
    private static volatile int port;
    private static volatile int managementPort;
    /** Of the pages. */
    private static volatile Listener listener;

    /** How requests for pages are answered, asked when they are listened for; what is not there is null. */
    interface Answers {

        /** Null where every request is for the router. */
        FastPath fastPath();

        AccessLogPattern accessLog();

        Map<CharSequence, CharSequence> refusalFields();

        /** Whether somebody may keep the content of requests. */
        boolean isContentKept();
    }

    @Override
    public void init(VertxBuilder builder) {
        int most = (int) Math.max(1, Math.min(Memory.limit() / LOOP_BYTES, Integer.MAX_VALUE));
        builder.options().setEventLoopPoolSize(Math.min(builder.options().getEventLoopPoolSize(), most));
        builder.findTransport(new JDKTransport() {
            @Override
            public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
                return () -> {
                    try {
                        return new Listener(limits, answers);
                    } catch (IOException | ChannelException e) {
                        // Thrown on, its stack would be printed by Vert.x, which then fails for want of a channel.
                        throw Main.fail(StartFailure.describe(e));
                    }
                };
            }
        });
    }

    /** @param port of the pages, as it is asked for; 0 lets the system choose */
    static void limit(Limits limits, int port) {
        Connections.limits = limits;
        Connections.port = port;
    }

    static void use(Answers answers) {
        Connections.answers = answers;
    }

    /** @param port of the management interface */
    static void manageAt(int port) {
        managementPort = port;
    }

    /**
     * Whether it is Quarkus that is about to listen: any other server of the application's is Vert.x's own.
     *
     * @param port that is asked for; with 0 the first is Quarkus's
     */
    static boolean isQuarkus(int port) {
        boolean serving = listener != null && listener.isOpen();
        return limits != null && (port == Connections.port && (port != 0 || !serving) || port != 0 && isManagement(port));
    }

    /** @param port that is listened to; 0 is none */
    static boolean isManagement(int port) {
        return port == managementPort;
    }

    static void serve(Listener listener) {
        Connections.listener = listener;
    }

    /** Whether the pages are listened for. */
    static boolean isServing() {
        return listener != null;
    }

    /** Of the pages' listener, which there is. */
    static String metrics() {
        return Metrics.of(listener.counts(), listener.budget(), Main.startMillis());
    }

    /** Accepts no more connections; returns when all requests are answered and all answers sent, or after this time. */
    static void stop(Duration timeout) throws InterruptedException {
        if (listener != null) {
            listener.stop(timeout);
        }
    }
}
