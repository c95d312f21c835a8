package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.vertx.core.net.NetServerOptions;

/** Removes the PROXY protocol (io.netty.handler.codec.haproxy). A page's answer does not depend on who asks. */
@TargetClass(NetServerOptions.class)
final class WithoutProxyProtocol {

    @Substitute
    public boolean isUseProxyProtocol() {
        return false;
    }

    @Substitute
    public NetServerOptions setUseProxyProtocol(boolean use) {
        if (use) {
            throw new UnsupportedOperationException("quarkus.http.proxy.use-proxy-protocol=true: this server does not speak "
                    + "the PROXY protocol; turn it off at the load balancer");
        }
        return (NetServerOptions) (Object) this;
    }
}
