package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentPageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            API=x                                                 | none
            SITE_ENV_=x                                           | none
            SITE_ENV=x                                            | none
            site_env_API=x                                        | none
            SITE_ENV_API=                                         | {"API":""}
            SITE_ENV_B=2 SITE_ENV_A=1 OTHER=3                     | {"A":"1","B":"2"}
            SITE_ENV_A="\\</script>                               | {"A":"\\"\\\\</script>"}
            SITE_ENV_PORT=80 SITE_ENV_SERVICE_HOST=x              | {"PORT":"80","SERVICE_HOST":"x"}
            SITE_ENV_PORT=tcp://10.0.0.1:80                       | {"PORT":"tcp://10.0.0.1:80"}
            """)
    void it_has_the_variables_with_its_prefix(String variables, String json) {
        Page page = EnvironmentPage.of(environment(variables));
        assertEquals(json, page == null ? null : text(page).strip());
    }

    @ParameterizedTest
    @CsvSource({ "SITE_ENV", "SITE_ENV_X", "SITE_ENV_X_Y" })
    void addresses_of_a_service_that_kubernetes_tells_are_not_published(String service) {
        String variables = "{s}_SERVICE_HOST=10.0.0.1 {s}_SERVICE_PORT=80 {s}_SERVICE_PORT_HTTP=80 {s}_PORT=tcp://10.0.0.1:80 "
                + "{s}_PORT_80_TCP=tcp://10.0.0.1:80 {s}_PORT_80_TCP_ADDR=10.0.0.1 {s}_PORT_80_TCP_PORT=80 {s}_PORT_80_TCP_PROTO=tcp";
        assertNull(EnvironmentPage.of(environment(variables.replace("{s}", service))));
        assertEquals("{\"API\":\"x\"}\n", text(EnvironmentPage.of(environment(variables.replace("{s}", service) + " SITE_ENV_API=x"))));
    }

    @Test
    void it_is_at_most_64_KiB() {
        int most = (64 << 10) - "{\"A\":\"\"}\n".length();
        assertEquals(64 << 10, text(EnvironmentPage.of(Map.of("SITE_ENV_A", "a".repeat(most)))).length());
        assertThrows(IllegalArgumentException.class, () -> EnvironmentPage.of(Map.of("SITE_ENV_A", "a".repeat(most + 1))));
    }

    private static Map<String, String> environment(String variables) {
        Map<String, String> environment = new TreeMap<>();
        for (String variable : variables.split(" +")) {
            environment.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
        }
        return environment;
    }

    private static String text(Page page) {
        return UTF_8.decode(page.representations().get(0).content().duplicate()).toString();
    }
}
