package org.bakedpage;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Asks again and again until there is an answer, or until a limit is reached. */
final class Poll {

    private static final Duration INTERVAL = Duration.ofMillis(20);

    private Poll() {
    }

    /** The first answer that is not null. */
    static <T> T until(String wanted, Duration limit, Supplier<T> question) {
        long end = System.nanoTime() + limit.toNanos();
        do {
            T answer = question.get();
            if (answer != null) {
                return answer;
            }
            pause(INTERVAL);
        } while (System.nanoTime() < end);
        throw new AssertionError(wanted + ": not within " + limit);
    }

    /** Whether it becomes true in time. */
    static boolean holds(Duration limit, BooleanSupplier question) {
        long end = System.nanoTime() + limit.toNanos();
        boolean answer = question.getAsBoolean();
        while (!answer && System.nanoTime() < end) {
            pause(INTERVAL);
            answer = question.getAsBoolean();
        }
        return answer;
    }

    /** For what has no end to ask for: that something does not happen, or happens late. */
    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
