package org.bakedpage;

import io.vertx.core.http.HttpServerOptions;

/**
 * What a client may take of this server.
 *
 * @param options among them the lengths of a request line and of its fields
 * @param headMillis from the first byte of a head to its last: who sends it slower only means to hold a connection
 * @param idleMillis without a byte sent or received; 0 for any time
 * @param maxContentLength of a request
 * @param maxConnections at the same time, past which the longest idle makes room; 0 for any number
 */
record Limits(HttpServerOptions options, long headMillis, long idleMillis, long maxContentLength, int maxConnections) {
}
