package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountsTest {

    private final Counts counts = new Counts();

    @ParameterizedTest
    @CsvSource({ "0, 0", "99, 0", "100, 1", "199, 1", "200, 2", "204, 2", "304, 3", "399, 3", "400, 4", "499, 4", "500, 5",
            "599, 5", "600, 5", "999, 5", "2147483647, 5" })
    void an_answer_is_of_the_class_of_its_status(int status, int statusClass) {
        for (Counts.By by : Counts.By.values()) {
            counts.answered(by, status, 0);
            for (int other = 0; other < Counts.STATUS_CLASSES; other++) {
                assertEquals(other == statusClass ? 1 : 0, counts.answers(by, other), by + ", class " + other);
            }
            assertEquals(1, counts.answers(by));
        }
    }

    /** Each in its own place: nothing of one is in another. */
    @Test
    void all_are_counted_apart() {
        int times = 1;
        for (Counts.By by : Counts.By.values()) {
            for (int statusClass = 0; statusClass < Counts.STATUS_CLASSES; statusClass++) {
                answer(by, statusClass, times++);
            }
        }
        for (Counts.Closed reason : Counts.Closed.values()) {
            close(reason, times++);
        }
        for (int i = 0; i < times; i++) {
            counts.accepted();
        }
        int expected = 1;
        for (Counts.By by : Counts.By.values()) {
            for (int statusClass = 0; statusClass < Counts.STATUS_CLASSES; statusClass++) {
                assertEquals(expected++, counts.answers(by, statusClass));
            }
        }
        for (Counts.Closed reason : Counts.Closed.values()) {
            assertEquals(expected++, counts.closings(reason), reason::name);
        }
        assertEquals(expected, counts.connections());
        assertEquals(1 + 2 + 3 + 4 + 5 + 6, counts.answers(Counts.By.FAST_PATH));
        assertEquals(7 + 8 + 9 + 10 + 11 + 12, counts.answers(Counts.By.ROUTER));
        assertEquals(0, counts.bytes());
    }

    private void answer(Counts.By by, int statusClass, int times) {
        for (int i = 0; i < times; i++) {
            counts.answered(by, 100 * statusClass, 0);
        }
    }

    private void close(Counts.Closed reason, int times) {
        for (int i = 0; i < times; i++) {
            counts.closed(reason);
        }
    }

    @Test
    void bytes_add_up_beyond_the_range_of_an_int() {
        counts.answered(Counts.By.FAST_PATH, 200, Integer.MAX_VALUE);
        counts.answered(Counts.By.ROUTER, 404, 1L << 40);
        counts.answered(Counts.By.ROUTER, 304, 0);
        assertEquals((1L << 40) + Integer.MAX_VALUE, counts.bytes());
    }

    @Test
    void a_sum_is_of_all_loops_and_changes_none() {
        Counts other = new Counts();
        counts.answered(Counts.By.ROUTER, 200, 10);
        other.answered(Counts.By.ROUTER, 200, 5);
        other.answered(Counts.By.FAST_PATH, 500, 1);
        counts.closed(Counts.Closed.UNREAD_ANSWER);
        other.closed(Counts.Closed.UNREAD_ANSWER);
        other.closed(Counts.Closed.MEMORY);
        other.accepted();
        Counts sum = Counts.sum(List.of(counts, other, new Counts()));
        assertEquals(2, sum.answers(Counts.By.ROUTER, 2));
        assertEquals(1, sum.answers(Counts.By.FAST_PATH, 5));
        assertEquals(16, sum.bytes());
        assertEquals(2, sum.closings(Counts.Closed.UNREAD_ANSWER));
        assertEquals(1, sum.closings(Counts.Closed.MEMORY));
        assertEquals(1, sum.connections());
        sum.accepted();
        assertEquals(0, counts.connections());
        assertEquals(10, counts.bytes());
        assertEquals(1, other.connections());
    }

    @Test
    void a_sum_of_none_is_nothing() {
        Counts sum = Counts.sum(List.of());
        assertEquals(0, sum.answers(Counts.By.FAST_PATH) + sum.answers(Counts.By.ROUTER) + sum.bytes() + sum.connections());
        for (Counts.Closed reason : Counts.Closed.values()) {
            assertEquals(0, sum.closings(reason));
        }
    }
}
