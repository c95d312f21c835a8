package org.bakedpage;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.spi.VertxServiceProvider;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Gives every accepted connection the handlers of this project, around those of Vert.x. Vert.x finds it as a service:
 * neither its options nor Quarkus's reach the pipeline of a connection.
 */
public final class Connections implements VertxServiceProvider {

    private static volatile HttpServerOptions options;

    @Override
    public void init(VertxBuilder builder) {
        builder.findTransport(new JDKTransport() {
            @Override
            public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
                return () -> {
                    NioServerSocketChannel server = new NioServerSocketChannel();
                    server.pipeline().addLast(new Acceptor());
                    return server;
                };
            }
        });
    }

    /** How Quarkus set the server up: the limits of a head are among it. */
    @Singleton
    static final class Options implements HttpServerOptionsCustomizer {

        @Override
        public void customizeHttpServer(HttpServerOptions options) {
            if (options.isHttp2ClearTextEnabled()) {
                throw new ConfigurationException("quarkus.http.http2=true: this server speaks HTTP/1.1 only; "
                        + "let the ingress or the load balancer speak HTTP/2", Set.of("quarkus.http.http2"));
            }
            Connections.options = options;
        }

        @Override
        public void customizeHttpsServer(HttpServerOptions options) {
            if (options.getKeyCertOptions() != null) {
                throw new ConfigurationException("quarkus.http.ssl: this server has no TLS; let it end at the ingress or "
                        + "the load balancer", Set.of("quarkus.http.ssl"));
            }
        }
    }

    @Sharable
    private static final class Acceptor extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            ((Channel) accepted).pipeline().addLast(new RequestMemo(), new Completion());
            context.fireChannelRead(accepted);
        }
    }

    /** Once a connection is active Vert.x has added its handlers. */
    private static final class Completion extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            ChannelPipeline pipeline = context.pipeline();
            RequestMemo memo = pipeline.get(RequestMemo.class);
            StrictRequestDecoder decoder = new StrictRequestDecoder(options, memo);
            pipeline.replace("httpDecoder", "httpDecoder", decoder);
            pipeline.addAfter("httpEncoder", "responseFields", new ResponseFields(memo));
            memo.follow(decoder);
            context.fireChannelActive();
            pipeline.remove(this);
        }
    }
}
