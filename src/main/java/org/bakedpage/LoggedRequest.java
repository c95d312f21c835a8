package org.bakedpage;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;

/** A request as the access log has it; what a client has sent is as it came, a character for a byte. */
interface LoggedRequest {

    String method();

    String target();

    void appendTarget(LogText line);

    String protocol();

    /**
     * Appends the value of this field's first line.
     *
     * @param name in lower case
     * @return whether there is one
     */
    boolean appendField(AsciiString name, LogText line);

    /** One that the codec has read. */
    record Decoded(HttpRequest request) implements LoggedRequest {

        @Override
        public String method() {
            return request.method().name();
        }

        @Override
        public String target() {
            return request instanceof SentRequest sent ? sent.target() : request.uri();
        }

        @Override
        public void appendTarget(LogText line) {
            line.appendValue(target());
        }

        @Override
        public String protocol() {
            return request instanceof SentRequest sent ? sent.version() : request.protocolVersion().text();
        }

        @Override
        public boolean appendField(AsciiString name, LogText line) {
            String value = request.headers().get(name);
            if (value != null) {
                line.appendValue(value);
            }
            return value != null;
        }
    }
}
