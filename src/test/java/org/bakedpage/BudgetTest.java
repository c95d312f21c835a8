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

    @ParameterizedTest
    @CsvSource({ "100, 100, false", "100, 101, true", "0, 0, false", "0, 1, true", "8589934592, 2147483647, false" })
    void it_is_exceeded_past_its_limit(long limit, int charged, boolean exceeded) {
        Budget budget = new Budget(limit, 1);
        budget.charge(charged);
        assertEquals(exceeded, budget.isExceeded());
        budget.charge(-charged);
        assertFalse(budget.isExceeded());
    }

    @Test
    void charges_add_up_beyond_the_range_of_an_int() {
        Budget budget = new Budget(3L * Integer.MAX_VALUE, 1);
        for (int i = 0; i < 3; i++) {
            budget.charge(Integer.MAX_VALUE);
        }
        assertFalse(budget.isExceeded());
        budget.charge(1);
        assertTrue(budget.isExceeded());
    }

    @Test
    void heap_counts_twice() {
        assertEquals(2_000, Budget.heap(1_000));
    }

    @Test
    void there_are_as_many_connections_as_allowed() {
        Budget budget = new Budget(0, 2);
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
        Budget budget = new Budget(0, 0);
        for (int i = 0; i < 10_000; i++) {
            assertTrue(budget.openConnection());
        }
        assertFalse(budget.isFull());
    }

    @Test
    void event_loops_that_open_at_once_do_not_exceed_the_number() throws Exception {
        Budget budget = new Budget(0, 3);
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
