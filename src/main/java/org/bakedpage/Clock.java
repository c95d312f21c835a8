package org.bakedpage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.util.AsciiString;

/** The time as the Date field wants it, RFC 9110 section 6.6.1; written once a second by each event loop for itself. */
final class Clock {

    private long second = -1;
    private AsciiString date;

    AsciiString date() {
        long now = System.currentTimeMillis() / 1000;
        if (now != second) {
            date = new AsciiString(HttpDate.format(now).getBytes(US_ASCII), false);
            second = now;
        }
        return date;
    }
}
