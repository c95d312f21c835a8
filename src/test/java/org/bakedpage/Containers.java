package org.bakedpage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A container runtime for one test class: podman with settings, images and networks of its own, in a temporary folder,
 * so that the machine's are neither needed nor touched; or docker, where podman is absent and its daemon answers.
 */
final class Containers implements AutoCloseable {

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(2);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    /** The project, which is also the context of every build. */
    static final Path PROJECT = Path.of("").toAbsolutePath();

    private final Folder home = new Folder("pod");
    private final List<String> started = new ArrayList<>();
    private final Map<String, String> environment;
    private final String runtime;

    private Containers(String runtime) {
        this.runtime = runtime;
        // Without DISABLE_HC_SYSTEMD podman wants timers from systemd, which a container or a CI machine may not have.
        environment = isPodman() ? Map.of(
                "CONTAINERS_CONF", home.write("containers.conf", PodmanSettings.containers(home.path())).toString(),
                "CONTAINERS_STORAGE_CONF", home.write("storage.conf", PodmanSettings.storage(home.path())).toString(),
                "DISABLE_HC_SYSTEMD", "true") : Map.of();
    }

    /** The runtime of this machine; where there is none, the test is skipped. */
    static Containers open() {
        for (String runtime : List.of("podman", "docker")) {
            Containers containers = new Containers(runtime);
            if (containers.answers()) {
                return containers;
            }
            containers.home.close();
        }
        return Assumptions.abort("SKIPPED: neither podman nor docker answers here, so no image is tested; "
                + "install podman and runc");
    }

    boolean isPodman() {
        return runtime.equals("podman");
    }

    /** A command of the runtime, like {@code inspect} and its arguments. */
    Command command(String... arguments) {
        return command(List.of(arguments));
    }

    private Command command(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(runtime));
        words.addAll(arguments);
        return new Command(words).with(environment);
    }

    /** Builds an image from the project, as the README says. */
    void build(String dockerfile, String tag, String... options) {
        List<String> words = new ArrayList<>(List.of("build", "-q", "-f", dockerfile, "-t", tag));
        if (isPodman()) {
            // The OCI format has no HEALTHCHECK.
            words.addAll(List.of("--format", "docker"));
        }
        words.addAll(List.of(options));
        words.add(".");
        command(words).in(PROJECT).within(BUILD_LIMIT).succeed();
        started.add("rmi --force " + tag);
    }

    /** Starts a container; the last word is the image. */
    Container start(String... words) {
        List<String> run = new ArrayList<>(List.of("run", "--detach"));
        if (isPodman()) {
            // Docker gives every container the right to low ports: github.com/moby/moby/pull/41030
            run.addAll(List.of("--sysctl", "net.ipv4.ip_unprivileged_port_start=0"));
        }
        run.addAll(List.of(words));
        String id = command(run).succeed();
        started.add("rm --force --volumes " + id);
        return new Container(this, id);
    }

    /** As strict as a container can be run: nothing to write to, no right to gain, little memory. */
    Container startStrictly(String... words) {
        List<String> strict = new ArrayList<>(List.of("--read-only", "--cap-drop", "all",
                "--security-opt", "no-new-privileges", "--memory", "64m", "--memory-swap", "64m"));
        if (isPodman()) {
            strict.add("--read-only-tmpfs=false");
        }
        strict.addAll(List.of(words));
        return start(strict.toArray(String[]::new));
    }

    @Override
    public void close() {
        if (isPodman()) {
            command("pod", "rm", "--all", "--force", "--time", "0").run();
            command("rm", "--all", "--force", "--time", "0", "--volumes").run();
            command("rmi", "--all", "--force").run();
            command("network", "prune", "--force").run();
        } else {
            for (int i = started.size() - 1; i >= 0; i--) {
                command(started.get(i).split(" ")).run();
            }
        }
        home.close();
    }

    private boolean answers() {
        try {
            return command("info").within(ANSWER_LIMIT).run().exitCode() == 0;
        } catch (UncheckedIOException e) {
            return false; // not installed
        }
    }
}
