package org.bakedpage;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.spi.VertxServiceProvider;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives every accepted connection the handlers of this project, around those of Vert.x. Vert.x finds it as a service:
 * neither its options nor Quarkus's reach the pipeline of a connection.
 */
public final class Connections implements VertxServiceProvider {

    private static final long CUT_MILLIS = 300;

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final CountDownLatch NONE = new CountDownLatch(1);

    /** Netty tells the handlers of an end in a task that it queues after this; they, and Quarkus's count, are first to know. */
    private static final ChannelFutureListener UNCOUNT = closed -> {
        EventLoop loop = closed.channel().eventLoop();
        loop.execute(() -> loop.execute(Connections::uncount));
    };

    private static volatile Limits limits;
    private static volatile Channel server;
    private static volatile boolean stopping;

    @Override
    public void init(VertxBuilder builder) {
        builder.findTransport(new JDKTransport() {
            @Override
            public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
                return () -> {
                    Listener channel = new Listener();
                    channel.pipeline().addLast(new Acceptor());
                    server = channel;
                    return channel;
                };
            }
        });
    }

    /** How many are open, on all event loops. */
    static int count() {
        return COUNT.get();
    }

    static void limit(Limits limits) {
        Connections.limits = limits;
    }

    /** Accepts no more of them, and no further request; returns when all is answered and sent, or after this time. */
    static void stop(Duration timeout) throws InterruptedException {
        server.close();
        stopping = true;
        OpenConnections.endAll();
        if (COUNT.get() > 0 && !NONE.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            OpenConnections.cutAll();
            NONE.await(CUT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static void uncount() {
        if (COUNT.decrementAndGet() == 0 && stopping) {
            NONE.countDown();
        }
    }

    private static final class Listener extends NioServerSocketChannel {

        @Override
        protected int doReadMessages(List<Object> accepted) throws IOException {
            SocketChannel socket = javaChannel().accept();
            if (socket == null) {
                return 0;
            }
            try {
                accepted.add(new ClientChannel(this, socket));
                return 1;
            } catch (RuntimeException e) {
                // Thrown on, it would close the listener; told, it is logged, and the next is accepted a second later.
                socket.close();
                pipeline().fireExceptionCaught(e);
                return 0;
            }
        }
    }

    @Sharable
    private static final class Acceptor extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ClientChannel accepted = (ClientChannel) message;
            COUNT.incrementAndGet();
            accepted.closeFuture().addListener(UNCOUNT);
            // Or the end of the requests would be taken for the end of the connection.
            accepted.config().setAllowHalfClosure(true);
            accepted.pipeline().addLast(new LateFlush(), new RequestMemo(), new Completion());
            context.fireChannelRead(accepted);
        }
    }

    /** Once a connection is active Vert.x has added its handlers. */
    private static final class Completion extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            ChannelPipeline pipeline = context.pipeline();
            pipeline.get(LateFlush.class).join(context.channel());
            RequestMemo memo = pipeline.get(RequestMemo.class);
            Connection connection = new Connection(pipeline.context(memo), memo, limits,
                    OpenConnections.of(context.channel().eventLoop(), limits));
            memo.follow(connection);
            pipeline.replace("httpDecoder", "httpDecoder", connection.decoder());
            ChannelHandlerContext encoder = pipeline.context("httpEncoder");
            pipeline.addAfter("httpEncoder", "responseFields", new ResponseFields(memo, connection, encoder));
            context.fireChannelActive();
            pipeline.remove(this);
        }
    }
}
