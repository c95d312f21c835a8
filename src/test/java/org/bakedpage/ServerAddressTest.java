package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

    private static final int ENVIRONMENT_ORDINAL = 300;

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            quarkus.http.port=${PORT:8080}               | -                                            | quarkus.http.port 8080
            quarkus.http.port=${PORT:8080}               | PORT=81                                      | PORT 81
            quarkus.http.port=${PORT:8080}               | PORT=                                        | quarkus.http.port 8080
            quarkus.http.port=${PORT:8080}               | PORT=81 QUARKUS_HTTP_PORT=82                 | QUARKUS_HTTP_PORT 82
            quarkus.http.port=${PORT:8080}               | PORT=81 _PROD_QUARKUS_HTTP_PORT=83           | _PROD_QUARKUS_HTTP_PORT 83
            quarkus.http.port=${PORT:8080}               | %prod.quarkus.http.port=84 QUARKUS_HTTP_PORT=82 | %prod.quarkus.http.port 84
            quarkus.http.port=${PORT:8080}               | _DEV_QUARKUS_HTTP_PORT=85                    | quarkus.http.port 8080
            quarkus.http.port=9090                       | PORT=81                                      | quarkus.http.port 9090
            quarkus.http.port=9090                       | quarkus.http.port=86                         | quarkus.http.port 86
            quarkus.http.port=${web.port:${PORT:9090}}   | PORT=81                                      | PORT 81
            quarkus.http.port=${web.port:${PORT:9090}}   | WEB_PORT=87 PORT=81                          | web.port 87
            quarkus.http.port=${web.port:${PORT:9090}}   | -                                            | quarkus.http.port 9090
            %prod.quarkus.http.port=9091                 | -                                            | quarkus.http.port 9091
            %dev.quarkus.http.port=9092                  | PORT=81                                      | PORT 81
            -                                            | -                                            | quarkus.http.port 8080
            -                                            | PORT=x                                       | PORT x
            quarkus.management.enabled=true              | PORT=81                                      | quarkus.management.port 9000
            quarkus.management.enabled=true              | QUARKUS_MANAGEMENT_PORT=88                   | QUARKUS_MANAGEMENT_PORT 88
            quarkus.management.enabled=on quarkus.management.port=${MANAGEMENT:9001} | MANAGEMENT=89    | MANAGEMENT 89
            quarkus.management.enabled=on quarkus.management.port=${MANAGEMENT:9001} | -                | quarkus.management.port 9001
            """)
    void a_port_is_found_where_quarkus_finds_it(String built, String start, String expected) {
        Map<String, String> variables = new HashMap<>(settings(start));
        Map<String, String> properties = new HashMap<>(variables);
        variables.keySet().removeIf(name -> name.contains("."));
        properties.keySet().removeAll(variables.keySet());
        Port port = address(settings(built), Map.of()).port(new Environment(variables, properties, true));
        assertEquals(expected, port.setting() + " " + port.value());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                   | -                             | ''
            quarkus.http.host=0.0.0.0           | -                             | 0.0.0.0
            quarkus.http.host=0.0.0.0           | QUARKUS_HTTP_HOST=10.1.2.3    | 10.1.2.3
            quarkus.http.host=${POD_IP:0.0.0.0} | POD_IP=10.1.2.4               | 10.1.2.4
            %prod.quarkus.http.host=localhost   | -                             | localhost
            quarkus.management.enabled=true quarkus.http.host=10.1.2.3 | QUARKUS_HTTP_HOST=10.1.2.3 | ''
            quarkus.management.enabled=true quarkus.management.host=127.0.0.1 | -    | 127.0.0.1
            """)
    void so_is_a_host(String built, String start, String expected) {
        assertEquals(expected, address(settings(built), Map.of()).host(new Environment(settings(start), Map.of(), true)));
    }

    /** Quarkus reads them anew at the start. */
    @Test
    void variables_of_the_build_are_not_kept() {
        assertEquals("${PORT:8080}", address(settings("quarkus.http.port=${PORT:8080}"),
                Map.of("PORT", "81", "QUARKUS_HTTP_PORT", "82")).port());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "quarkus.http.", "a\nb", "a\nb\nc\nd" })
    void what_is_no_address_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ServerAddress.parse(text));
    }

    /** And what is baked is read again. */
    private static ServerAddress address(Map<String, String> built, Map<String, String> variables) {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile("prod").withSources(
                new PropertiesConfigSource(built, "given", 250), new EnvConfigSource(variables, ENVIRONMENT_ORDINAL)).build();
        ServerAddress address = ServerAddress.of(config, NonApplicationRoot.of(key -> Optional.ofNullable(config.getConfigValue(key).getValue())));
        assertEquals(address, ServerAddress.parse(address.toString()));
        return address;
    }

    private static Map<String, String> settings(String text) {
        Map<String, String> settings = new HashMap<>();
        Arrays.stream(text == null ? new String[0] : text.split(" (?=[\\w%.]+=)"))
                .forEach(setting -> settings.put(setting.split("=", 2)[0], setting.split("=", 2)[1]));
        return settings;
    }
}
