package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Prometheus's text format, version 0.0.4, byte for byte: of each metric a HELP, a TYPE and its values, none of them twice.
 * Nothing in a label or a HELP needs an escape.
 */
class MetricsTest {

    /** The heap is this JVM's. */
    @Test
    void all_counts_are_told_in_the_text_format() {
        Counts counts = new Counts();
        counts.answered(Counts.By.FAST_PATH, 204, 0);
        counts.answered(Counts.By.FAST_PATH, 304, 0);
        counts.answered(Counts.By.ROUTER, 999, 1L << 40);
        counts.answered(Counts.By.ROUTER, 100, 0);
        counts.accepted();
        counts.closed(Counts.Closed.UNREAD_ANSWER);
        counts.closed(Counts.Closed.UNREAD_ANSWER);
        Budget budget = new Budget(1_000, 1L << 41, 0);
        budget.openConnection();
        budget.charge(Integer.MAX_VALUE, 0);
        budget.charge(Integer.MAX_VALUE, 7);
        assertEquals("""
                # HELP web_server_requests_total Answered requests, by status class and by who answered
                # TYPE web_server_requests_total counter
                web_server_requests_total{by="fast_path",status="1xx"} 0
                web_server_requests_total{by="fast_path",status="2xx"} 1
                web_server_requests_total{by="fast_path",status="3xx"} 1
                web_server_requests_total{by="fast_path",status="4xx"} 0
                web_server_requests_total{by="fast_path",status="5xx"} 0
                web_server_requests_total{by="router",status="1xx"} 1
                web_server_requests_total{by="router",status="2xx"} 0
                web_server_requests_total{by="router",status="3xx"} 0
                web_server_requests_total{by="router",status="4xx"} 0
                web_server_requests_total{by="router",status="5xx"} 1
                # HELP web_server_response_content_bytes_total Bytes of content in answers
                # TYPE web_server_response_content_bytes_total counter
                web_server_response_content_bytes_total 1099511627776
                # HELP web_server_connections_total Accepted connections
                # TYPE web_server_connections_total counter
                web_server_connections_total 1
                # HELP web_server_connections Open connections
                # TYPE web_server_connections gauge
                web_server_connections 1
                # HELP web_server_connections_closed_total Connections closed by the server, by reason
                # TYPE web_server_connections_closed_total counter
                web_server_connections_closed_total{reason="memory"} 0
                web_server_connections_closed_total{reason="connections"} 0
                web_server_connections_closed_total{reason="descriptors"} 0
                web_server_connections_closed_total{reason="idle"} 0
                web_server_connections_closed_total{reason="head"} 0
                web_server_connections_closed_total{reason="content"} 0
                web_server_connections_closed_total{reason="unread_answer"} 2
                # HELP web_server_budget_used_bytes What clients make the server hold, in its heap and in the kernel
                # TYPE web_server_budget_used_bytes gauge
                web_server_budget_used_bytes{of="heap"} 4294967294
                web_server_budget_used_bytes{of="kernel"} 7
                # HELP web_server_budget_limit_bytes Budget beyond which connections are closed: of the heap, and of heap and kernel together
                # TYPE web_server_budget_limit_bytes gauge
                web_server_budget_limit_bytes{of="heap"} 420
                web_server_budget_limit_bytes{of="memory"} 1099511627776
                # HELP web_server_log_lines_dropped_total Log lines dropped because nobody read the output in time
                # TYPE web_server_log_lines_dropped_total counter
                web_server_log_lines_dropped_total %d
                # HELP jvm_memory_used_bytes The heap, garbage included
                # TYPE jvm_memory_used_bytes gauge
                jvm_memory_used_bytes{area="heap"} USED
                # HELP jvm_memory_max_bytes The greatest that the heap may be
                # TYPE jvm_memory_max_bytes gauge
                jvm_memory_max_bytes{area="heap"} %d
                # HELP process_start_time_seconds Start of the process, since 1970
                # TYPE process_start_time_seconds gauge
                process_start_time_seconds 1795993630.1
                """.formatted(Console.dropped(), Runtime.getRuntime().maxMemory()),
                Metrics.of(counts, budget, 1_795_993_630_199L)
                        .replaceFirst("(?<=\njvm_memory_used_bytes.area=\"heap\". )[1-9][0-9]*(?=\n)", "USED"));
    }

    @ParameterizedTest
    @CsvSource({ "0, 0.0", "99, 0.0", "100, 0.1", "999, 0.9", "1000, 1.0", "4102444800000, 4102444800.0" })
    void the_start_has_a_tenth_of_a_second(long millis, String seconds) {
        String metrics = Metrics.of(new Counts(), new Budget(0, 0, 0), millis);
        assertTrue(metrics.endsWith("\nprocess_start_time_seconds " + seconds + "\n"), metrics);
    }

    @Test
    void limits_that_are_none_are_numbers_too() {
        List<String> lines = Metrics.of(new Counts(), new Budget(0, Long.MAX_VALUE, 0), 0).lines().toList();
        assertTrue(lines.contains("web_server_budget_limit_bytes{of=\"heap\"} 0"));
        assertTrue(lines.contains("web_server_budget_limit_bytes{of=\"memory\"} " + (1L << 62)), lines::toString);
    }
}
