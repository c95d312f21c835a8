package org.bakedpage;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What a tab reports while pages are looked at: requests, and what went wrong. */
final class Visit {

    /** After the last answer a script may still ask for more. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final Map<String, String> urls = new HashMap<>();
    private final Map<String, String> open = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final List<Transfer> transfers = new ArrayList<>();
    private long lastNanos = System.nanoTime();

    /** The URL may be told after the status. */
    private record Transfer(int status, String id) {
    }

    synchronized void clear() {
        faults.clear();
        warnings.clear();
        transfers.clear();
    }

    /** Errors on the console, requests that failed, and what a policy blocked. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** Warnings on the console, and what else the browser advises against. */
    synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** What came over the network, as {@code STATUS URL}: not what came from the cache. */
    synchronized List<String> transfers() {
        return transfers.stream().map(transfer -> transfer.status() + " " + urls.get(transfer.id())).toList();
    }

    synchronized List<String> open() {
        return List.copyOf(open.values());
    }

    synchronized boolean isQuiet() {
        return open.isEmpty() && System.nanoTime() - lastNanos > QUIET_NANOS;
    }

    /** @param event of the domains Network, Runtime, Log and Audits */
    synchronized void add(String event, JsonObject parameters) {
        String id = parameters.getString("requestId");
        switch (event) {
            case "Network.requestWillBeSent" -> request(id, parameters.getJsonObject("request").getString("url"));
            case "Network.responseReceivedExtraInfo" -> transfers.add(new Transfer(parameters.getInteger("statusCode"), id));
            case "Network.responseReceived" -> response(parameters.getJsonObject("response"));
            case "Network.loadingFinished" -> end(id);
            case "Network.loadingFailed" -> failure(id, parameters);
            case "Runtime.consoleAPICalled" -> console(parameters);
            case "Runtime.exceptionThrown" -> exception(parameters.getJsonObject("exceptionDetails"));
            case "Log.entryAdded" -> log(parameters.getJsonObject("entry"));
            case "Audits.issueAdded" -> issue(parameters.getJsonObject("issue"));
            default -> {
            }
        }
    }

    private void request(String id, String url) {
        urls.put(id, url);
        open.put(id, url);
        lastNanos = System.nanoTime();
    }

    private void end(String id) {
        open.remove(id);
        lastNanos = System.nanoTime();
    }

    private void response(JsonObject response) {
        if (response.getInteger("status") >= 400) {
            faults.add(response.getInteger("status") + " " + response.getString("url"));
        }
    }

    /** Whoever leaves a page cancels what it has asked for. */
    private void failure(String id, JsonObject parameters) {
        if (!parameters.getBoolean("canceled", false)) {
            faults.add(parameters.getString("errorText") + " " + parameters.getString("blockedReason", "") + " " + urls.get(id));
        }
        end(id);
    }

    private void exception(JsonObject details) {
        JsonObject thrown = details.getJsonObject("exception", new JsonObject());
        faults.add("exception: " + thrown.getString("description", details.getString("text")).lines().findFirst().orElse(""));
    }

    private void console(JsonObject call) {
        if (call.getString("type").equals("error") || call.getString("type").equals("assert")) {
            faults.add("console: " + call.getJsonArray("args").encode());
        } else if (call.getString("type").equals("warning")) {
            warnings.add("console: " + call.getJsonArray("args").encode());
        }
    }

    private void log(JsonObject entry) {
        String line = "log: " + entry.getString("text") + " " + entry.getString("url", "");
        if (entry.getString("level").equals("error")) {
            faults.add(line);
        } else if (entry.getString("level").equals("warning")) {
            warnings.add(line);
        }
    }

    private void issue(JsonObject issue) {
        boolean isBlocked = issue.getString("code").equals("ContentSecurityPolicyIssue");
        (isBlocked ? faults : warnings).add("issue: " + issue.encode());
    }
}
