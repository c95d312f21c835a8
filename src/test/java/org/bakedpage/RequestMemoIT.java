package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With and without its memo the executable says the same, whatever it is sent. */
class RequestMemoIT {

    /** The long form is -Dmemo.streams=200000. */
    private static final int STREAMS = Integer.getInteger("memo.streams", 5_000);
    private static final long SEED = Long.getLong("memo.seed", 20261123L);
    private static final int DISTINCT = 1_000_000;
    private static final int PIPELINED = 100;
    private static final long MAX_GROWTH_KIB = 8 << 10;

    private static Server with;
    private static Server without;

    @BeforeAll
    static void start() throws Exception {
        String executable = System.getProperty("native.image.path");
        with = Server.start(executable, Map.of("SITE_MEMO", "true"));
        without = Server.start(executable, Map.of("SITE_MEMO", "false"));
    }

    @AfterAll
    static void stop() throws Exception {
        with.close();
        without.close();
    }

    @Test
    void the_same_bytes_come_back_for_any_stream() throws IOException {
        for (int i = 0; i < STREAMS; i++) {
            Random random = new Random(SEED + i);
            RequestStream stream = RequestStream.random(random);
            String expected = exchange(without, stream, new Random(i));
            String actual = exchange(with, stream, new Random(i));
            int number = i;
            assertEquals(expected, actual, () -> "seed " + SEED + ", stream " + number + ":\n" + stream);
        }
    }

    @Test
    void a_client_that_never_repeats_itself_leaves_no_trace() throws IOException {
        long before = 0;
        try (Wire wire = new Wire(with.port())) {
            for (int i = 0; i < DISTINCT; i += PIPELINED) {
                if (i == DISTINCT / 10) {
                    before = privateKib();
                }
                StringBuilder requests = new StringBuilder();
                for (int j = 0; j < PIPELINED; j++) {
                    requests.append("HEAD /?").append(i + j).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
                }
                wire.send(requests.toString());
                for (int j = 0; j < PIPELINED; j++) {
                    assertTrue(wire.receive(false).startsWith("HTTP/1.1 200 OK\r\n"));
                }
            }
        }
        long growth = privateKib() - before;
        assertTrue(growth <= MAX_GROWTH_KIB, "private memory grew by " + growth + " KiB over 900,000 distinct requests");
    }

    private static String exchange(Server server, RequestStream stream, Random splits) throws IOException {
        try (Wire wire = new Wire(server.port())) {
            try {
                for (String part : stream.split(splits)) {
                    wire.send(part);
                }
            } catch (SocketException e) {
                // closed before the end, as after a malformed request: what it answered until then is compared
            }
            return Wire.withoutDate(wire.receiveAll());
        }
    }

    /** What the process has to itself, not shared with other processes of the same executable. */
    private static long privateKib() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/" + with.process().pid() + "/smaps_rollup")));
        return lines.stream().filter(line -> line.startsWith("Private_"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).sum();
    }
}
