package org.bakedpage;

import io.vertx.core.http.HttpServerOptions;

/**
 * What a client may take of this server.
 *
 * @param options among them the length of a request's fields
 * @param maxLineLength of a request line without its end, in bytes
 * @param headMillis from the first byte of a head to its last: who sends it slower only means to hold a connection
 * @param bodyMillis from the last byte of a head to the last of the request's content
 * @param answerMillis in which the kernel takes nothing more of an answer, for its client has hardly read of it
 * @param idleMillis without a byte sent or received; 0 for any time
 * @param maxContentLength of a request
 * @param maxConnections at the same time, beyond which the longest-idle one is closed; 0 = unlimited
 */
record Limits(HttpServerOptions options, int maxLineLength, long headMillis, long bodyMillis, long answerMillis, long idleMillis,
        long maxContentLength, int maxConnections) {
}
