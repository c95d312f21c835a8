package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of settings, as text and as numbers; EnvironmentTest has those of each variable. */
class SettingTest {

    private static final String BOUNDS = """
            LINE             256 1048576    quarkus.http.limits.max-initial-line-length
            FIELDS           256 1048576    quarkus.http.limits.max-header-size
            CONTENT          0   1073741824 quarkus.http.limits.max-body-size
            CHUNK            256 1048576    quarkus.http.limits.max-chunk-size
            BACKLOG          1   65535      quarkus.http.accept-backlog
            IO_THREADS       1   1024       quarkus.http.io-threads
            EVENT_LOOPS      1   1024       quarkus.vertx.event-loops-pool-size
            IDLE_TIMEOUT     0   86400000   quarkus.http.idle-timeout
            SHUTDOWN_TIMEOUT 0   3600000    quarkus.shutdown.timeout
            SHUTDOWN_DELAY   0   3600000    quarkus.shutdown.delay
            HEAD_TIMEOUT     100 3600000    site.head-timeout
            BODY_TIMEOUT     100 3600000    site.body-timeout
            ANSWER_TIMEOUT   100 3600000    site.answer-timeout
            CONNECTIONS      0   1000000    site.max-connections
            FAST_PATH        0   1          site.fast-path
            METRICS          0   1          site.metrics
            ACCESS_LOG       0   1          quarkus.http.access-log.enabled
            ADDRESS_FORWARDING 0 1          quarkus.http.proxy.proxy-address-forwarding
            FORWARDED        0   1          quarkus.http.proxy.allow-forwarded
            X_FORWARDED      0   1          quarkus.http.proxy.allow-x-forwarded
            """;

    @Test
    void a_number_from_elsewhere_has_the_same_bounds() {
        Set<String> names = new TreeSet<>();
        BOUNDS.lines().map(line -> line.split(" +")).forEach(row -> {
            Setting setting = Setting.valueOf(row[0]);
            long min = Long.parseLong(row[1]);
            long max = Long.parseLong(row[2]);
            assertEquals(min, setting.checked(min));
            assertEquals(max, setting.checked(max));
            for (long wrong : new long[] { min - 1, max + 1, Integer.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE }) {
                ConfigurationException error = assertThrows(ConfigurationException.class, () -> setting.checked(wrong), row[0]);
                assertEquals(setting.error(row[3], "?").replace("=?:", "=" + wrong + ":"), error.getMessage());
                assertEquals(Set.of(row[3]), error.getConfigKeys());
            }
            names.add(row[0]);
        });
        assertEquals(new TreeSet<>(Arrays.stream(Setting.values()).map(Enum::name).toList()), names);
    }

    @ParameterizedTest
    @CsvSource({ "site.head-timeout, SITE_HEAD_TIMEOUT", "quarkus.http.limits.max-initial-line-length, "
            + "QUARKUS_HTTP_LIMITS_MAX_INITIAL_LINE_LENGTH", "site.map.a1, SITE_MAP_A1", "'', ''" })
    void a_variable_is_named_by_its_key(String key, String variable) {
        assertEquals(variable, Setting.variable(key));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            CONTENT      | 0, 1, 1k, 1K, 1m, 1M, 1g, 1G, 1024M, 1048576K, 1073741824
            LINE         | 256, 8192, 1048576
            CONNECTIONS  | 0, 1, 1000000, 007
            IDLE_TIMEOUT | 0, 0s, 1, 30s, 1500ms, 1.5s, 24h, 1d, 86400, PT24H, 5S
            HEAD_TIMEOUT | 100ms, 0.1s, 1h, 60m, 3600
            METRICS      | true, false
            ACCESS_LOG   | true, false, TRUE, Yes, y, on, 1, no, N, off, 0
            """)
    void a_value_within_the_bounds_is_right(Setting setting, String values) {
        for (String value : values.split(", ")) {
            assertNull(setting.error("A", value), value);
            assertNull(setting.error("A", " " + value + "\t"), "with spaces");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            CONTENT      | K, -1, -1K, -0K, +1, ٣, ٣K, 1KB, 1T, 1P, 8 K, 1.5K, 0x10, 1e3
            CONTENT      | 1025M, 1048577K, 1073741825, 2G, 2147483648, 99999999999G
            LINE         | 255, 8K, -256, 256.0, 1048577, 4294967552, 2147483648, -2147483649
            CONNECTIONS  | -1, -0, +1, ٣, ３, 1000001, 4294967296, 9223372036854775808, unlimited
            IDLE_TIMEOUT | -1, -1s, s, 86400001ms, 86401, 2d, P2D, 1x, PT
            IDLE_TIMEOUT | 9223372036854775807, 9223372036854775807s, 9999999999999999h
            HEAD_TIMEOUT | 0, 99ms, 0.099s, 3601, 61m, -100ms, infinite
            METRICS      | True, TRUE, yes, 1, 0, truefalse
            ACCESS_LOG   | maybe, 2, tru, oui, 00
            """)
    void any_other_is_told_with_the_name_it_was_given_by(Setting setting, String values) {
        for (String value : (values + ", , ").split(", ", -1)) {
            String error = setting.error("the-name", value);
            assertNotNull(error, value);
            assertTrue(error.startsWith("the-name=" + value + ": give "), error);
        }
    }
}
