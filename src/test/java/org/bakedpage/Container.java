package org.bakedpage;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One container: it was started, it may still run. */
final class Container {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    private final Containers containers;
    private final String id;

    Container(Containers containers, String id) {
        this.containers = containers;
        this.id = id;
    }

    /** Where a port of the container is published on this machine. */
    URI address(int port) {
        String published = containers.command("port", id, port + "/tcp").succeed();
        return URI.create("http://" + published.lines().findFirst().orElseThrow() + "/");
    }

    /** The content of its first page, once it serves. */
    byte[] firstPage(int port) {
        return new Browser().read(address(port), START_LIMIT);
    }

    /** Runs the health command beside the server, with options such as {@code --env}. */
    Command.Result health(String... options) {
        List<String> words = new ArrayList<>(List.of("exec"));
        words.addAll(List.of(options));
        words.addAll(List.of(id, "/web-server", "health"));
        return containers.command(words.toArray(String[]::new)).run();
    }

    JsonObject inspect() {
        return new JsonArray(containers.command("inspect", id).succeed()).getJsonObject(0);
    }

    JsonObject state() {
        return inspect().getJsonObject("State");
    }

    /** What it printed, the error output apart. */
    Command.Result logs() {
        return containers.command("logs", id).run();
    }

    /** What differs from the image in its file system. */
    String changes() {
        return containers.command("diff", id).succeed();
    }

    void signal(String name) {
        containers.command("kill", "--signal", name, id).succeed();
    }

    /** What the runtime says when it stops it: the signal TERM, and KILL when that was of no use. */
    Command.Result stop() {
        return containers.command("stop", "--time", "10", id).run();
    }

    /** The exit code, once it has ended. */
    int exitCode() {
        return Integer.parseInt(containers.command("wait", id).within(END_LIMIT).succeed());
    }

    /** Ends it at once; nothing of it stays. */
    void remove() {
        containers.command("rm", "--force", "--time", "0", "--volumes", id).succeed();
    }
}
