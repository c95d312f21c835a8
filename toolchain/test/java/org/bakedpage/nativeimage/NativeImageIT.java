package org.bakedpage.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs built with the toolchain do what they do on a JVM, whichever C library they are linked to.
 *
 * <p>A build is nearly all of what this costs, and most of a build is what every image contains. So there are two
 * images per C library: a hello world, the least there is, and one that holds the other programs; these share no
 * class, so none of them can hide what another lacks. All are built with -Ob, which only spares the compiler's effort;
 * the web server's own tests are about an image built with -Os. One hello world is built from the class path, the
 * other from the module path.
 */
class NativeImageIT {

    /** The builder's JVM: a hello world took 80 seconds of CPU time instead of 144 (25.0.2, -Ob, 2 cores). */
    private static final String BUILDER_WITHOUT_C2 = "-J-XX:TieredStopAtLevel=1";
    private static final Duration RUN_LIMIT = Duration.ofSeconds(20);
    private static final String JVM = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private enum Libc {
        GLIBC(), MUSL("--static", "--libc=musl");

        private final List<String> options;

        Libc(String... options) {
            this.options = List.of(options);
        }
    }

    @TempDir
    static Path folder;

    private static String featuresJar;
    private static final Map<Libc, Path> HELLO = new EnumMap<>(Libc.class);
    private static final Map<Libc, Path> FEATURES = new EnumMap<>(Libc.class);

    @BeforeAll
    static void build() throws IOException {
        String helloJar = TestJar.program("hello", "hello.Hello", folder.resolve("a folder")).toString();
        HELLO.put(Libc.GLIBC, build(Libc.GLIBC, "hello", "-p", helloJar, "-m", "hello/hello.Hello"));
        HELLO.put(Libc.MUSL, build(Libc.MUSL, "hello", "-jar", helloJar));
        featuresJar = TestJar.program("features", "features.Main", folder).toString();
        for (Libc libc : Libc.values()) {
            FEATURES.put(libc, build(libc, "features", "-jar", featuresJar, "-Vlocales=de,de-AT,fr"));
        }
    }

    private static Path build(Libc libc, String name, String... source) {
        String image = name + "-" + libc;
        List<String> arguments = new ArrayList<>(List.of("--silent", "-Ob", BUILDER_WITHOUT_C2, "-o", image));
        arguments.addAll(libc.options);
        arguments.addAll(List.of(source));
        Execution execution = Toolchain.build(folder, arguments);
        assertEquals(0, execution.exitCode(), execution::toString);
        assertEquals("", execution.output() + execution.errors(), "a silent build");
        return folder.resolve(image);
    }

    @ParameterizedTest
    @EnumSource(Libc.class)
    void an_image_is_linked_as_asked(Libc libc) throws IOException {
        ElfFile hello = new ElfFile(HELLO.get(libc));
        ElfFile features = new ElfFile(FEATURES.get(libc));

        assertEquals(libc == Libc.MUSL, hello.isStatic());
        assertEquals(libc == Libc.MUSL, features.isStatic());
        assertEquals(libc == Libc.GLIBC, hello.hasInterpreter());
        assertEquals(libc == Libc.GLIBC, features.hasInterpreter());
    }

    @ParameterizedTest
    @EnumSource(Libc.class)
    void hello_world_says_hello(Libc libc) {
        Execution execution = run(List.of(HELLO.get(libc).toString(), "native", "wörld"), Map.of("LANG", "C.UTF-8"));

        assertEquals("Hello, native wörld!\n", execution.output(), execution::toString);
        assertEquals("", execution.errors());
        assertEquals(0, execution.exitCode());
    }

    private static Stream<Arguments> programs() {
        return Stream.of(
                List.of("reflection", "features.Configured"),
                List.of("reflection", "features.ConfiguredTheOldWay"),
                List.of("reflection", "features.Missing"),
                List.of("resource", "/texts/included.txt"),
                List.of("resource", "/texts/missing.txt"),
                List.of("bundle", "en", "de", "fr", "de-AT"),
                List.of("failure", "3"),
                List.of("failure", "no number"),
                List.of("no such program"))
                .flatMap(program -> Stream.of(Libc.values()).map(libc -> arguments(libc, program)));
    }

    /** Traces included: the same lines of the same files. */
    @ParameterizedTest
    @MethodSource("programs")
    void a_program_does_what_it_does_on_a_jvm(Libc libc, List<String> arguments) {
        Map<String, String> variables = Map.of("LANG", "C.UTF-8", "TZ", "UTC");

        Execution expected = run(onJvm(arguments), variables);
        Execution execution = run(features(libc, arguments), variables);

        assertEquals(expected.output(), execution.output(), execution::toString);
        assertEquals(program(expected.errors()), program(execution.errors()), execution::toString);
        assertEquals(expected.exitCode(), execution.exitCode());
    }

    /** Of a trace, what is not the JDK's: its insides differ with its version, and 17 may be the JVM's. */
    private static String program(String trace) {
        return String.join("\n", trace.lines().filter(line -> !line.matches("\\s+(at java\\.base\\W.*|\\.\\.\\. .*)"))
                .toList());
    }

    @ParameterizedTest
    @EnumSource(Libc.class)
    void a_trace_names_files_and_lines(Libc libc) {
        Execution execution = run(features(libc, List.of("failure", "1")), Map.of());

        assertTrue(execution.errors().startsWith(
                "Exception in thread \"main\" java.lang.IllegalStateException: could not go on\n"
                        + "\tat features.Failure.main(Failure.java:15)\n"
                        + "\tat features.Main.main(Main.java:"), execution::toString);
        assertTrue(execution.errors().contains("\nCaused by: java.lang.UnsupportedOperationException: b\n"
                + "\tat features.Failure.lambda$descend$0(Failure.java:25)\n"), execution::toString);
        assertEquals(1, execution.exitCode());
    }

    @ParameterizedTest
    @EnumSource(Libc.class)
    void what_no_metadata_names_is_not_in_the_image(Libc libc) {
        Execution execution = run(features(libc, List.of("resource", "/texts/forgotten.txt")), Map.of());

        assertEquals("none\n", execution.output(), execution::toString);
    }

    @ParameterizedTest
    @EnumSource(Libc.class)
    void time_zone_and_language_come_from_the_environment(Libc libc) {
        Map<String, String> variables = Map.of(
                "TZ", "America/New_York", "LANG", "de_DE.UTF-8", "FEATURES_VARIABLE", "given");

        Execution execution = run(
                List.of(FEATURES.get(libc).toString(), "-Dfeatures.property=given too", "environment"), variables);

        assertEquals("""
                zone America/New_York -04:00
                locale de_DE
                variable given
                property given too
                """, execution.output(), execution::toString);
    }

    @ParameterizedTest
    @EnumSource(Libc.class)
    void a_server_answers_and_ends_at_sigterm(Libc libc) throws IOException, InterruptedException {
        Process server = Execution.builder(features(libc, List.of("server")), folder, Map.of()).start();
        try (BufferedReader output = server.inputReader()) {
            String port = output.readLine().replace("port ", "");
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/a?b=c"))
                    .POST(HttpRequest.BodyPublishers.ofString("text"))
                    .timeout(RUN_LIMIT)
                    .build();
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(200, response.statusCode());
            assertEquals("POST /a?b=c", response.body());

            // By its handle: Process.destroy would close the stream with the last words too.
            server.toHandle().destroy();
            assertTrue(server.waitFor(RUN_LIMIT.toSeconds(), TimeUnit.SECONDS), "it ends");
            assertEquals("goodbye", output.readLine());
            assertEquals(128 + 15, server.exitValue());
        } finally {
            server.destroyForcibly();
        }
    }

    private static List<String> features(Libc libc, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(FEATURES.get(libc).toString()));
        command.addAll(arguments);
        return command;
    }

    private static List<String> onJvm(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(JVM, "-jar", featuresJar));
        command.addAll(arguments);
        return command;
    }

    private static Execution run(List<String> command, Map<String, String> variables) {
        return Execution.of(command, folder, variables, RUN_LIMIT);
    }
}
