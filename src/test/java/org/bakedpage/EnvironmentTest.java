package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of the settings of a start. */
class EnvironmentTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            QUARKUS_HTTP_LIMITS_MAX_INITIAL_LINE_LENGTH | 256     | 1048576  | 255,1048577,0,-1,8K,abc,99999999999,1e3 | a number from 256 to 1048576
            QUARKUS_HTTP_LIMITS_MAX_HEADER_SIZE         | 256     | 1M       | 255,1025K,0,-1,-1K,8X,K,9999999999G,1.5K | a size in bytes, with K, M or G in its multiples, from 256 to 1M
            QUARKUS_HTTP_LIMITS_MAX_BODY_SIZE           | 0       | 1G       | -1,2G,1025m,all,99999999999999999999       | a size in bytes, with K, M or G in its multiples, from 0 to 1G
            QUARKUS_HTTP_LIMITS_MAX_CHUNK_SIZE          | 256     | 1m       | 0,-1,2M                                    | a size in bytes, with K, M or G in its multiples, from 256 to 1M
            QUARKUS_HTTP_ACCEPT_BACKLOG                 | 1       | 65535    | 0,-1,65536,x                               | a number from 1 to 65535
            QUARKUS_HTTP_IO_THREADS                     | 1       | 1024     | 0,-1,1025,x                                | a number from 1 to 1024
            QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE         | 1       | 1024     | 0,-1,1025,x                                | a number from 1 to 1024
            QUARKUS_HTTP_IDLE_TIMEOUT                   | 0       | 24h      | -1s,25h,soon,99999999999999999999s,PT1     | a time, such as 30s, from 0 (never) to 24h
            QUARKUS_SHUTDOWN_TIMEOUT                    | 0s      | 60m      | -1,61m,1x                                  | a time, such as 30s, from 0 to 1h
            QUARKUS_SHUTDOWN_DELAY                      | 0s      | 1h      | -1,61m,later | a time, such as 30s, from 0 to 1h
            SITE_HEAD_TIMEOUT                           | 100ms   | 3600     | 0,99ms,-1s,2h,s                            | a time, such as 30s, from 100ms to 1h
            SITE_BODY_TIMEOUT                           | 100ms   | 1h       | 0,99ms,-1s,2h,never                        | a time, such as 30s, from 100ms to 1h
            SITE_ANSWER_TIMEOUT                         | 100ms   | 1h       | 0,99ms,-1s,2h,never                        | a time, such as 30s, from 100ms to 1h
            SITE_MAX_CONNECTIONS                        | 0       | 1000000  | -1,1000001,99999999999,many                | a number from 0 (unlimited) to 1000000
            SITE_FAST_PATH                              | true    | false    | 0,TRUE,on                                  | true or false
            SITE_METRICS                                | true    | false   | 1,False,off | true or false
            """)
    void a_setting_has_bounds(String variable, String least, String most, String wrong, String expected) {
        for (String right : List.of(least, most, "")) {
            assertEquals(null, error(Map.of(variable, right), Map.of()), right);
        }
        for (String value : wrong.split(",")) {
            assertEquals(variable + "=" + value + ": give " + expected, error(Map.of(variable, value), Map.of()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            site.head-timeout                   | 0 | site.head-timeout=0: give a time, such as 30s, from 100ms to 1h
            site_head_timeout                   | 0 | site_head_timeout=0: give a time, such as 30s, from 100ms to 1h
            quarkus.http.limits.max-connections | 2 | quarkus.http.limits.max-connections: set SITE_MAX_CONNECTIONS instead
            SITE_FALLBACK                       | x | SITE_FALLBACK: a build-time setting
            site.cache.html                     | x | site.cache.html: a build-time setting
            """)
    void a_setting_is_named_as_it_was_given(String name, String value, String line) {
        assertEquals(line, error(Map.of(name, value), Map.of()));
        assertEquals(line, error(Map.of(), Map.of(name, value)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            ::1                  | QUARKUS_HTTP_PROXY_TRUSTED_PROXIES=::1: write [::1]
            10.0.0.0/8, fd00::1  | QUARKUS_HTTP_PROXY_TRUSTED_PROXIES=fd00::1: write [fd00::1]
            [::1]                | -
            [::1]:80             | -
            fd00::/8             | -
            10.0.0.1:80,10.0.0.2 | -
            """)
    void a_proxy_of_ipv6_has_brackets(String value, String line) {
        assertEquals(line, error(Map.of("QUARKUS_HTTP_PROXY_TRUSTED_PROXIES", value), Map.of()));
    }

    @Test
    void a_setting_of_static_resources_is_told() {
        String why = ": has no effect on pages, which have site.*";
        assertEquals(List.of("QUARKUS_HTTP_STATIC_RESOURCES_INDEX_PAGE" + why),
                warnings(Map.of("QUARKUS_HTTP_STATIC_RESOURCES_INDEX_PAGE", "a.html", "OTHER", "x"), Map.of()));
        assertEquals(List.of("quarkus.http.static-resources.max-age" + why),
                warnings(Map.of(), Map.of("quarkus.http.static-resources.max-age", "1h")));
        assertEquals(List.of("_PROD_QUARKUS_HTTP_STATIC_RESOURCES_INDEX_PAGE" + why),
                warnings(Map.of("_PROD_QUARKUS_HTTP_STATIC_RESOURCES_INDEX_PAGE", "a.html"), Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            %prod.site.head-timeout           | 0 | -       | =0: give a time, such as 30s, from 100ms to 1h
            _PROD_SITE_HEAD_TIMEOUT           | 0 | -       | =0: give a time, such as 30s, from 100ms to 1h
            %{test,prod}.site.head-timeout    | 0 | -       | =0: give a time, such as 30s, from 100ms to 1h
            %test.site.head-timeout           | 0 | -       | -
            _TEST_SITE_HEAD_TIMEOUT           | 0 | -       | -
            %prod.site.head-timeout           | 0 | blue    | -
            %blue.site.head-timeout           | 0 | blue    | =0: give a time, such as 30s, from 100ms to 1h
            _MY_BLUE_SITE_HEAD_TIMEOUT        | 0 | my-blue | =0: give a time, such as 30s, from 100ms to 1h
            %b.site.head-timeout              | 0 | a,b     | =0: give a time, such as 30s, from 100ms to 1h
            _PROD_SITE_FALLBACK               | x | -       | : a build-time setting
            %prod.quarkus.http.accept-backlog | 0 | -       | =0: give a number from 1 to 65535
            %prod.quarkus.http.limits.max-connections | 2 | - | : set SITE_MAX_CONNECTIONS instead
            %prod.site.memo                   | x | -       | : unknown setting
            %prod                             | x | -       | -
            """)
    void a_setting_of_an_active_profile_is_checked(String name, String value, String profile, String error) {
        Map<String, String> profiles = profile == null ? Map.of() : Map.of("QUARKUS_PROFILE", profile);
        assertEquals(error == null ? null : name + error, error(profiles, Map.of(name, value)));
    }

    @Test
    void a_setting_of_a_profile_is_ahead_in_its_source_only() {
        assertEquals(null, error(Map.of("SITE_FAST_PATH", "x", "_PROD_SITE_FAST_PATH", "true"), Map.of()));
        assertEquals("site.fast-path=x: give true or false",
                error(Map.of("_PROD_SITE_FAST_PATH", "true"), Map.of("site.fast-path", "x")));
    }

    @ParameterizedTest
    @CsvSource({ "quarkus.tls.trust-all, true", "QUARKUS_TLS_TRUST_ALL, true", "quarkus.tls.web.key-store.p12.path, true",
        "quarkus.tls.key-store.pem.0.cert, true", "%prod.quarkus.tls.trust-all, true", "_PROD_QUARKUS_TLS_TRUST_ALL, true",
        "%test.quarkus.tls.trust-all, false", "QUARKUS_HTTP_SSL_CERTIFICATE_TRUST_STORE_FILE, true",
        "quarkus.http.ssl.client-auth, true", "quarkus.http.tls-configuration-name, true",
        "quarkus.management.ssl.certificate.files, true", "quarkus.management.tls-configuration-name, true",
        "quarkus.http.ssl-port, false", "quarkus.http.port, false", "QUARKUS_TLS_SERVICE_HOST, false",
        "QUARKUS_TLS_MY_SERVICE_TRUST_ALL, true" })
    void settings_for_tls_are_found(String name, boolean found) {
        assertEquals(found ? name : null, new Environment(Map.of(name, "1"), Map.of(), true).tls());
        assertEquals(found ? name : null, new Environment(Map.of(), Map.of(name, "1"), true).tls());
    }

    @Test
    void a_port_for_tls_is_told() {
        assertEquals(List.of("quarkus.http.ssl-port: has no effect: " + Environment.NO_TLS),
                warnings(Map.of(), Map.of("quarkus.http.ssl-port", "8443")));
    }

    @Test
    void a_property_is_ahead_of_a_variable() {
        assertEquals(null, error(Map.of("SITE_HEAD_TIMEOUT", "0"), Map.of("site.head-timeout", "5s")));
        assertEquals("site.head-timeout=0: give a time, such as 30s, from 100ms to 1h",
                error(Map.of("SITE_HEAD_TIMEOUT", "5s"), Map.of("site.head-timeout", "0")));
    }

    @Test
    void an_unknown_setting_is_told_unless_kubernetes_has_set_it() {
        Map<String, String> variables = Map.of("SITE_HEAD_TIMOUT", "1s", "SITE_MEMO", "false", "SITE_MAX_CONNECTIONS", "1",
                "SITE_SERVICE_HOST", "10.0.0.1", "SITE_PORT_80_TCP_ADDR", "10.0.0.1", "SITE_BLOG_SERVICE_PORT_HTTP", "80",
                "SITE_PORT", "tcp://10.0.0.1:80", "OTHER", "x", "SITE_EMPTY", "");
        assertEquals(List.of("SITE_HEAD_TIMOUT: unknown setting, ignored", "SITE_MEMO: unknown setting, ignored"),
                warnings(variables, Map.of()));
        assertEquals(null, error(variables, Map.of()));
        assertEquals(List.of("SITE_.x: unknown setting, ignored", "SITE__: unknown setting, ignored", "SITE_\u00c9: unknown setting, ignored"),
                warnings(Map.of("SITE__", "1", "SITE_.x", "1", "SITE_\u00c9", "1", "SITE_ENV_\u00c9", "1"), Map.of()));
        Map<String, String> others = Map.of("SITE_MY_PORT", "80", "SITE_MY_PORT_8080_UDP", "udp://10.0.0.1:8080",
                "_PROD_SITE_MEMO", "x");
        assertEquals(List.of("SITE_MY_PORT: unknown setting, ignored", "_PROD_SITE_MEMO: unknown setting, ignored"),
                warnings(others, Map.of()));
        assertEquals("site.memo: unknown setting", error(Map.of(), Map.of("site.memo", "false")));
    }

    /** In dev mode the site is made by what the start is told. */
    @Test
    void what_is_not_baked_yet_can_be_set() {
        Map<String, String> settings = Map.of("site.directory", "dist", "site.cache.html", "x", "site.media-types.\"x\"", "text/x");
        assertEquals(null, new Environment(Map.of("SITE_CLEAN_URLS", "true"), settings, false).error());
        assertEquals(List.of(), new Environment(Map.of("SITE_CLEAN_URLS", "true"), settings, false).warnings());
        assertEquals("site.memo: unknown setting", new Environment(Map.of(), Map.of("site.memo", "x"), false).error());
    }

    private static List<String> warnings(Map<String, String> variables, Map<String, String> properties) {
        return new Environment(variables, properties, true).warnings();
    }

    private static String error(Map<String, String> variables, Map<String, String> properties) {
        return new Environment(variables, properties, true).error();
    }
}
