package org.bakedpage;

/** The content codings there are, RFC 9110 section 8.4.1 and the IANA registry, the preferred first. */
enum Coding {

    ZSTD("zstd"), BROTLI("br"), GZIP("gzip"), IDENTITY("identity");

    private final String token;

    Coding(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }
}
