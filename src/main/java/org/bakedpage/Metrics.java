package org.bakedpage;

import java.util.Locale;

/** What the server has done and holds, as Prometheus reads it: its text format, version 0.0.4. */
final class Metrics {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    private Metrics() {
    }

    /**
     * @param counts of all event loops together
     * @param startMillis when the process began, since 1970
     */
    static String of(Counts counts, Budget budget, long startMillis) {
        Metrics metrics = new Metrics();
        metrics.head("web_server_requests_total", "counter", "Answered requests, by status class and by who answered");
        for (Counts.By by : Counts.By.values()) {
            for (int statusClass = 1; statusClass < Counts.STATUS_CLASSES; statusClass++) {
                metrics.value("web_server_requests_total{by=\"" + name(by) + "\",status=\"" + statusClass + "xx\"}",
                        counts.answers(by, statusClass));
            }
        }
        metrics.metric("web_server_response_content_bytes_total", "counter", "Bytes of content in answers", counts.bytes());
        metrics.metric("web_server_connections_total", "counter", "Accepted connections", counts.connections());
        metrics.metric("web_server_connections", "gauge", "Open connections", budget.connections());
        metrics.head("web_server_connections_closed_total", "counter", "Connections closed by the server, by reason");
        for (Counts.Closed reason : Counts.Closed.values()) {
            metrics.value("web_server_connections_closed_total{reason=\"" + name(reason) + "\"}", counts.closings(reason));
        }
        metrics.head("web_server_budget_used_bytes", "gauge", "What clients make the server hold, in its heap and in the kernel");
        metrics.value("web_server_budget_used_bytes{of=\"heap\"}", budget.heap());
        metrics.value("web_server_budget_used_bytes{of=\"kernel\"}", budget.kernel());
        metrics.head("web_server_budget_limit_bytes", "gauge", "Budget beyond which connections are closed: of the heap, and of heap and kernel together");
        metrics.value("web_server_budget_limit_bytes{of=\"heap\"}", budget.heapLimit());
        metrics.value("web_server_budget_limit_bytes{of=\"memory\"}", budget.memoryLimit());
        metrics.metric("web_server_log_lines_dropped_total", "counter", "Log lines dropped because nobody read the output in time", Console.dropped());
        Runtime runtime = Runtime.getRuntime();
        metrics.head("jvm_memory_used_bytes", "gauge", "The heap, garbage included");
        metrics.value("jvm_memory_used_bytes{area=\"heap\"}", runtime.totalMemory() - runtime.freeMemory());
        metrics.head("jvm_memory_max_bytes", "gauge", "The greatest that the heap may be");
        metrics.value("jvm_memory_max_bytes{area=\"heap\"}", runtime.maxMemory());
        metrics.head("process_start_time_seconds", "gauge", "Start of the process, since 1970");
        metrics.text.append("process_start_time_seconds ").append(startMillis / 1_000).append('.').append(startMillis / 100 % 10).append('\n');
        return metrics.text.toString();
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void metric(String name, String type, String help, long value) {
        head(name, type, help);
        value(name, value);
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void value(String name, long value) {
        text.append(name).append(' ').append(value).append('\n');
    }
}
