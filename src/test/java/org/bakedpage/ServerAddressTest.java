package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

    private static final int APPLICATION_ORDINAL = 250;

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            quarkus.http.port=${PORT:8080}                | -                                        | quarkus.http.port 8080
            quarkus.http.port=${PORT:8080}                | PORT=81                                  | PORT 81
            quarkus.http.port=${PORT:8080}                | PORT=81 QUARKUS_HTTP_PORT=82             | QUARKUS_HTTP_PORT 82
            quarkus.http.port=${PORT:8080}                | PORT=81 _PROD_QUARKUS_HTTP_PORT=83       | _PROD_QUARKUS_HTTP_PORT 83
            quarkus.http.port=${PORT:8080}                | %prod.quarkus.http.port=84 QUARKUS_HTTP_PORT=82 | %prod.quarkus.http.port 84
            quarkus.http.port=${PORT:8080}                | _DEV_QUARKUS_HTTP_PORT=85                | quarkus.http.port 8080
            quarkus.http.port=${PORT:8080}                | PORT=${WEB:8085}                         | quarkus.http.port 8085
            quarkus.http.port=${PORT:8080}                | QUARKUS_HTTP_PORT=${WEB:8085} WEB=86     | QUARKUS_HTTP_PORT 86
            quarkus.http.port=9090                        | PORT=81                                  | quarkus.http.port 9090
            quarkus.http.port=9090                        | quarkus.http.port=86                     | quarkus.http.port 86
            quarkus.http.port=${web.port:${PORT:9090}}    | PORT=81                                  | PORT 81
            quarkus.http.port=${web.port:${PORT:9090}}    | WEB_PORT=87 PORT=81                      | web.port 87
            quarkus.http.port=${web.port:${PORT:9090}}    | _PROD_WEB_PORT=87                        | web.port 87
            quarkus.http.port=${web.port:${PORT:9090}}    | -                                        | quarkus.http.port 9090
            quarkus.http.port=${app.port} app.port=8081 x=1 | -                                      | quarkus.http.port 8081
            quarkus.http.port=${app.port:9} app.port=${base}1 base=808 | -                           | quarkus.http.port 8081
            quarkus.http.port=${app.port} %prod.app.port=8082 | -                                    | quarkus.http.port 8082
            %prod.quarkus.http.port=9091                  | -                                        | quarkus.http.port 9091
            %dev.quarkus.http.port=9092 quarkus.http.port=1 | -                                      | quarkus.http.port 1
            %blue.quarkus.http.port=9093 quarkus.http.port=1 | QUARKUS_PROFILE=blue                  | quarkus.http.port 9093
            %a.quarkus.http.port=1001 %b.quarkus.http.port=1002 | quarkus.profile=a,b                | quarkus.http.port 1002
            -                                             | -                                        | quarkus.http.port 8080
            -                                             | QUARKUS_HTTP_PORT=x                      | QUARKUS_HTTP_PORT x
            """)
    void a_port_is_found_where_quarkus_finds_it(String built, String start, String expected) {
        Port port = address(built).listening(ServerAddress.PAGES, start(start)).port();
        assertEquals(expected, port.setting() + " " + port.value());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                        | PORT=81                       | quarkus.management.port 9000
            -                                        | QUARKUS_MANAGEMENT_PORT=88    | QUARKUS_MANAGEMENT_PORT 88
            quarkus.management.port=${MANAGE:9001}   | MANAGE=89                     | quarkus.management.port 89
            quarkus.management.port=${MANAGE:9001}   | -                             | quarkus.management.port 9001
            """)
    void so_is_that_of_the_management_interface(String built, String start, String expected) {
        Port port = address(built).listening(ServerAddress.MANAGEMENT, start(start)).port();
        assertEquals(expected, port.setting() + " " + port.value());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                   | -                             | ''
            quarkus.http.host=0.0.0.0           | -                             | 0.0.0.0
            quarkus.http.host=0.0.0.0           | QUARKUS_HTTP_HOST=10.1.2.3    | 10.1.2.3
            quarkus.http.host=${POD_IP:0.0.0.0} | POD_IP=10.1.2.4               | 10.1.2.4
            %prod.quarkus.http.host=localhost   | -                             | localhost
            """)
    void so_is_a_host(String built, String start, String expected) {
        assertEquals(expected, address(built).listening(ServerAddress.PAGES, start(start)).host());
    }

    /** What a start is told of before Quarkus reads it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            quarkus.http.port=${PORT:8080} | PORT=x                      | PORT=x is not a port: give a number from 0 to 65535
            quarkus.http.port=${PORT:8080} | QUARKUS_HTTP_PORT=x PORT=81 | QUARKUS_HTTP_PORT=x is not a port: give a number from 0 to 65535
            quarkus.http.port=${PORT:8080} | QUARKUS_HTTP_PORT=82 PORT=x | -
            quarkus.http.port=${PORT:8080} | PORT=${X:82}                | -
            quarkus.http.port=${PORT:8080} | -                           | -
            quarkus.http.port=9090         | PORT=x                      | -
            """)
    void what_is_no_port_is_told_if_it_is_asked_for(String built, String start, String error) {
        Port given = address(built).given(start(start));
        assertEquals(error, given == null ? null : given.error());
    }

    /** Quarkus reads them anew at the start; and nothing else is anybody's business. */
    @Test
    void neither_variables_of_the_build_nor_other_keys_are_kept() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultInterceptors().withSources(
                new PropertiesConfigSource(Map.of("quarkus.http.port", "${PORT:8080}", "secret", "x"), "given", APPLICATION_ORDINAL),
                new EnvConfigSource(Map.of("PORT", "81", "QUARKUS_HTTP_PORT", "82", "QUARKUS_MANAGEMENT_PORT", "83"), EnvConfigSource.ORDINAL));
        ServerAddress address = ServerAddress.of(builder.build());
        assertEquals(Map.of("quarkus.http.port", "${PORT:8080}"), address.kept());
    }

    @ParameterizedTest
    @ValueSource(strings = { "a", "a=b", "a=b\nc", "a\nb=c\n" })
    void what_is_no_address_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ServerAddress.parse(text));
    }

    /** And what is baked is read again. */
    private static ServerAddress address(String built) {
        ServerAddress address = ServerAddress.of(new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile("prod")
                .withSources(new PropertiesConfigSource(settings(built), "given", APPLICATION_ORDINAL)).build());
        assertEquals(address, ServerAddress.parse(address.toString()));
        return address;
    }

    private static Environment start(String text) {
        Map<String, String> variables = settings(text);
        Map<String, String> properties = new HashMap<>(variables);
        Set<String> named = Set.copyOf(variables.keySet().stream().filter(name -> name.contains(".")).toList());
        variables.keySet().removeAll(named);
        properties.keySet().retainAll(named);
        return new Environment(variables, properties, true);
    }

    private static Map<String, String> settings(String text) {
        Map<String, String> settings = new HashMap<>();
        Arrays.stream(text == null ? new String[0] : text.split(" (?=[\\w%.]+=)"))
                .forEach(setting -> settings.put(setting.split("=", 2)[0], setting.split("=", 2)[1]));
        return settings;
    }
}
