package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The configuration that was made in the build against the one that Quarkus makes at a start, in a process of its own each: on
 * a JVM, with the classes that the executable was built of. And what a start says in which it does not serve.
 */
class BuiltConfigurationIT {

    private static final String EXECUTABLE = System.getProperty("native.image.path");
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Path CLASSES = Path.of(EXECUTABLE).resolveSibling("web-server-native-image-source-jar");
    /** What reads the port and the address by name in an executable is a substitution, which a JVM does without. */
    private static final String BY_NAME = "built\nquarkus.http interface io.quarkus.vertx.http.runtime.VertxHttpConfig differs";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OTHER                                    | 1         | built
            KUBERNETES_SERVICE_HOST                  | 10.0.0.1  | built
            _OTHER                                   | 1         | built
            QUARKUS_HTTP_IO_THREADS                  | ''        | built
            QUARKUS_HTTP_LIMITS_MAX_INITIAL_LINE_LENGTH | 500    | built
            QUARKUS_HTTP_LIMITS_MAX_HEADER_SIZE      | 1K        | built
            QUARKUS_HTTP_LIMITS_MAX_BODY_SIZE        | 0         | built
            QUARKUS_HTTP_ACCEPT_BACKLOG              | 7         | built
            QUARKUS_HTTP_IO_THREADS                  | 3         | built
            QUARKUS_HTTP_IDLE_TIMEOUT                | 5s        | built
            QUARKUS_HTTP_ACCESS_LOG_ENABLED          | true      | built
            QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE      | 2         | built
            QUARKUS_SHUTDOWN_TIMEOUT                 | 1s        | built
            QUARKUS_LOG_LEVEL                        | DEBUG     | built
            QUARKUS_LOG_CONSOLE_FORMAT               | %m%n      | built
            QUARKUS_LOG_CONSOLE_LEVEL                | ${A:WARN} | built
            SITE_MAX_CONNECTIONS                     | 3         | built
            SITE_HEAD_TIMEOUT                        | 4s        | built
            SITE_BODY_TIMEOUT                        | 4s        | built
            SITE_ANSWER_TIMEOUT                      | 4s        | built
            SITE_FAST_PATH                           | false     | built
            quarkus.log.level                        | DEBUG     | built
            -Dquarkus.log.level                      | DEBUG     | built
            -Dquarkus.http.limits.max-header-size    | 1K        | built
            -Dsite.head-timeout                      | 4s        | built
            QUARKUS_LOG_CATEGORY__A_B__LEVEL         | OFF       | made
            -Dquarkus.log.category.a.level           | OFF       | made
            -Dquarkus.http.header.a.value            | b         | made
            QUARKUS_PROFILE                          | blue      | made
            -Dquarkus.profile                        | blue      | made
            SMALLRYE_CONFIG_PROFILE                  | blue      | made
            _PROD_QUARKUS_LOG_LEVEL                  | DEBUG     | made
            -D%prod.quarkus.log.level                | DEBUG     | made
            MP_CONFIG_PROFILE                        | blue      | made
            CONFIG_ORDINAL                           | 50        | made
            QUARKUS_HTTP_ROOT_PATH                   | /a        | made
            QUARKUS_THREAD_POOL_MAX_THREADS          | 3         | made
            QUARKUS_HTTP_UNKNOWN                     | 1         | made
            -Djava.io.tmpdir                         | /var/tmp  | made
            """)
    void the_mappings_and_values_are_those_of_a_start(String name, String value, String expected) {
        assertEquals(expected, compare(name, value));
    }

    @ParameterizedTest
    @CsvSource({ "PORT", "QUARKUS_HTTP_PORT", "-Dquarkus.http.port" })
    void the_port_is_read_by_name(String name) {
        assertEquals(BY_NAME, compare(name, "81"));
    }

    @ParameterizedTest
    @CsvSource({ "QUARKUS_HTTP_HOST", "-Dquarkus.http.host" })
    void the_address_is_read_by_name(String name) {
        assertEquals(BY_NAME, compare(name, "127.0.0.2"));
    }

    private static String compare(String name, String value) {
        boolean property = name.startsWith("-D");
        String classPath = String.join(File.pathSeparator, CLASSES + "/web-server.jar", CLASSES + "/lib/*",
                Path.of(EXECUTABLE).resolveSibling("test-classes").toString());
        List<String> words = new ArrayList<>(List.of(Command.JAVA, "-Djava.io.tmpdir=/tmp", "-cp", classPath));
        if (property) {
            words.add(name + "=" + value);
        }
        words.add("org.bakedpage.trim.ComparedConfiguration");
        Command command = new Command(words);
        Stream.of("PORT", "QUARKUS_HTTP_PORT", "QUARKUS_HTTP_HOST").forEach(command::without);
        return command.with(property ? Map.of() : Map.of(name, value)).succeed();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            QUARKUS_PROFILE                    | blue  | Profile blue activated
            QUARKUS_HTTP_ROOT_PATH             | /a    | quarkus.http.root-path is set to '/a' but it is build time fixed to '/'
            QUARKUS_LOG_CONSOLE_ENABLE         | true  | The "quarkus.log.console.enable" config property is deprecated
            QUARKUS_VERTX_WORKER_POOL_SIZE     | 2     | The "quarkus.vertx.worker-pool-size" config property is deprecated
            _PROD_QUARKUS_LOG_CONSOLE_FORMAT   | %m<%n | Installed features: [cdi, kubernetes, smallrye-context-propagation, vertx]<
            QUARKUS_LOG_CONSOLE_FORMAT         | %m<%n | Installed features: [cdi, kubernetes, smallrye-context-propagation, vertx]<
            -Dquarkus.log.console.format       | %m<%n | Installed features: [cdi, kubernetes, smallrye-context-propagation, vertx]<
            -D%prod.quarkus.log.console.format | %m<%n | Installed features: [cdi, kubernetes, smallrye-context-propagation, vertx]<
            -Dquarkus.log.console.format       | %N%n  | web-server
            """)
    void a_setting_is_told(String name, String value, String line) throws Exception {
        boolean property = name.startsWith("-D");
        try (Server server = Server.start(property ? List.of(EXECUTABLE, name + "=" + value) : List.of(EXECUTABLE),
                property ? Map.of() : Map.of(name, value))) {
            awaitLine(server, line);
        }
    }

    @Test
    void the_port_of_an_executable_is_read_by_name() throws Exception {
        try (Server server = Server.start(List.of(EXECUTABLE), Map.of("QUARKUS_HTTP_PORT", ""))) {
            awaitLine(server, "http://127.0.0.1:" + server.port());
        }
    }

    /** It may answer before it says that it does. */
    private static void awaitLine(Server server, String line) {
        assertTrue(Poll.holds(LIMIT, () -> server.said().contains(line)), server::said);
    }
}
