package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Heads near those that are taken, by what CommonRequestComparison asks of each. */
class CommonRequestMutationTest {

    private static final String INSERTED = "\r\n\r\n \t::/?#%\0\177\200\377aZ09,;=\"\\[]@{|";
    private static final List<String> LINES = List.of("Host: x\r\n", "Connection: close\r\n", "Content-Length: 1\r\n", "Transfer-Encoding: chunked\r\n",
            "X: y\r\n", "\r\n", " z\r\n", "Range: bytes=0-1\r\n", "Expect: x\r\n", "Upgrade: y\r\n", "X:\r\n", "If-None-Match: *\r\n");

    private final CommonRequestComparison comparison = new CommonRequestComparison();
    private int taken;
    private int declined;

    @Test
    void heads_near_real_ones_are_taken_exactly_where_the_rules_of_the_codec_take_them() {
        Random random = new Random(9);
        for (int i = 0; i < 150_000; i++) {
            StringBuilder head = new StringBuilder(RealHeads.ALL.get(random.nextInt(RealHeads.ALL.size()))).append("\r\n");
            for (int mutations = random.nextInt(3); mutations >= 0; mutations--) {
                mutate(head, random);
            }
            assertReadAlike(head.toString());
        }
        assertTrue(taken > 30_000 && declined > 30_000, taken + " taken, " + declined + " declined");
    }

    @Test
    void each_byte_of_a_head_may_be_any_other() {
        String head = "GET /a?b HTTP/1.1\r\nHost: x:80\r\nConnection:close\r\nRange: \t a\r\n\r\n";
        for (int at = 0; at < head.length(); at++) {
            for (char c = 0; c < 256; c++) {
                assertReadAlike(head.substring(0, at) + c + head.substring(at + 1));
                assertReadAlike(head.substring(0, at) + c + head.substring(at));
            }
            assertReadAlike(head.substring(0, at) + head.substring(at + 1));
        }
    }

    private static void mutate(StringBuilder head, Random random) {
        int at = random.nextInt(head.length());
        switch (random.nextInt(6)) {
            case 0 -> head.setCharAt(at, (char) random.nextInt(256));
            case 1 -> head.setCharAt(at, INSERTED.charAt(random.nextInt(INSERTED.length())));
            case 2 -> head.insert(at, INSERTED.charAt(random.nextInt(INSERTED.length())));
            case 3 -> head.deleteCharAt(at);
            case 4 -> {
                int line = head.indexOf("\r\n", at);
                head.insert(line < 0 ? head.length() : line + 2, LINES.get(random.nextInt(LINES.size())));
            }
            default -> head.insert(at, "a".repeat(random.nextInt(CommonRequestComparison.MAX_LINE)));
        }
    }

    private void assertReadAlike(String input) {
        int result = comparison.assertReadAlike(input);
        taken += result > 0 ? 1 : 0;
        declined += result == CommonRequest.DECLINED ? 1 : 0;
    }
}
