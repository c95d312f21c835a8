package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.impl.HttpServerWorker;
import io.vertx.core.net.impl.SslChannelProvider;

/**
 * Removes HTTP/2: io.netty.handler.codec.http2 and what Vert.x builds on it, reached by prior knowledge (h2c), by an upgrade
 * and by ALPN. A connection gets the handlers of HTTP/1.1 at once; Connections refuses quarkus.http.http2=true.
 */
@TargetClass(HttpServerWorker.class)
final class WithoutHttp2 {

    @Alias
    private native void configureHttp1Pipeline(ChannelPipeline pipeline);

    @Alias
    native void configureHttp1Handler(ChannelPipeline pipeline, SslChannelProvider provider);

    @Substitute
    private void configurePipeline(Channel channel, SslChannelProvider provider) {
        configureHttp1Pipeline(channel.pipeline());
        configureHttp1Handler(channel.pipeline(), provider);
    }
}
