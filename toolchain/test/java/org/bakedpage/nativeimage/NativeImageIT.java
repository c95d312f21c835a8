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
import java.util.Objects;
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
 * <p>A build is nearly all of what this costs, and most of a build is what every image contains. So there are a hello world,
 * the least there is, and one image that holds the other programs; these share no class, so none of them can hide what another
 * lacks. All are built with -Ob, which only spares the compiler's effort; the web server's own tests are about an image built with
 * -Os. For AArch64, where the same Java runs, there is no hello world; qemu-user runs what is built for it. One hello world is
 * built from the class path, the other from the module path. Without -Dnative-image=whole there is only one of the two images for
 * each of glibc and musl.
 */
class NativeImageIT {

    /** The builder's JVM: a hello world took 80 seconds of CPU time instead of 144 (25.0.2, -Ob, 2 cores). */
    private static final String BUILDER_WITHOUT_C2 = "-J-XX:TieredStopAtLevel=1";
    private static final Duration RUN_LIMIT = Duration.ofSeconds(20);
    private static final String JVM = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final boolean WHOLE = "whole".equals(System.getProperty("native-image"));

    private enum Target {
        GLIBC(List.of()),
        MUSL(List.of("--static", "--libc=musl")),
        AARCH64(List.of("--static", "--libc=musl", "--target=linux-aarch64", "-march=armv8-a"), "qemu-aarch64-static");

        private final List<String> options;
        private final List<String> runner;

        Target(List<String> options, String... runner) {
            this.options = options;
            this.runner = List.of(runner);
        }
    }

    @TempDir
    static Path folder;

    private static String featuresJar;
    private static final Map<Target, Path> HELLO = new EnumMap<>(Target.class);
    private static final Map<Target, Path> FEATURES = new EnumMap<>(Target.class);

    @BeforeAll
    static void build() throws IOException {
        String helloJar = TestJar.program("hello", "hello.Hello", folder.resolve("a folder")).toString();
        HELLO.put(Target.GLIBC, build(Target.GLIBC, "hello", "-p", helloJar, "-m", "hello/hello.Hello"));
        if (WHOLE) {
            HELLO.put(Target.MUSL, build(Target.MUSL, "hello", "-jar", helloJar));
        }
        Files.createSymbolicLink(folder.resolve("link"), Files.writeString(folder.resolve("file"), "text"));
        featuresJar = TestJar.program("features", "features.Main", folder).toString();
        for (Target target : targets().toList()) {
            FEATURES.put(target, build(target, "features", "-jar", featuresJar, "-Vlocales=de,de-AT,fr"));
        }
    }

    private static Stream<Target> targets() {
        return Stream.of(Target.values()).filter(target -> WHOLE || target != Target.GLIBC);
    }

    private static Stream<Target> helloTargets() {
        return HELLO.keySet().stream();
    }

    private static Path build(Target target, String name, String... source) {
        String image = name + "-" + target;
        List<String> arguments = new ArrayList<>(List.of("--silent", "-Ob", BUILDER_WITHOUT_C2, "-o", image));
        arguments.addAll(target.options);
        arguments.addAll(List.of(source));
        Execution execution = Toolchain.build(folder, arguments);
        assertEquals(0, execution.exitCode(), execution::toString);
        assertEquals("", execution.output() + execution.errors(), "a silent build");
        return folder.resolve(image);
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void an_image_is_linked_as_asked(Target target) throws IOException {
        for (Path path : Stream.of(HELLO, FEATURES).map(images -> images.get(target)).filter(Objects::nonNull).toList()) {
            ElfFile image = new ElfFile(path);
            assertEquals(target != Target.GLIBC, image.isStatic());
            assertEquals(target == Target.GLIBC, image.hasInterpreter());
            assertEquals(target == Target.AARCH64, image.isForAArch64());
        }
    }

    @ParameterizedTest
    @MethodSource("helloTargets")
    void hello_world_says_hello(Target target) {
        Execution execution = run(List.of(HELLO.get(target).toString(), "native", "wörld"), Map.of("LANG", "C.UTF-8"));

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
                List.of("open", "file", "NOFOLLOW_LINKS"),
                List.of("open", "link", "NOFOLLOW_LINKS"),
                List.of("open", "file", "DIRECT"),
                List.of("no such program"))
                .flatMap(program -> targets().map(target -> arguments(target, program)));
    }

    /** Traces included: the same lines of the same files. */
    @ParameterizedTest
    @MethodSource("programs")
    void a_program_does_what_it_does_on_a_jvm(Target target, List<String> arguments) {
        Map<String, String> variables = Map.of("LANG", "C.UTF-8", "TZ", "UTC");

        Execution expected = run(onJvm(arguments), variables);
        Execution execution = run(features(target, arguments), variables);

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
    @MethodSource("targets")
    void a_trace_names_files_and_lines(Target target) {
        Execution execution = run(features(target, List.of("failure", "1")), Map.of());

        assertTrue(execution.errors().startsWith(
                "Exception in thread \"main\" java.lang.IllegalStateException: could not go on\n"
                        + "\tat features.Failure.main(Failure.java:15)\n"
                        + "\tat features.Main.main(Main.java:"), execution::toString);
        assertTrue(execution.errors().contains("\nCaused by: java.lang.UnsupportedOperationException: b\n"
                + "\tat features.Failure.lambda$descend$0(Failure.java:25)\n"), execution::toString);
        assertEquals(1, execution.exitCode());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void what_no_metadata_names_is_not_in_the_image(Target target) {
        Execution execution = run(features(target, List.of("resource", "/texts/forgotten.txt")), Map.of());

        assertEquals("none\n", execution.output(), execution::toString);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void time_zone_and_language_come_from_the_environment(Target target) {
        Map<String, String> variables = Map.of(
                "TZ", "America/New_York", "LANG", "de_DE.UTF-8", "FEATURES_VARIABLE", "given");

        Execution execution = run(
                features(target, List.of("-Dfeatures.property=given too", "environment")), variables);

        assertEquals("""
                zone America/New_York -04:00
                locale de_DE
                variable given
                property given too
                """, execution.output(), execution::toString);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void a_server_answers_and_ends_at_sigterm(Target target) throws IOException, InterruptedException {
        Process server = Execution.builder(features(target, List.of("server")), folder, Map.of()).start();
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

    private static List<String> features(Target target, List<String> arguments) {
        List<String> command = new ArrayList<>(target.runner);
        command.add(FEATURES.get(target).toString());
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
