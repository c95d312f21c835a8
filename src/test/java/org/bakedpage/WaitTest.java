package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Deadlines of connections, and which of them are evicted first. */
class WaitTest {

    private static final long FAR = 1L << 60;
    private static final long NEVER = 0;
    private static final Limits LIMITS = limits(200, 300, 400, 500);
    private static final Limits UNLIMITED = limits(0, 0, 0, 0);
    private static final Limits NEGATIVE = limits(-1, Long.MIN_VALUE, -1, -1);

    private static Limits limits(long head, long body, long answer, long idle) {
        return new Limits(null, 0, head, body, answer, idle, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({ "FIRST_REQUEST, 500, IDLE", "REQUEST, 500, IDLE", "HEAD, 200, HEAD", "CONTENT, 300, CONTENT",
            "READER, 400, UNREAD_ANSWER", "END, 1000, IDLE", "TURN, 0, IDLE", "ANSWER, 0, IDLE" })
    void it_is_too_long_from_its_own_deadline_on(Wait.For what, long limit, Counts.Closed reason) {
        Begun begun = Begun.now(what);
        assertTrue(begun.waiting.isFor(what));
        assertEquals(reason, begun.waiting.reason());
        for (long millis : new long[] { -FAR, -1, 0, 1, 199, 200, 299, 300, 399, 400, 499, 500, 999, 1_000, FAR }) {
            boolean tooLong = begun.waiting.isTooLong(begun.since + millis, LIMITS);
            assertEquals(limit != NEVER && millis >= limit, tooLong, millis + " ms");
        }
    }

    @ParameterizedTest
    @EnumSource
    void without_a_limit_only_an_end_is_too_long(Wait.For what) {
        Begun begun = Begun.now(what);
        assertEquals(what == Wait.For.END, begun.waiting.isTooLong(begun.since + FAR, UNLIMITED));
        assertEquals(what == Wait.For.END, begun.waiting.isTooLong(begun.since + FAR, NEGATIVE));
        assertFalse(begun.waiting.isTooLong(begun.since, UNLIMITED));
    }

    @Test
    void it_begins_with_the_first_request() {
        long before = ConnectionLoop.millis();
        Wait wait = new Wait();
        assertTrue(wait.isFor(Wait.For.FIRST_REQUEST));
        assertTrue(before <= since(wait) && since(wait) <= ConnectionLoop.millis());
    }

    /** Only what a client sends or takes is progress; within a message its time goes on while it waits for a turn. */
    @ParameterizedTest
    @CsvSource({ "FIRST_REQUEST, FIRST_REQUEST, true", "REQUEST, REQUEST, true", "HEAD, HEAD, true", "CONTENT, CONTENT, true",
            "READER, READER, true", "END, END, true", "TURN, TURN, true", "HEAD, TURN, true", "CONTENT, TURN, true",
            "TURN, HEAD, true", "TURN, CONTENT, true", "FIRST_REQUEST, HEAD, false",
            "FIRST_REQUEST, TURN, false", "REQUEST, HEAD, false", "REQUEST, TURN, false", "HEAD, CONTENT, false",
            "CONTENT, HEAD, false", "HEAD, REQUEST, false",
            "TURN, REQUEST, false", "TURN, READER, false", "READER, TURN, false", "ANSWER, READER, false", "READER, END, false",
            "ANSWER, REQUEST, false" })
    void its_time_goes_on_while_it_waits_for_the_same(Wait.For first, Wait.For then, boolean same) {
        Begun begun = Begun.now(first);
        begun.awaitLater();
        begun.waiting.update(then, false, ConnectionLoop.millis() - ConnectionLoop.PERIOD_MILLIS);
        assertEquals(same, since(begun.waiting) == begun.since);
        assertTrue(since(begun.waiting) <= ConnectionLoop.millis());
        assertTrue(begun.waiting.isFor(then));
        begun.waiting.update(then, true, ConnectionLoop.millis() - ConnectionLoop.PERIOD_MILLIS);
        assertTrue(since(begun.waiting) > begun.since, "progress begins it anew");
    }

    @Test
    void a_turn_within_a_head_does_not_give_it_more_time() {
        Begun begun = Begun.now(Wait.For.HEAD);
        begun.awaitLater();
        for (Wait.For what : List.of(Wait.For.TURN, Wait.For.HEAD, Wait.For.TURN, Wait.For.HEAD)) {
            begun.waiting.update(what, false, 0);
        }
        assertFalse(begun.waiting.isTooLong(begun.since + 199, LIMITS));
        assertTrue(begun.waiting.isTooLong(begun.since + 200, LIMITS));
    }

    /** Whose clock is late by a period at most: none is closed too early. */
    @Test
    void a_next_request_is_waited_for_from_a_period_after_the_time_that_its_loop_has_noted() {
        Wait wait = new Wait();
        wait.update(Wait.For.REQUEST, true, 1_000);
        assertEquals(1_000 + ConnectionLoop.PERIOD_MILLIS, since(wait));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REQUEST       | -500       | 1                   | 1
            REQUEST       | 0          | 1                   | 1
            REQUEST       | 1          | 4294967296          | 1
            REQUEST       | 2147483647 | 9223372032559808512 | 2147483647
            REQUEST       | 2147483648 | 9223372032559808512 | 2147483648
            END           | -1         | 1                   | 1
            END           | 0          | 1                   | 1
            END           | 2          | 8589934592          | 2
            FIRST_REQUEST | -1         | 0                   | 0
            FIRST_REQUEST | 99         | 0                   | 0
            FIRST_REQUEST | 100        | 429496729600        | 100
            FIRST_REQUEST | 2147483648 | 9223372032559808512 | 2147483648
            HEAD          | -1         | 0                   | 0
            HEAD          | 0          | 0                   | 0
            HEAD          | 99         | 0                   | 0
            HEAD          | 100        | 100                 | 100
            HEAD          | 2147483648 | 2147483647          | 2147483648
            CONTENT       | 99         | 0                   | 0
            CONTENT       | 100        | 100                 | 100
            TURN          | 99         | 0                   | 0
            TURN          | 100        | 100                 | 100
            READER        | 99         | 0                   | 0
            READER        | 100        | 100                 | 100
            READER        | 4294967296 | 2147483647          | 4294967296
            ANSWER        | -1         | 0                   | 0
            ANSWER        | 100        | 0                   | 0
            ANSWER        | 4294967296 | 0                   | 0
            """)
    void its_idleness_is_its_weight_in_an_eviction(Wait.For what, long millis, long idleness, long stalled) {
        Begun begun = Begun.now(what);
        assertEquals(idleness, begun.waiting.idleness(begun.since + millis));
        assertEquals(stalled, begun.waiting.stalled(begun.since + millis));
    }

    /** Those for whom nobody has waited, the longest first; then who stalls; who has only just been answered; nobody else. */
    @Test
    void whom_nobody_waits_for_goes_before_who_stalls_and_a_newcomer_or_who_is_being_answered_stays() {
        List<String> order = List.of("REQUEST 2147483647", "REQUEST 2000", "END 1000", "FIRST_REQUEST 100", "REQUEST 99", "END 1",
                "HEAD 2147483647", "READER 2000", "CONTENT 101", "TURN 100", "REQUEST 0");
        List<String> stay = List.of("FIRST_REQUEST 99", "HEAD 99", "CONTENT 0", "TURN 99", "READER 99", "ANSWER 2147483647");
        List<String> sorted = Stream.concat(stay.stream(), order.stream()).filter(one -> idleness(one) > 0)
                .sorted(Comparator.comparingLong(WaitTest::idleness).reversed()).toList();
        assertEquals(order, sorted);
        assertEquals(order.size(), order.stream().map(WaitTest::idleness).distinct().count(), "none is as another");
    }

    private static long idleness(String waitAndMillis) {
        Begun begun = Begun.now(Wait.For.valueOf(waitAndMillis.split(" ")[0]));
        return begun.waiting.idleness(begun.since + Long.parseLong(waitAndMillis.split(" ")[1]));
    }

    /** Of all but one that waits for an answer. */
    private static long since(Wait wait) {
        return FAR - wait.stalled(FAR);
    }

    private record Begun(Wait waiting, long since) {

        /** So fast that the clock has not moved meanwhile: it is known since when it waits. */
        static Begun now(Wait.For what) {
            while (true) {
                long now = ConnectionLoop.millis();
                Wait wait = new Wait();
                wait.update(what, true, now - ConnectionLoop.PERIOD_MILLIS);
                if (ConnectionLoop.millis() == now) {
                    return new Begun(wait, now);
                }
            }
        }

        void awaitLater() {
            while (ConnectionLoop.millis() == since) {
                Thread.onSpinWait();
            }
        }
    }
}
