package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LateFlushTest {

    @Test
    void what_connections_write_in_one_turn_is_sent_at_its_end() {
        List<EmbeddedChannel> connections = answered(31);
        assertEquals(0, sent(connections));
        connections.forEach(EmbeddedChannel::runPendingTasks);
        assertEquals(31, sent(connections));
    }

    @Test
    void the_first_of_many_connections_does_not_wait_for_all() {
        List<EmbeddedChannel> connections = answered(33);
        assertEquals(32, sent(connections));
        connections.forEach(EmbeddedChannel::runPendingTasks);
        assertEquals(33, sent(connections));
    }

    @Test
    void one_that_writes_again_in_the_same_turn_loses_nothing() {
        EmbeddedChannel connection = answered(1).get(0);
        connection.pipeline().write("more");
        connection.pipeline().flush();
        connection.runPendingTasks();
        assertEquals(List.of("answer", "more"), List.copyOf(connection.outboundMessages()));
        connection.pipeline().write("later");
        connection.pipeline().flush();
        connection.runPendingTasks();
        assertEquals("later", List.copyOf(connection.outboundMessages()).get(2));
    }

    /** So many connections, of this thread as their event loop, each with an answer. */
    private static List<EmbeddedChannel> answered(int count) {
        return Stream.generate(() -> {
            LateFlush late = new LateFlush();
            late.join();
            EmbeddedChannel connection = new EmbeddedChannel(late);
            connection.pipeline().write("answer");
            connection.pipeline().flush();
            return connection;
        }).limit(count).toList();
    }

    private static long sent(List<EmbeddedChannel> connections) {
        return connections.stream().filter(connection -> !connection.outboundMessages().isEmpty()).count();
    }
}
