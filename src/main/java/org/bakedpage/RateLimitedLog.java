package org.bakedpage;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/** Warnings of what clients can cause as often as they like: each at most once in ten seconds. */
final class RateLimitedLog {

    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final ConcurrentMap<String, RateLimitedLog> MESSAGES = new ConcurrentHashMap<>();

    private long lastNanos;
    private long omitted;

    RateLimitedLog(long nowNanos) {
        lastNanos = nowNanos - INTERVAL_NANOS;
    }

    /** @param message one of a few: each is remembered, so nothing that a client has sent may be in it */
    static void warn(String message) {
        log(Logger.Level.WARN, message, null);
    }

    /** @param message as for {@link #warn} */
    static void error(String message, Throwable cause) {
        log(Logger.Level.ERROR, message, cause);
    }

    private static void log(Logger.Level level, String message, Throwable cause) {
        long now = System.nanoTime();
        String line = MESSAGES.computeIfAbsent(message, unused -> new RateLimitedLog(now)).line(message, now);
        if (line != null) {
            Logger.getLogger("org.bakedpage").log(level, line, cause);
        }
    }

    /** What to say of it at this time; null for nothing. */
    synchronized String line(String message, long nowNanos) {
        if (nowNanos - lastNanos < INTERVAL_NANOS) {
            omitted++;
            return null;
        }
        String line = omitted == 0 ? message : message + " (" + omitted + " more since the last such line)";
        lastNanos = nowNanos;
        omitted = 0;
        return line;
    }
}
