package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The most that a server holds while it is watched. */
final class Watch implements AutoCloseable {

    private static final int INTERVAL_MILLIS = 200;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> looks;
    private volatile int connections;
    private volatile long privateKib;
    private volatile long countedKib;

    Watch(Pod pod) {
        looks = clock.scheduleWithFixedDelay(() -> {
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

    /** Throws what a look has failed of, which is the last then. */
    @Override
    public void close() throws InterruptedException, ExecutionException {
        clock.shutdown();
        assertTrue(clock.awaitTermination(10, TimeUnit.SECONDS), "a look does not end");
        if (!looks.isCancelled()) {
            looks.get();
        }
        assertTrue(countedKib > 0, "it has seen nothing");
    }
}
