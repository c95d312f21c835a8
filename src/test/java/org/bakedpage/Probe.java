package org.bakedpage;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Visitors beside an attack, at a steady rate: each comes on a connection of its own, or all come one after the other on one that
 * is kept and opened anew once if it was closed. A latency counts from the moment when the visit was due.
 */
final class Probe implements AutoCloseable {

    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final int port;
    private final boolean keep;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService visitors;
    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> failures = Collections.synchronizedMap(new TreeMap<>());
    private Wire kept;

    private Probe(int port, boolean keep) {
        this.port = port;
        this.keep = keep;
        visitors = keep ? Executors.newSingleThreadExecutor() : Executors.newCachedThreadPool();
        clock.scheduleAtFixedRate(() -> {
            long due = System.nanoTime();
            visitors.execute(() -> visit(due));
        }, 0, INTERVAL.toNanos(), NANOSECONDS);
    }

    static Probe ofNewcomers(int port) {
        return new Probe(port, false);
    }

    static Probe ofOneConnection(int port) {
        return new Probe(port, true);
    }

    /** Visits for so long. */
    void during(Duration time) throws IOException, InterruptedException {
        try (this) {
            Poll.pause(time);
        }
    }

    long millisOfQuantile(double quantile) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return NANOSECONDS.toMillis(sorted.get((int) Math.ceil(quantile * sorted.size()) - 1));
    }

    double shareOfFailures() {
        return failures.values().stream().mapToInt(n -> n).sum() / (double) nanos.size();
    }

    @Override
    public String toString() {
        return "%d visits, p50 %d, p99 %d, max %d ms, failures %s".formatted(nanos.size(), millisOfQuantile(0.5),
                millisOfQuantile(0.99), millisOfQuantile(1), failures);
    }

    /** Waits for visits that are under way. */
    @Override
    public void close() throws IOException, InterruptedException {
        clock.shutdownNow();
        clock.awaitTermination(LIMIT.toMillis(), MILLISECONDS);
        visitors.shutdown();
        visitors.awaitTermination(LIMIT.toMillis() * 3, MILLISECONDS);
        if (kept != null) {
            kept.close();
        }
    }

    private void visit(long due) {
        try {
            String answer = keep ? receiveOnKept() : receiveOnNew();
            if (!answer.startsWith("HTTP/1.1 200 OK\r\n")) {
                fail(answer.lines().findFirst().orElse("nothing"));
            }
        } catch (IOException e) {
            fail(e.getClass().getSimpleName() + " " + e.getMessage());
        }
        nanos.add(System.nanoTime() - due);
    }

    private void fail(String reason) {
        failures.merge(reason, 1, Integer::sum);
    }

    private String receiveOnNew() throws IOException {
        try (Wire wire = new Wire(port, 0, LIMIT)) {
            return wire.send(GET).receive();
        }
    }

    private String receiveOnKept() throws IOException {
        if (kept != null) {
            try {
                return kept.send(GET).receive();
            } catch (IOException e) {
                kept.close();
            }
        }
        kept = new Wire(port, 0, LIMIT);
        return kept.send(GET).receive();
    }
}
