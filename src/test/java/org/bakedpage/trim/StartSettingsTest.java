package org.bakedpage.trim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which key a name of the command line or of the environment is that of. */
class StartSettingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            quarkus.http.port                    | quarkus.http.port                       | true  | true
            quarkus.http.port                    | QUARKUS_HTTP_PORT                       | false | true
            quarkus.http.port                    | quarkus_http_port                       | false | true
            quarkus.http.port                    | quarkus.http.prot                       | false | false
            quarkus.http.port                    | quarkus.http.por                        | false | false
            quarkus.http.port                    | quarkus.http.ports                      | false | false
            quarkus.http.access-log.pattern      | quarkus.http.access_log.pattern         | false | true
            quarkus.http.access-log.pattern      | QUARKUS_HTTP_ACCESS_LOG_PATTERN         | false | true
            quarkus.http.access-log.pattern      | QUARKUS_HTTP_ACCESSLOG_PATTERN          | false | false
            quarkus.log.category.*.level         | quarkus.log.category."io.quarkus".level | true  | true
            quarkus.log.category.*.level         | quarkus.log.category.a.level            | true  | true
            quarkus.log.category.*.level         | QUARKUS_LOG_CATEGORY__IO_QUARKUS__LEVEL | false | true
            quarkus.log.category.*.level         | QUARKUS_LOG_CATEGORY_A_LEVEL_LEVEL      | false | true
            quarkus.log.category.*.level         | quarkus.log.category.level              | false | false
            quarkus.log.category.*.level         | quarkus.log.category..level             | false | false
            quarkus.log.category.*.level         | quarkus.log.category.a.levle            | false | false
            quarkus.tls.trust-store.pem.certs[*] | quarkus.tls.trust-store.pem.certs[0]    | true  | true
            quarkus.tls.trust-store.pem.certs[*] | QUARKUS_TLS_TRUST_STORE_PEM_CERTS_0_    | false | true
            quarkus.jib.*                        | quarkus.jib.labels.a                    | true  | true
            quarkus.jib.*                        | quarkus.jib.                            | false | false
            """)
    void a_name_is_that_of_a_key(String key, String name, boolean property, boolean variable) {
        assertEquals(property, StartSettings.matches(key, name, false), "property");
        assertEquals(variable, StartSettings.matches(key, name, true), "variable");
    }
}
