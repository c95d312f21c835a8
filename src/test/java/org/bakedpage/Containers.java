package org.bakedpage;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A container runtime for one test class: podman with settings, images and networks of its own, in a temporary folder,
 * so that the machine's are neither needed nor touched; or docker, where podman is absent and its daemon answers.
 */
final class Containers implements AutoCloseable {

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    /** The project, which is also the context of every build. */
    static final Path PROJECT = Path.of("").toAbsolutePath();

    /** What every container has to serve, byte for byte. */
    static final Path PAGE = PROJECT.resolve("src/main/resources/META-INF/resources/index.html");

    static final String SKIPPED = "neither podman nor a docker daemon answers; "
            + "install podman, runc, netavark, aardvark-dns, iptables, catatonit";
    /** How much memory a container has that is run strictly, 64 MiB: what kubernetes.yml gives to a pod. */
    static final int STRICT_KIB = 64 << 10;

    /** The option to be on the machine's own network, whose settings a container cannot change. */
    static final String HOST_NETWORK = "--network=host";

    private static final String RUNTIME = runtime();

    private final Folder home = new Folder("pod");
    private final List<String> leftovers = new ArrayList<>();
    private final Map<String, String> environment;

    Containers() {
        // Without DISABLE_HC_SYSTEMD podman wants timers from systemd, which a container or a CI machine may not have.
        environment = isPodman() ? Map.of(
                "CONTAINERS_CONF", home.write("containers.conf", PodmanSettings.containers(home.path())).toString(),
                "CONTAINERS_STORAGE_CONF", home.write("storage.conf", PodmanSettings.storage(home.path())).toString(),
                "DISABLE_HC_SYSTEMD", "true") : Map.of();
    }

    /** The condition of the tests that need one. An assumption in BeforeAll would not be reported as a skipped test. */
    static boolean answer() {
        return RUNTIME != null;
    }

    /** The condition of the tests that need pods. */
    static boolean isPodman() {
        return "podman".equals(RUNTIME);
    }

    /** A command of the runtime, like {@code inspect} and its arguments. */
    Command command(String... arguments) {
        return command(List.of(arguments));
    }

    private Command command(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(RUNTIME));
        words.addAll(arguments);
        return new Command(words).with(environment);
    }

    /** Builds an image from the project, as the README says. */
    void build(String dockerfile, String tag, String... options) {
        build(PROJECT, dockerfile, tag, options);
    }

    /** Of a copy of the project; gives what was printed. */
    String build(Path project, String dockerfile, String tag, String... options) {
        List<String> words = new ArrayList<>(List.of("build", "-f", dockerfile, "-t", tag));
        if (isPodman()) {
            // The OCI format has no HEALTHCHECK.
            words.addAll(List.of("--format", "docker"));
        }
        words.addAll(List.of(options));
        words.add(".");
        String console = command(words).in(project).within(BUILD_LIMIT).succeed();
        leftovers.add("rmi --force " + tag);
        return console;
    }

    /** Makes an image of a tar archive, which is its whole file system, with instructions like {@code ENV A=B}. */
    void importRoot(Path archive, String tag, String... instructions) {
        List<String> words = new ArrayList<>(List.of("import"));
        for (String instruction : instructions) {
            words.addAll(List.of("--change", instruction));
        }
        words.addAll(List.of(archive.toString(), tag));
        command(words).within(BUILD_LIMIT).succeed();
        leftovers.add("rmi --force " + tag);
    }

    /** Starts a container; the last word is the image. */
    Container start(String... words) {
        List<String> run = new ArrayList<>(List.of("run", "--detach"));
        if (!List.of(words).contains(HOST_NETWORK)) {
            // Docker's own default, github.com/moby/moby/pull/41030, and not yet podman's.
            run.addAll(List.of("--sysctl", "net.ipv4.ip_unprivileged_port_start=0"));
        }
        run.addAll(List.of(words));
        String id = command(run).succeed();
        leftovers.add("rm --force --volumes " + id);
        return new Container(this, id);
    }

    /** As strict as a container can be run: nothing to write to, no right to gain, little memory. */
    Container startStrictly(String... words) {
        List<String> strict = new ArrayList<>(List.of("--read-only", "--cap-drop", "all",
                "--security-opt", "no-new-privileges", "--memory", STRICT_KIB + "k", "--memory-swap", STRICT_KIB + "k"));
        if (isPodman()) {
            strict.add("--read-only-tmpfs=false");
        }
        strict.addAll(List.of(words));
        return start(strict.toArray(String[]::new));
    }

    /** Copies a file out of an image, which need not be one for this machine. */
    Path file(String image, String path, Path copy) {
        String id = command("create", image).succeed();
        command("cp", id + ":" + path, copy.toString()).succeed();
        command("rm", id).succeed();
        return copy;
    }

    JsonObject inspectImage(String image) {
        return new JsonArray(command("inspect", "--type", "image", image).succeed()).getJsonObject(0);
    }

    @Override
    public void close() {
        if (isPodman()) {
            command("pod", "rm", "--all", "--force", "--time", "0").run();
            command("rm", "--all", "--force", "--time", "0", "--volumes").run();
            command("rmi", "--all", "--force").run();
            command("network", "prune", "--force").run();
        } else {
            for (int i = leftovers.size() - 1; i >= 0; i--) {
                command(leftovers.get(i).split(" ")).run();
            }
        }
        home.close();
    }

    private static String runtime() {
        if (new Command("podman", "--version").succeeds()) {
            return "podman";
        }
        return new Command("docker", "info").within(ANSWER_LIMIT).succeeds() ? "docker" : null;
    }
}
