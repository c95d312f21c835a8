package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {

    /** Of a heap of 100 are 42, of a memory of 1,000 are 500. */
    @ParameterizedTest
    @CsvSource({ "42, 0, false", "43, 0, true", "0, 500, false", "0, 501, true", "42, 458, false", "42, 459, true", "0, 0, false" })
    void it_is_exceeded_past_either_limit(int heap, int kernel, boolean exceeded) {
        Budget budget = new Budget(100, 1_000, 1);
        budget.charge(heap, kernel);
        assertEquals(exceeded, budget.isExceeded());
        budget.charge(-heap, 0);
        assertEquals(exceeded, budget.isExceededBy(heap), "before it is held");
        budget.charge(heap, 0);
        budget.charge(-heap, -kernel);
        assertFalse(budget.isExceeded());
    }

    @Test
    void charges_add_up_beyond_the_range_of_an_int() {
        Budget budget = new Budget(Long.MAX_VALUE, 4L * Integer.MAX_VALUE, 1);
        for (int i = 0; i < 2; i++) {
            budget.charge(0, Integer.MAX_VALUE);
        }
        assertFalse(budget.isExceeded());
        budget.charge(0, Integer.MAX_VALUE);
        assertTrue(budget.isExceeded());
    }

    /** Memory.limit() where nothing is known of the machine; a container of nothing has no room. */
    @Test
    void a_limit_may_be_any_number() {
        Budget most = new Budget(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
        most.charge(Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertFalse(most.isExceededBy(Integer.MAX_VALUE));
        assertFalse(most.isFull());
        Budget least = new Budget(0, 0, 1);
        assertFalse(least.isExceeded());
        assertTrue(least.isExceededBy(1));
        least.charge(0, 1);
        assertTrue(least.isExceeded());
    }

    @Test
    void what_is_charged_is_told_as_it_is() {
        Budget budget = new Budget(1_000, 1_001, 0);
        assertEquals(420, budget.heapLimit());
        assertEquals(500, budget.memoryLimit());
        budget.charge(3, 5);
        budget.charge(0, 0);
        budget.charge(-1, -2);
        assertEquals(2, budget.heap());
        assertEquals(3, budget.kernel());
    }

    /** A mebibyte at least, and to half of its greatest at least, since it was last so. */
    @ParameterizedTest
    @CsvSource({ "0, 0, false", "1048575, 1048575, false", "1048576, 1048576, true", "2097152, 1048575, false",
            "2097152, 1048576, true", "2147483647, 1073741823, false", "2147483647, 1073741824, true" })
    void it_has_shrunk_by_much(int charged, int given, boolean shrunk) {
        Budget budget = new Budget(Long.MAX_VALUE, Long.MAX_VALUE, 0);
        budget.charge(charged, 0);
        budget.charge(-given, 0);
        assertEquals(shrunk, budget.hasShrunk());
        assertFalse(budget.hasShrunk());
    }

    @Test
    void it_has_shrunk_once_when_a_crowd_has_gone() {
        Budget budget = new Budget(Long.MAX_VALUE, Long.MAX_VALUE, 1);
        budget.charge(20 << 20, 0);
        assertFalse(budget.hasShrunk());
        budget.charge(-(9 << 20), 0);
        assertFalse(budget.hasShrunk(), "more than half is left");
        budget.charge(-(10 << 20), 0);
        assertTrue(budget.hasShrunk());
        assertFalse(budget.hasShrunk());
    }

    @Test
    void there_are_as_many_connections_as_allowed() {
        Budget budget = new Budget(0, 0, 2);
        assertTrue(budget.openConnection());
        assertFalse(budget.isFull());
        assertTrue(budget.openConnection());
        assertTrue(budget.isFull());
        assertFalse(budget.openConnection());
        assertEquals(2, budget.connections());
        assertFalse(budget.closeConnection());
        assertTrue(budget.openConnection());
        assertFalse(budget.closeConnection());
        assertTrue(budget.closeConnection());
        assertEquals(0, budget.connections());
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, -1, Integer.MIN_VALUE })
    void no_limit_of_connections_is_any_number(int max) {
        Budget budget = new Budget(0, 0, max);
        for (int i = 0; i < 10_000; i++) {
            assertTrue(budget.openConnection());
        }
        assertFalse(budget.isFull());
    }

    @Test
    void event_loops_that_open_at_once_do_not_exceed_the_number() throws Exception {
        Budget budget = new Budget(0, 0, 3);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger open = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(4);
        for (int thread = 0; thread < 4; thread++) {
            new Thread(() -> {
                for (int i = 0; i < 10_000; i++) {
                    if (budget.openConnection()) {
                        most.accumulateAndGet(open.incrementAndGet(), Math::max);
                        open.decrementAndGet();
                        budget.closeConnection();
                    }
                }
                done.countDown();
            }).start();
        }
        assertTrue(done.await(30, TimeUnit.SECONDS));
        assertTrue(most.get() >= 1 && most.get() <= 3, most + " at once");
        assertEquals(0, budget.connections());
    }
}
