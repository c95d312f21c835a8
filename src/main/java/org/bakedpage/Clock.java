package org.bakedpage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;

/** The time as the Date field wants it, RFC 9110 section 6.6.1; written once a second by each event loop for itself. */
final class Clock {

    private static final FastThreadLocal<Clock> CLOCKS = new FastThreadLocal<>() {
        @Override
        protected Clock initialValue() {
            return new Clock();
        }
    };

    private long second = -1;
    private AsciiString date;

    static Clock current() {
        Clock clock = CLOCKS.get();
        long now = System.currentTimeMillis() / 1000;
        if (now != clock.second) {
            clock.date = new AsciiString(HttpDate.format(now).getBytes(US_ASCII), false);
            clock.second = now;
        }
        return clock;
    }

    /** In seconds since 1970. */
    long second() {
        return second;
    }

    AsciiString date() {
        return date;
    }
}
