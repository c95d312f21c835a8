package org.bakedpage;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A headless Chromium with a new profile, and so an empty cache. */
final class Chromium implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final Folder profile = new Folder("chromium");
    private final HttpClient client = HttpClient.newHttpClient();
    private final Program program;
    private final String port;

    /** @param options beside those that let it start alone and ask nobody else for anything */
    Chromium(String... options) {
        // Root has no sandbox; what it opens are pages of this machine.
        List<String> words = new ArrayList<>(List.of("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0",
                "--user-data-dir=" + profile.path()));
        words.addAll(List.of(options));
        words.add("about:blank");
        program = new Command(words).start();
        Path file = profile.path().resolve("DevToolsActivePort");
        port = Poll.until("chromium tells its port", START_LIMIT, () -> firstOfTwoLines(file));
    }

    /** A tab of its own, at about:blank. */
    Tab open() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                .timeout(START_LIMIT).PUT(BodyPublishers.noBody()).build();
        JsonObject target = new JsonObject(client.send(request, BodyHandlers.ofString()).body());
        return new Tab(client, URI.create(target.getString("webSocketDebuggerUrl")));
    }

    /** It writes to its profile to the end. */
    @Override
    public void close() {
        List<ProcessHandle> children = program.process().descendants().toList();
        program.close();
        Poll.holds(END_LIMIT, () -> !program.process().isAlive() && children.stream().noneMatch(ProcessHandle::isAlive));
        profile.close();
    }

    private static String firstOfTwoLines(Path file) {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return lines.size() < 2 ? null : lines.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
