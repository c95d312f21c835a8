package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is said of a warning that comes often. */
class RateLimitedLogTest {

    private static final long START = 5;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void a_message_is_one_line_in_ten_seconds_with_the_number_of_those_left_out() {
        RateLimitedLog log = new RateLimitedLog(START);
        assertEquals("full", log.line("full", START));
        assertNull(log.line("full", START + 1));
        assertNull(log.line("full", START + 10 * SECOND - 1));
        assertEquals("full (2 more since the last such line)", log.line("full", START + 10 * SECOND));
        assertNull(log.line("full", START + 11 * SECOND));
        assertEquals("full (1 more since the last such line)", log.line("full", START + 30 * SECOND));
        assertEquals("full", log.line("full", START + 40 * SECOND));
    }
}
