package org.bakedpage;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Asks again and again until there is an answer, or until a limit is reached. */
final class Poll {

    private static final long INTERVAL_MILLIS = 20;

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
            pause();
        } while (System.nanoTime() < end);
        throw new AssertionError(wanted + ": not within " + limit);
    }

    /** Whether it becomes true in time. */
    static boolean holds(Duration limit, BooleanSupplier question) {
        long end = System.nanoTime() + limit.toNanos();
        boolean answer = question.getAsBoolean();
        while (!answer && System.nanoTime() < end) {
            pause();
            answer = question.getAsBoolean();
        }
        return answer;
    }

    private static void pause() {
        try {
            Thread.sleep(INTERVAL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
