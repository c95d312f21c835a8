package org.bakedpage;

import io.netty.util.AsciiString;

/** The content codings there are, RFC 9110 section 8.4.1 and the IANA registry, the preferred first. */
enum Coding {

    ZSTD("zstd"), BROTLI("br"), GZIP("gzip"), IDENTITY("identity");

    private final AsciiString token;

    Coding(String token) {
        this.token = AsciiString.cached(token);
    }

    AsciiString token() {
        return token;
    }
}
