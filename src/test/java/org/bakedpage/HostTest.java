package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.NetUtil;
import io.vertx.core.net.HostAndPort;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

    /** Addresses are for Netty to judge. */
    private static final Pattern BEFORE =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*+)(?::[0-9]*)?");
    private static final Pattern LARGE_PORT = Pattern.compile(
            ".*:0*([1-9][0-9]{5,}|[7-9][0-9]{4}|6[6-9][0-9]{3}|65[6-9][0-9]{2}|655[4-9][0-9]|6553[6-9])");

    @ParameterizedTest
    @ValueSource(strings = { "", ":", ":80", "x", "X.example", "x:", "x:0", "x:65535", "x:00080", "x:000000000000000000000065535",
            "127.0.0.1:8080", "[::1]", "[::1]:", "[::1]:65535", "[::ffff:1.2.3.4]", "[::]", "[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7::]", "[::2:3:4:5:6:7:8]", "[1:2:3:4:5:6:1.2.3.255]", "[fe80::ABCD]",
            "a_b", "a%41b", "%e2%82%ac", "a!$&'()*+,;=~-._" })
    void a_host_is_valid(String host) {
        assertTrue(Host.isValid(host));
    }

    @ParameterizedTest
    @ValueSource(strings = { "x:65536", "x:99999", "x:100000", "x:4294967376", "x:18446744073709551696", "[::1]:65536", ":65536", "x:-1",
            "x:+1", "x:8a", "x:80:80", "x: 80", "a b", "a/b", "a@b", "a?b", "a#b", "a\\b", "a\"b", "a%", "a%4", "a%4g", "[::1", "[]",
            "[::1]x", "[::g]", "[.]", "[dead]", "[1.2.3.4]", "[:::::]", "[:1]", "[1:]", "[1::2::3]", "[12345::]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]",
            "[1:2:3:4::5:6:7:8]", "[::1.2.3]", "[::1.2.3.256]", "[::1.2.3.04]", "[::1.2.3.4.5]", "[::1.2.3.4:5]", "[1.2.3.4::]", "::1", "[[::1]]", "x[::1]", "a\u00e9", "a\u0660", "a\0" })
    void all_else_is_not(String host) {
        assertFalse(Host.isValid(host));
    }

    @Test
    void only_large_ports_are_invalid_that_were_valid_and_the_router_can_read_what_is_valid() {
        NastyInput.random(300_000, "a", "Z", "0", "9", "65535", "65536", ":", ":", "[", "]", "[::1]", "%", "%4", "%41", ".", "_",
                "::", "1.2.3.4", "/", "@", " ", "\t", "\u00e9", "g", ",", "~").forEach(host -> {
            boolean before = BEFORE.matcher(host).matches() && !LARGE_PORT.matcher(host).matches()
                    && (!host.startsWith("[") || NetUtil.isValidIpV6Address(host.substring(1, host.indexOf(']'))));
            assertEquals(before, Host.isValid(host), host);
            assertTrue(!before || HostAndPort.parseAuthority(host, -1) != null, host);
        });
    }

    @Test
    void time_is_linear() {
        NastyInput.assertLinear("", Host::isValid);
        NastyInput.assertLinear("[", Host::isValid);
        NastyInput.assertLinear("x:", Host::isValid);
    }
}
