package org.bakedpage;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The most that a server holds while it is watched. */
final class Watch implements AutoCloseable {

    private static final int INTERVAL_MILLIS = 200;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private volatile int connections;
    private volatile long privateKib;
    private volatile long countedKib;

    Watch(Pod pod) {
        clock.scheduleWithFixedDelay(() -> {
            connections = Math.max(connections, pod.connections());
            privateKib = Math.max(privateKib, pod.privateKib());
            countedKib = Math.max(countedKib, pod.countedKib());
        }, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    int connections() {
        return connections;
    }

    /** What its limit of memory counts. */
    long countedKib() {
        return countedKib;
    }

    @Override
    public String toString() {
        return "at most %,d connections, %,d KiB of its own, %,d KiB counted".formatted(connections, privateKib, countedKib);
    }

    @Override
    public void close() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(10, TimeUnit.SECONDS);
    }
}
