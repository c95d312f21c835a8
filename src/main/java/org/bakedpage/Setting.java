package org.bakedpage;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** A setting with bounds, as a variable of the environment or a property: of sizes in bytes, of times in milliseconds. */
enum Setting {

    LINE("quarkus.http.limits.max-initial-line-length", Kind.NUMBER, 256, 1 << 20, "from 256 to 1048576"),
    FIELDS("quarkus.http.limits.max-header-size", Kind.SIZE, 256, 1 << 20, "from 256 to 1M"),
    CONTENT("quarkus.http.limits.max-body-size", Kind.SIZE, 0, 1 << 30, "from 0 to 1G"),
    CHUNK("quarkus.http.limits.max-chunk-size", Kind.SIZE, 256, 1 << 20, "from 256 to 1M"),
    BACKLOG("quarkus.http.accept-backlog", Kind.NUMBER, 1, 65_535, "from 1 to 65535"),
    IO_THREADS("quarkus.http.io-threads", Kind.NUMBER, 1, 1_024, "from 1 to 1024"),
    EVENT_LOOPS("quarkus.vertx.event-loops-pool-size", Kind.NUMBER, 1, 1_024, "from 1 to 1024"),
    IDLE_TIMEOUT("quarkus.http.idle-timeout", Kind.TIME, 0, 86_400_000, "from 0 (never) to 24h"),
    SHUTDOWN_TIMEOUT("quarkus.shutdown.timeout", Kind.TIME, 0, 3_600_000, "from 0 to 1h"),
    SHUTDOWN_DELAY("quarkus.shutdown.delay", Kind.TIME, 0, 3_600_000, "from 0 to 1h"),
    HEAD_TIMEOUT("site.head-timeout", Kind.TIME, 100, 3_600_000, "from 100ms to 1h"),
    BODY_TIMEOUT("site.body-timeout", Kind.TIME, 100, 3_600_000, "from 100ms to 1h"),
    ANSWER_TIMEOUT("site.answer-timeout", Kind.TIME, 100, 3_600_000, "from 100ms to 1h"),
    CONNECTIONS("site.max-connections", Kind.NUMBER, 0, 1_000_000, "from 0 (unlimited) to 1000000"),
    FAST_PATH("site.fast-path", Kind.CHOICE, 0, 1, "true or false"),
    METRICS("site.metrics", Kind.CHOICE, 0, 1, "true or false"),
    ACCESS_LOG("quarkus.http.access-log.enabled", Kind.SWITCH, 0, 1, "true or false"),
    ADDRESS_FORWARDING("quarkus.http.proxy.proxy-address-forwarding", Kind.SWITCH, 0, 1, "true or false"),
    FORWARDED("quarkus.http.proxy.allow-forwarded", Kind.SWITCH, 0, 1, "true or false"),
    X_FORWARDED("quarkus.http.proxy.allow-x-forwarded", Kind.SWITCH, 0, 1, "true or false");

    /** Quarkus takes more words than the two for a boolean of its own, a SWITCH, and whatever it does not know for false. */
    private enum Kind { NUMBER, SIZE, TIME, CHOICE, SWITCH }

    private static final Set<String> ON = Set.of("true", "1", "yes", "y", "on");
    private static final Set<String> OFF = Set.of("false", "0", "no", "n", "off");

    private final String key;
    private final String variable;
    private final Kind kind;
    private final long min;
    private final long max;
    private final String range;

    Setting(String key, Kind kind, long min, long max, String range) {
        this.key = key;
        this.variable = variable(key);
        this.kind = kind;
        this.min = min;
        this.max = max;
        this.range = range;
    }

    String key() {
        return key;
    }

    String variable() {
        return variable;
    }

    static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** What is wrong with this value, given by this variable or property; null if nothing is. */
    String error(String name, String value) {
        try {
            long number = parse(value.strip());
            return number >= min && number <= max ? null : message(name, value);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return message(name, value);
        }
    }

    /** The value, if it is within the bounds; application.properties may say something else. */
    long checked(long value) {
        if (value < min || value > max) {
            throw new ConfigurationException(message(key, Long.toString(value)), Set.of(key));
        }
        return value;
    }

    private String message(String name, String value) {
        return name + "=" + value + ": give " + switch (kind) {
            case NUMBER -> "a number ";
            case SIZE -> "a size in bytes, with K, M or G in its multiples, ";
            case TIME -> "a time, such as 30s, ";
            case CHOICE, SWITCH -> "";
        } + range;
    }

    private long parse(String value) {
        return switch (kind) {
            case NUMBER -> number(value);
            case SIZE -> size(value);
            case TIME -> millis(value);
            case CHOICE -> value.equals("true") ? 1 : value.equals("false") ? 0 : -1;
            case SWITCH -> isOn(value) ? 1 : OFF.contains(value.toLowerCase(Locale.ROOT)) ? 0 : -1;
        };
    }

    /** As a configuration reads it. */
    static boolean isOn(String value) {
        return ON.contains(value.toLowerCase(Locale.ROOT));
    }

    /** @throws NumberFormatException unless all of it are digits: Integer.parseInt takes a sign, and the digits of all scripts */
    static int number(String digits) {
        if (!digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw new NumberFormatException(digits);
        }
        return Integer.parseInt(digits);
    }

    private static long millis(String value) {
        // The converter takes an empty time for none.
        Duration time = DurationConverter.parseDuration(value);
        return time == null ? -1 : time.toMillis();
    }

    private static long size(String value) {
        int last = value.length() - 1;
        int power = last < 1 ? -1 : "KMG".indexOf(Character.toUpperCase(value.charAt(last)));
        return power < 0 ? number(value) : Math.multiplyExact(number(value.substring(0, last)), 1L << 10 * (power + 1));
    }
}
