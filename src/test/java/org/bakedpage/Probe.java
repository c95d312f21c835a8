package org.bakedpage;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Visitors beside an attack, 100 a second: each on a connection of its own, or all of them one after the other on one that is
 * kept, and opened anew once if it was closed.
 */
final class Probe implements AutoCloseable {

    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final double MAX_SHARE_OF_FAILURES = 0.01;
    /** Of the visits that are due: a machine whose processors are all taken comes to fewer. */
    private static final double MIN_SHARE_OF_VISITS = 0.25;

    private final int port;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService visitors = Executors.newCachedThreadPool();
    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> failures = Collections.synchronizedMap(new TreeMap<>());
    private final AtomicInteger underWay = new AtomicInteger();
    private final long start = System.nanoTime();
    private long end;
    private Wire kept;

    private Probe(int port) {
        this.port = port;
    }

    static Probe ofNewcomers(int port) {
        Probe probe = new Probe(port);
        probe.clock.scheduleAtFixedRate(() -> probe.visitors.execute(() -> probe.nanos.add(probe.visit(probe::receiveOnNew))),
                0, INTERVAL.toMillis(), MILLISECONDS);
        return probe;
    }

    /** Where one visit takes longer than from one to the next, those that it put off are counted with what they waited for it. */
    static Probe ofOneConnection(int port) {
        Probe probe = new Probe(port);
        probe.clock.scheduleWithFixedDelay(() -> {
            for (long taken = probe.visit(probe::receiveOnKept); taken > 0; taken -= INTERVAL.toNanos()) {
                probe.nanos.add(taken);
            }
        }, 0, INTERVAL.toMillis(), MILLISECONDS);
        return probe;
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

    /** Once it is closed: nearly all within this time, and nearly none in vain. */
    void assertServed(long maxMillis) {
        long due = (end - start) / INTERVAL.toNanos();
        assertTrue(due > 0 && nanos.size() >= due * MIN_SHARE_OF_VISITS,
                () -> nanos.size() + " of " + due + " visits, failures " + failures);
        assertTrue(millisOfQuantile(0.99) <= maxMillis, this::toString);
        assertTrue(failures.values().stream().mapToInt(n -> n).sum() / (double) nanos.size() <= MAX_SHARE_OF_FAILURES, this::toString);
    }

    @Override
    public String toString() {
        return "%d visits, p50 %d, p99 %d, max %d ms, failures %s".formatted(nanos.size(), millisOfQuantile(0.5),
                millisOfQuantile(0.99), millisOfQuantile(1), failures);
    }

    /** Waits for visits that are under way. */
    @Override
    public void close() throws IOException, InterruptedException {
        end = System.nanoTime();
        clock.shutdown();
        clock.awaitTermination(2 * LIMIT.toMillis(), MILLISECONDS);
        visitors.shutdown();
        visitors.awaitTermination(2 * LIMIT.toMillis(), MILLISECONDS);
        if (underWay.get() > 0) {
            failures.put("not ended", underWay.get());
        }
        if (kept != null) {
            kept.close();
        }
    }

    /** In nanoseconds, what it took. */
    private long visit(Exchange exchange) {
        underWay.incrementAndGet();
        long begin = System.nanoTime();
        try {
            String answer = exchange.receive();
            if (!answer.startsWith("HTTP/1.1 200 OK\r\n")) {
                fail(answer.lines().findFirst().orElse("nothing"));
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            // Any other than an IOException would end the visits unseen.
            fail(e.toString());
        } finally {
            underWay.decrementAndGet();
        }
        return System.nanoTime() - begin;
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

    @FunctionalInterface
    private interface Exchange {
        String receive() throws IOException;
    }
}
