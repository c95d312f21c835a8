package org.bakedpage;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;

/** A request as the access log has it; its texts are as they came, a character for a byte. */
interface LoggedRequest {

    String method();

    String target();

    String protocol();

    /**
     * @param name in lower case
     * @return the value of the first of its lines; null where there is none
     */
    String field(AsciiString name);

    /** One that the codec has read. */
    record Decoded(HttpRequest request) implements LoggedRequest {

        @Override
        public String method() {
            return request.method().name();
        }

        @Override
        public String target() {
            return request.uri();
        }

        @Override
        public String protocol() {
            return request.protocolVersion().text();
        }

        @Override
        public String field(AsciiString name) {
            return request.headers().get(name);
        }
    }
}
