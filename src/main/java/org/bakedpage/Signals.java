package org.bakedpage;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGTERM and SIGINT end the process: at once as long as nothing is served, then once the connections are drained. A second
 * one changes nothing, for the drain has a limit. SIGHUP, SIGUSR1 and SIGUSR2 are ignored. What comes before
 * {@link #handle} is the toolchain's, see chelper_early_start.c.
 */
final class Signals {

    /** Between the listener's options and the end of the start; natively it takes a few milliseconds. */
    private static final Duration START_LIMIT = Duration.ofSeconds(1);

    private static final AtomicBoolean STOPPING = new AtomicBoolean();

    private static volatile Duration drainTimeout;
    private static volatile Duration drainDelay;

    private Signals() {
    }

    /** @param exitCode of a process that is stopped before it serves */
    static void handle(int exitCode) {
        for (String name : new String[] { "TERM", "INT" }) {
            Signal.handle(new Signal(name), signal -> stop(exitCode));
        }
        for (String name : new String[] { "HUP", "USR1", "USR2" }) {
            try {
                Signal.handle(new Signal(name), SignalHandler.SIG_IGN);
            } catch (IllegalArgumentException e) {
                // A JVM has it for itself.
            }
        }
    }

    /**
     * From now on there may be connections to drain.
     *
     * @param delay until then, in which all is served, for who sends requests to learn that this process ends
     */
    static void drain(Duration timeout, Duration delay) {
        drainDelay = delay;
        drainTimeout = timeout;
    }

    /** Whether the process was told to end. */
    static boolean isStopping() {
        return STOPPING.get();
    }

    private static void stop(int exitCode) {
        if (!STOPPING.compareAndSet(false, true)) {
            return;
        }
        try {
            if (drainTimeout == null || !isStarted()) {
                // Quarkus can be stopped only once it has started.
                Console.drain();
                Runtime.getRuntime().halt(exitCode);
            }
            Thread.sleep(drainDelay.toMillis());
            Connections.stop(drainTimeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Whatever has failed: no further signal does anything.
            Quarkus.asyncExit(Main.STOPPED);
        }
    }

    private static boolean isStarted() throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        Application application = ApplicationLifecycleManager.getCurrentApplication();
        while (!application.isStarted() && System.nanoTime() < end) {
            Thread.sleep(1);
        }
        return application.isStarted();
    }
}
