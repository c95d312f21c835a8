package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortTest {

    @ParameterizedTest
    @ValueSource(strings = { "0", "80", "0080", "65535", " 80", "80 " })
    void a_number_from_0_to_65535_is_a_port(String value) {
        assertNull(new Port("PORT", value).error());
    }

    /** Integer.parseInt takes a sign, and the digits of all scripts. */
    @ParameterizedTest
    @ValueSource(strings = { "", " ", "+80", "-1", "65536", "99999999999", "8o", "8 0", "0x50", "1e3", "\u0663", "\uff18\uff10" })
    void nothing_else_is(String value) {
        assertEquals("PORT=" + value + " is not a port: give a number from 0 to 65535", new Port("PORT", value).error());
    }
}
