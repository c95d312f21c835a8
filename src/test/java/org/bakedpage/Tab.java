package org.bakedpage;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A tab of Chromium, by the DevTools protocol: https://chromedevtools.github.io/devtools-protocol/tot/ */
final class Tab implements WebSocket.Listener, AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Map<Integer, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();
    private final Visit visit = new Visit();
    private final WebSocket socket;

    Tab(HttpClient client, URI address) {
        socket = client.newWebSocketBuilder().connectTimeout(LIMIT).buildAsync(address, this).join();
        for (String domain : new String[] { "Page", "Network", "Runtime", "Log", "Audits" }) {
            call(domain + ".enable", Map.of());
        }
    }

    /** What has happened since the last call of this. */
    Visit visit() {
        return visit;
    }

    void open(URI address) {
        call("Page.navigate", Map.of("url", address.toString()));
        awaitQuiet();
    }

    /** As a reader does: what is fresh is taken from the cache, the page itself is revalidated. */
    void reload() {
        evaluate("window.isOld = true");
        call("Page.reload", Map.of());
        await("!window.isOld && document.readyState === 'complete'");
        awaitQuiet();
    }

    /** A link by its text. */
    void click(String link) {
        await(element(link));
        evaluate(element(link) + ".click()");
    }

    /** A link by its text, as who has no pointing device follows it. */
    void enter(String link) {
        await(element(link));
        evaluate(element(link) + ".focus()");
        press("Enter");
    }

    private static String element(String link) {
        return "[...document.querySelectorAll('a')].find(a => a.textContent.trim() === '" + link + "')";
    }

    /** @param key Tab or Enter */
    void press(String key) {
        boolean isTab = key.equals("Tab");
        // https://www.w3.org/TR/uievents-key/#keys-whitespace
        call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", isTab ? 9 : 13,
                "text", isTab ? "" : "\r"));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", isTab ? 9 : 13));
    }

    void await(String condition) {
        Poll.until(condition, LIMIT, () -> Boolean.TRUE.equals(evaluate("Boolean(" + condition + ")")) ? true : null);
    }

    /** The page is loaded, and so is all that it has asked for. */
    void awaitQuiet() {
        await("document.readyState === 'complete'");
        if (!Poll.holds(LIMIT, visit::isQuiet)) {
            throw new AssertionError("still waiting for " + visit.open());
        }
    }

    /** @return a string, number or boolean; an object is to be made a string; a promise is awaited */
    Object evaluate(String expression) {
        JsonObject result = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.containsKey("exceptionDetails")) {
            // A page that is being left has no document to ask.
            return null;
        }
        return result.getJsonObject("result").getValue("value");
    }

    /**
     * @param width of the screen, in CSS pixels
     * @param media features of media queries, with their values
     */
    void show(int width, Map<String, String> media) {
        call("Emulation.setEmulatedMedia", Map.of("features",
                media.entrySet().stream().map(feature -> Map.of("name", feature.getKey(), "value", feature.getValue())).toList()));
        call("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
        call("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    }

    /** Of the whole page, as PNG. */
    byte[] screenshot() {
        return Base64.getDecoder().decode(call("Page.captureScreenshot", Map.of("captureBeyondViewport", true)).getString("data"));
    }

    JsonObject call(String method, Map<String, Object> parameters) {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        pending.put(id, answer);
        JsonObject message = new JsonObject().put("id", id).put("method", method).put("params", new JsonObject(parameters));
        socket.sendText(message.encode(), true).join();
        return answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            JsonObject message = new JsonObject(text.toString());
            text.setLength(0);
            if (!message.containsKey("id")) {
                visit.add(message.getString("method"), message.getJsonObject("params"));
            } else if (message.containsKey("error")) {
                pending.remove(message.getInteger("id")).completeExceptionally(new IllegalStateException(message.encode()));
            } else {
                pending.remove(message.getInteger("id")).complete(message.getJsonObject("result"));
            }
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
