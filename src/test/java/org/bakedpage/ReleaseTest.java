package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What .ci/release refuses, and what can be said of the workflows without GitHub; ReleaseIT makes a release. */
class ReleaseTest {

    private static final Path WORKFLOWS = Containers.PROJECT.resolve(".github/workflows");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*(\\.?[\\w-]*/[\\w./-]+)");
    private static final Pattern USED_STEP = Pattern.compile("steps\\.([\\w-]+)\\.outputs");
    private static final Pattern USED_JOB = Pattern.compile("needs\\.([\\w-]+)\\.outputs\\.([\\w-]+)");

    private static final String MAVEN = """
            #!/bin/sh
            echo "$*" >>calls
            mkdir -p target/arm64 target/quarkus-app
            case " $* " in
              *' clean '*) rm -r target ;;
              *' -Pnative,multiarch '*)
                for folder in target target/arm64; do echo '{}' >$folder/web-server.cdx.json; done
                echo amd64 >target/web-server
                echo arm64 >target/arm64/web-server ;;
            esac
            case $* in *push=true*) echo sha256:1 >target/jib-image.digest ;; esac
            """;

    /** A commit of what the script reads, with the version 1.2.3, where one thing is replaced. */
    private static final class Checkout implements AutoCloseable {

        private final Folder folder = new Folder("checkout");

        Checkout(String file, String before, String after) throws IOException {
            folder.copy(Containers.PROJECT, ".ci/release");
            Files.createDirectory(folder.path().resolve("docs"));
            Map<String, String> texts = Map.of("pom.xml", "<a>\n  <version>1.2.3</version>\n  <b>\n    <version>9</version>\n  </b>\n",
                    "CHANGELOG.md", "# Changelog\n\n## 1.2.3 - 2026-01-31\n\n- New.\n\n## 1.2.2 - 2025-01-31\n\n- Old.\n",
                    "README.md", "docker build -t web-server .\n", "docs/images.md", "registry.example.org/web-server:1.2.3\n");
            for (Map.Entry<String, String> text : texts.entrySet()) {
                boolean isChanged = text.getKey().equals(file);
                assertTrue(!isChanged || text.getValue().contains(before), before);
                folder.write(text.getKey(), isChanged ? text.getValue().replace(before, after) : text.getValue());
            }
            git("init", "--quiet");
            commit();
        }

        void commit() {
            git("add", ".");
            git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--allow-empty", "--message", "all");
        }

        void git(String... words) {
            List<String> command = new ArrayList<>(List.of("git"));
            command.addAll(List.of(words));
            new Command(command).in(folder.path()).succeed();
        }

        Command.Result release(String... arguments) {
            List<String> command = new ArrayList<>(List.of(".ci/release"));
            command.addAll(List.of(arguments));
            return new Command(command).in(folder.path()).run();
        }

        @Override
        public void close() {
            folder.close();
        }
    }

    private static void assertRefused(String message, Command.Result result) {
        assertEquals("", result.out());
        assertTrue(result.err().startsWith("release: " + message), result::err);
        assertEquals(1, result.exitCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            pom.xml      | 1.2.3                  | 1.2.3-SNAPSHOT      | pom.xml has version 1.2.3-SNAPSHOT: set it to that of the release
            pom.xml      | 1.2.3                  | 1.2                 | pom.xml has version 1.2: a release has three numbers
            pom.xml      | 1.2.3                  | 1.2.4               | the tag v1.2.3 is not v1.2.4, the version of pom.xml
            CHANGELOG.md | 1.2.3 - 2026-01-31     | Unreleased          | CHANGELOG.md has no section '## 1.2.3 - YEAR-MONTH-DAY'
            CHANGELOG.md | 1.2.3 -                | 1.203 -             | CHANGELOG.md has no section '## 1.2.3 - YEAR-MONTH-DAY'
            CHANGELOG.md | " - 2026-01-31"        | ""                  | CHANGELOG.md has no section '## 1.2.3 - YEAR-MONTH-DAY'
            CHANGELOG.md | "- New."               | ""                  | CHANGELOG.md says nothing of 1.2.3
            docs/images.md | :1.2.3               | :1.2.3-SNAPSHOT     | documents name the image of another version:
            """)
    void a_release_is_refused_where_something_does_not_fit(String file, String before, String after, String message) throws IOException {
        try (Checkout checkout = new Checkout(file, before, after)) {
            assertRefused(message, checkout.release("--check", "v1.2.3"));
            assertRefused(message, checkout.release("v1.2.3"));
            assertFalse(Files.exists(checkout.folder.path().resolve("target")));
        }
    }

    @Test
    void a_checkout_that_fits_can_be_released() throws IOException {
        try (Checkout checkout = new Checkout("pom.xml", "1.2.3", "1.2.3")) {
            assertEquals(new Command.Result(0, "", ""), checkout.release("--check", "v1.2.3"));
            checkout.git("tag", "v1.2.3");
            assertEquals(new Command.Result(0, "", ""), checkout.release("--check", "v1.2.3"));
        }
    }

    @ParameterizedTest
    @CsvSource({ "1.2.3", "v1.2", "v1.2.30", "main", "v1.2.3;id", "''" })
    void another_tag_is_refused(String tag) throws IOException {
        try (Checkout checkout = new Checkout("pom.xml", "1.2.3", "1.2.3")) {
            assertRefused("the tag " + tag + " is not v1.2.3, the version of pom.xml", checkout.release("--check", tag));
        }
    }

    @ParameterizedTest
    @CsvSource({ "''", "--check", "--other v1.2.3", "--check v1.2.3 registry/image", "v1.2.3 registry/image folder more" })
    void other_arguments_are_refused(String arguments) throws IOException {
        try (Checkout checkout = new Checkout("pom.xml", "1.2.3", "1.2.3")) {
            assertRefused("usage: ", checkout.release(arguments.isEmpty() ? new String[0] : arguments.split(" ")));
        }
    }

    @ParameterizedTest
    @CsvSource({ "image", "ghcr.io/Team/site", "ghcr.io/team/", "ghcr.io/team/site:1", "ghcr.io/team/site@sha256" })
    void what_is_no_name_for_an_image_is_refused(String image) throws IOException {
        try (Checkout checkout = new Checkout("pom.xml", "1.2.3", "1.2.3")) {
            assertRefused(image + " is not a name for an image", checkout.release("v1.2.3", image));
        }
    }

    /** By a Maven that makes executables of a line each, and notes its arguments. */
    private static void release(String givenForArm64, Map<String, Boolean> pushes, String error) throws IOException {
        try (Checkout checkout = new Checkout("pom.xml", "1.2.3", "1.2.3"); Folder given = new Folder("given")) {
            assertTrue(checkout.folder.write("mvnw", MAVEN).toFile().setExecutable(true));
            assertTrue(given.write("uname", "#!/bin/sh\necho x86_64\n").toFile().setExecutable(true));
            checkout.folder.write("LICENSE", "");
            checkout.commit();
            given.write("web-server-1.2.3-linux-x86_64", "amd64\n");
            given.write("web-server-1.2.3-linux-aarch64", givenForArm64);
            Command.Result result = new Command(".ci/release", "v1.2.3", "localhost/team/site", given.path().toString())
                    .in(checkout.folder.path()).with(Map.of("PATH", given.path() + ":" + System.getenv("PATH"))).run();
            String told = result.err().lines().filter(line -> line.startsWith("release: ")).collect(Collectors.joining());
            assertEquals(error.replace("GIVEN", given.path().toString()), told, result::err);
            List<String> calls = Files.readAllLines(checkout.folder.path().resolve("calls"));
            String executable = given.path() + "/web-server-1.2.3-linux-";
            String executables = " -Dweb-server.executable=" + executable + "x86_64"
                    + " -Dweb-server.executable.arm64=" + executable + "aarch64";
            assertEquals("-B -ntp package -DskipTests -Pnative,multiarch" + executables, calls.get(2));
            pushes.forEach((tag, isPushed) -> assertEquals(isPushed, calls.stream().anyMatch(call -> call.contains(executables)
                    && call.contains("push=true") && call.contains(".tag=" + tag + " ")
                    && call.endsWith("reuse-existing=true")), tag));
            assertEquals(pushes.containsValue(true), calls.toString().contains("push=true"));
        }
    }

    @Test
    void a_folder_that_is_not_there_is_named() throws IOException {
        try (Checkout checkout = new Checkout("pom.xml", "1.2.3", "1.2.3")) {
            assertRefused("there is no folder nowhere", checkout.release("v1.2.3", "ghcr.io/team/site", "nowhere"));
        }
    }

    @Test
    void what_is_pushed_are_the_executables_that_were_given() throws IOException {
        release("arm64\n", Map.of("1.2.3", true, "1.2.3-zstd", true), "");
    }

    @ParameterizedTest
    @ValueSource(strings = { "arm65\n", "arm64", "" })
    void nothing_is_pushed_that_is_not_what_was_given(String other) throws IOException {
        release(other, Map.of("1.2.3", false, "1.2.3-zstd", false),
                "release: the executables of GIVEN are not those of this checkout: nothing is pushed");
    }

    @Test
    void what_is_not_committed_or_tagged_is_refused() throws IOException {
        try (Checkout checkout = new Checkout("pom.xml", "1.2.3", "1.2.3")) {
            checkout.git("tag", "v1.2.3");
            checkout.folder.write("added", "");
            assertRefused("the checkout is not clean:\n?? added", checkout.release("--check", "v1.2.3"));
            checkout.commit();
            assertRefused("the tag v1.2.3 is of ", checkout.release("--check", "v1.2.3"));
        }
    }

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(WORKFLOWS)) {
            return files.toList();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> read(Path workflow) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return map(new Yaml(new SafeConstructor(options)).load(Files.readString(workflow)));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> steps(Object job) {
        return (List<Map<String, Object>>) map(job).get("steps");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void a_job_has_a_limit_and_is_not_allowed_more_than_to_read_unless_it_says_so(Path workflow) throws IOException {
        Map<String, Object> all = read(workflow);
        assertTrue(all.get("permissions").equals(Map.of()) || all.get("permissions").equals(Map.of("contents", "read")));
        map(all.get("jobs")).forEach((name, job) -> {
            assertTrue(map(job).get("timeout-minutes") instanceof Integer, name);
            assertFalse(map(job).get("permissions") instanceof String, name);
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void steps_run_what_exists_and_nothing_that_others_have_written(Path workflow) throws IOException {
        for (Object job : map(read(workflow).get("jobs")).values()) {
            for (Map<String, Object> step : steps(job)) {
                assertTrue(step.containsKey("run") != step.containsKey("uses"), step::toString);
                assertTrue(String.valueOf(step.getOrDefault("uses", "a/b@v1")).matches("[\\w-]+/[\\w-]+@v[0-9]+"), step::toString);
                String run = String.valueOf(step.getOrDefault("run", ""));
                assertFalse(run.contains("${{"), run);
                assertEquals(0, new Command("bash", "-n", "-c", run).run().exitCode(), run);
                for (Matcher command = COMMAND.matcher(run); command.find();) {
                    assertTrue(Files.isExecutable(Containers.PROJECT.resolve(command.group(1))), command.group(1));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void what_a_job_takes_from_another_there_is(Path workflow) throws IOException {
        Map<String, Object> jobs = map(read(workflow).get("jobs"));
        int taken = 0;
        for (Object job : jobs.values()) {
            Set<Object> needed = new HashSet<>();
            needed.add(map(job).get("needs"));
            for (Matcher used = USED_JOB.matcher(job.toString()); used.find();) {
                assertTrue(needed.contains(used.group(1)), used.group());
                assertTrue(map(map(jobs.get(used.group(1))).get("outputs")).containsKey(used.group(2)), used.group());
                taken++;
            }
            for (Matcher used = USED_STEP.matcher(job.toString()); used.find();) {
                assertTrue(steps(job).stream().anyMatch(step -> used.group(1).equals(step.get("id"))), used.group());
                taken++;
            }
        }
        assertEquals(workflow.endsWith("release.yml"), taken > 0, "the others have none");
    }

    @Test
    void a_release_needs_no_other_secret_and_each_right_has_one_job_or_two() throws IOException {
        Path workflow = WORKFLOWS.resolve("release.yml");
        Matcher secret = Pattern.compile("secrets\\.(\\w+)").matcher(Files.readString(workflow));
        while (secret.find()) {
            assertEquals("GITHUB_TOKEN", secret.group(1));
        }
        StringBuilder rights = new StringBuilder();
        map(read(workflow).get("jobs")).forEach((name, job) -> rights.append(name + " " + map(job).get("permissions") + "\n"));
        assertEquals("""
                verify {contents=read}
                build {contents=read}
                push {contents=read, packages=write}
                sign {attestations=write, id-token=write, packages=write}
                publish {contents=write}
                """, rights.toString());
    }
}
