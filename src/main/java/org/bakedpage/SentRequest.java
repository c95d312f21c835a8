package org.bakedpage;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;

/** A request with its target in origin-form, that knows what its client has sent: operators are told that. */
final class SentRequest extends DefaultHttpRequest {

    private final String target;
    private final String version;

    /** @param line method, target and version as they were sent */
    SentRequest(String method, String uri, String version, HttpHeaders fields, String[] line) {
        super(HttpVersion.valueOf(version), HttpMethod.valueOf(method), uri, fields);
        this.target = line[1];
        this.version = line[2];
    }

    String target() {
        return target;
    }

    String version() {
        return version;
    }
}
