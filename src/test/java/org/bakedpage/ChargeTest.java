package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a JVM's socket, which says that nothing is untaken; ConnectionIT and AttackIT have what the kernel says. */
class ChargeTest {

    private static final int KIB = 1 << 10;

    private final Budget budget = new Budget(64L << 20, 64L << 20, 0);
    private SocketChannel socket;
    private Charge charge;

    @BeforeEach
    void open() throws IOException {
        socket = SocketChannel.open();
        charge = new Charge(budget, socket);
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    @ParameterizedTest
    @CsvSource({ "0, false, 4", "15, false, 4", "16, false, 20", "47, false, 36", "96, false, 100", "5000, false, 100", "0, true, 100",
        "5000, true, 100" })
    void what_is_untaken_counts_in_steps_up_to_what_a_socket_holds(int sent, boolean stalled, int kernel) {
        charge.sent(sent * KIB);
        charge.update(KIB, stalled);
        assertEquals(kernel * KIB, budget.kernel());
        assertEquals(KIB, budget.heap());
        assertEquals((kernel + 1) * KIB, charge.total());
        assertEquals(sent >= 16, charge.isMuchUntaken());
        assertEquals(sent > 0, charge.isUntaken());
    }

    @Test
    void an_update_tells_whether_more_is_held() {
        assertTrue(charge.update(KIB, false));
        assertFalse(charge.update(KIB, false));
        assertTrue(charge.update(KIB, true));
        assertTrue(charge.update(2 * KIB, false), "of the heap");
        assertFalse(charge.update(KIB, false));
        assertFalse(charge.hasContent());
        charge.update(KIB + 1, false);
        assertTrue(charge.hasContent());
    }

    @Test
    void what_the_client_has_taken_is_no_longer_charged() {
        charge.sent(40 * KIB);
        charge.update(KIB, false);
        assertFalse(charge.hasTakenMore());
        assertTrue(charge.lower(false));
        assertEquals(4 * KIB, budget.kernel());
        assertTrue(charge.hasTakenMore());
        assertFalse(charge.hasTakenMore(), "since it was asked before");
        assertFalse(charge.lower(false));
        assertFalse(charge.lower(true), "it would be more");
        assertEquals(4 * KIB, budget.kernel());
    }

    @Test
    void at_its_end_it_holds_nothing() {
        charge.sent(40 * KIB);
        charge.update(3 * KIB, true);
        charge.end();
        assertEquals(0, budget.kernel());
        assertEquals(0, budget.heap());
    }
}
