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

    @Test
    void no_limit_of_connections_is_any_number() {
        Budget budget = new Budget(0, 0, 0);
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
        assertTrue(most.get() <= 3, most + " at once");
        assertEquals(0, budget.connections());
    }
}
