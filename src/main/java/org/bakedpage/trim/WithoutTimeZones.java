package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.ZoneIdConverter;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.SimpleTimeZone;
import java.util.TimeZone;

/**
 * HTTP's dates and the log's are in UTC. The rules of time zones, calendars, and formats that are read from patterns serve
 * only settings that this server does not have.
 */
final class WithoutTimeZones {

    private static UnsupportedOperationException refusal(String value) {
        return new UnsupportedOperationException(value + ": this server knows no time zone but UTC, and no pattern of dates");
    }

    @TargetClass(TimeZone.class)
    static final class Zones {

        @Substitute
        public static TimeZone getDefault() {
            return new SimpleTimeZone(0, "UTC");
        }

        @Substitute
        private static TimeZone getTimeZone(String id, boolean fallback) {
            return new SimpleTimeZone(0, "UTC");
        }
    }

    @TargetClass(ZoneIdConverter.class)
    static final class ZoneIds {

        @Substitute
        public ZoneId convert(String value) {
            throw refusal(value);
        }
    }

    @TargetClass(className = "io.smallrye.config.Converters", innerClass = "DateTimeFormatterConverter")
    static final class Patterns {

        @Substitute
        public DateTimeFormatter convert(String value) {
            throw refusal(value);
        }
    }

    @TargetClass(Date.class)
    static final class Dates {

        @Alias
        public native long getTime();

        @Substitute
        public String toString() {
            return Long.toString(getTime());
        }
    }

    /** Durations are multiplied when they are read: whole numbers will do, where the JDK goes by decimal fractions. */
    @TargetClass(Duration.class)
    static final class Durations {

        @Alias
        public native long getSeconds();

        @Alias
        public native int getNano();

        @Substitute
        public Duration multipliedBy(long times) {
            return Duration.ofSeconds(Math.multiplyExact(getSeconds(), times)).plusNanos(Math.multiplyExact(getNano(), times));
        }
    }
}
