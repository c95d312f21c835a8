import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** BENCHMARKS.md: what was measured, on what, by which commands. */
final class Report {

    static final String TEXT = "BENCHMARKS.md";
    static final String RAW = "bench/results/raw.json";
    private static final String CHART = "bench/results/chart.svg";

    /** Above it, a median of a few rounds says little. */
    private static final double SPREAD_LIMIT = 0.2;

    private final Results results;
    private final List<Measure> measures;
    private final StringBuilder text = new StringBuilder();

    private Report(Results results, List<Measure> measures) {
        this.results = results;
        this.measures = measures;
    }

    static void write(Results results, Options options) throws IOException {
        results.write(options.output.resolve(RAW));
        Files.writeString(options.output.resolve(CHART), Chart.of(results));
        Files.writeString(options.output.resolve(TEXT), new Report(results, options.measures).render());
    }

    private String render() {
        opening();
        overview();
        start();
        memory();
        size();
        measures.forEach(this::load);
        contenders();
        notMeasured();
        noise();
        return text.toString();
    }

    private void opening() {
        Results.Run run = results.run;
        paragraph("# Benchmarks");
        paragraph("Written by `bench/run` ([what it does](bench/README.md)) on %s, of commit %s.", run.date(), run.commit());
        paragraph("%s. %s runs beside the server, on the same processors, over the loopback: the figures tell who does more with"
                + " this machine, not what a network would bring. Each is the median of %d round%s, in which the contenders take"
                + " turns; a load lasts %d s. The spread is the distance of the extremes, as a part of the median. All figures,"
                + " round by round: [raw.json](%s).", run.machine(), run.wrk(), run.rounds(), run.rounds() == 1 ? "" : "s",
                run.seconds(), RAW);
        paragraph("![The figures in short](%s)", CHART);
    }

    private void overview() {
        paragraph("## Requests per second");
        head(Stream.concat(Stream.of(""), measures.stream().map(Measure::id)).toArray(String[]::new));
        for (Results.Entrant entrant : results.entrants) {
            List<String> cells = new ArrayList<>(List.of(entrant.title()));
            measures.forEach(measure -> cells.add(Figures.count(requests(entrant.id(), measure))));
            row(cells);
        }
        text.append('\n');
    }

    private void start() {
        paragraph("## From exec to the first 200");
        paragraph("Of what ships, %d starts each, spread over the rounds. `first200 PORT COMMAND`, which asks every 50 µs.",
                results.run.starts());
        head("", "median, ms", "least", "most");
        for (Results.Entrant entrant : results.entrants) {
            results.startMillis(entrant.id()).ifPresent(stats -> row(List.of(entrant.title(), Figures.shortened(stats.median()),
                    Figures.shortened(stats.min()), Figures.shortened(stats.max()))));
        }
        text.append('\n');
    }

    private void memory() {
        paragraph("## Memory");
        paragraph("MiB, of all its processes, from `/proc/PID/smaps_rollup`: Rss, in which pages that several processes share"
                + " count for each; and as its own what no other process could share (Pss_Dirty). Loaded means under %s; after"
                + " means half a second after the last load.", Measure.of(Measure.MEMORY).title());
        head("", "idle: own", "resident", "loaded: own", "resident", "after: own", "resident");
        for (Results.Entrant entrant : results.entrants) {
            List<String> cells = new ArrayList<>(List.of(entrant.title()));
            for (String state : List.of("idle", "loaded", "after")) {
                cells.add(Figures.mebibytes(results.memory(entrant.id(), state, Results.Footprint::own)));
                cells.add(Figures.mebibytes(results.memory(entrant.id(), state, Results.Footprint::resident)));
            }
            row(cells);
        }
        text.append('\n');
    }

    private void size() {
        paragraph("## Size");
        paragraph("MiB, of what ships. The image is the executable and every library that it maps, which is the least that an"
                + " image has to hold; to pull is that through gzip, as registries send it. An image of web-server holds its"
                + " executable and nothing else.");
        head("", "executable", "image", "to pull");
        results.entrants.stream().filter(entrant -> entrant.size() != null).forEach(entrant ->
                row(List.of(entrant.title(), Figures.mebibytes(entrant.size().executable()),
                        Figures.mebibytes(entrant.size().image()), Figures.mebibytes(entrant.size().compressed()))));
        text.append('\n');
    }

    private void load(Measure measure) {
        paragraph("## %s: %s", measure.id(), measure.title());
        String url = "http://127.0.0.1:PORT" + measure.path();
        paragraph("`%s`", String.join(" ", Load.command(measure, shownFields(measure), url, results.run.seconds())));
        head("", "requests/s", "spread", "× nginx", "× floor", "p50, ms", "p99, ms", "p99.9, ms", "requests per CPU-second",
                "MB/s", "errors");
        Optional<Stats> nginx = requests(Contenders.NGINX, measure);
        Optional<Stats> floor = requests(Contenders.FLOOR, measure);
        for (Results.Entrant entrant : results.entrants) {
            String id = entrant.id();
            Optional<Stats> requests = requests(id, measure);
            row(List.of(entrant.title(), Figures.count(requests), Figures.spread(requests), Figures.ratio(requests, nginx),
                    Figures.ratio(requests, floor), Figures.millis(results.stats(id, measure.id(), Load.Sample::p50Micros)),
                    Figures.millis(results.stats(id, measure.id(), Load.Sample::p99Micros)),
                    Figures.millis(results.stats(id, measure.id(), Load.Sample::p999Micros)),
                    Figures.count(results.stats(id, measure.id(), Load.Sample::requestsPerProcessorSecond)),
                    Figures.megabytes(results.stats(id, measure.id(), Load.Sample::bytesPerSecond)),
                    Figures.count(results.stats(id, measure.id(), Load.Sample::errors))));
        }
        text.append('\n');
    }

    private static List<String> shownFields(Measure measure) {
        List<String> fields = new ArrayList<>();
        switch (measure.asks()) {
            case GZIP -> fields.add("'Accept-Encoding: gzip'");
            case NOT_MODIFIED -> fields.add("'If-None-Match: ETAG'");
            case IDENTITY -> { }
        }
        if (!measure.keepsAlive()) {
            fields.add("'Connection: close'");
        }
        return fields;
    }

    private void contenders() {
        paragraph("## Contenders");
        row(List.of("", "version, as it says itself", "how it is set up", "command"));
        row(List.of("---", "---", "---", "---"));
        results.entrants.forEach(entrant ->
                row(List.of(entrant.title(), entrant.version(), entrant.remark(), "`" + entrant.command() + "`")));
        text.append('\n');
    }

    private void notMeasured() {
        if (!results.notMeasured.isEmpty()) {
            paragraph("## Not measured");
            results.notMeasured.forEach((what, reason) -> text.append("- %s: %s%n".formatted(what, reason)));
            text.append('\n');
        }
    }

    private void noise() {
        List<String> unsteady = new ArrayList<>();
        for (Results.Entrant entrant : results.entrants) {
            for (Measure measure : measures) {
                requests(entrant.id(), measure).filter(stats -> stats.spread() > SPREAD_LIMIT).ifPresent(stats ->
                        unsteady.add("%s, %s (%.0f %%)".formatted(entrant.title(), measure.id(), stats.spread() * 100)));
            }
        }
        paragraph("## Noise");
        paragraph("Others used more than %.0f %% of the machine during %d of %d loads, at most %.0f %%: `others` in raw.json.",
                Bench.BUSY_LIMIT * 100,
                results.samples.stream().filter(sample -> sample.others() > Bench.BUSY_LIMIT).count(), results.samples.size(),
                results.samples.stream().mapToDouble(Load.Sample::others).filter(Double::isFinite).max().orElse(0) * 100);
        results.warnings.forEach(warning -> text.append("- ").append(warning).append('\n'));
        text.append(unsteady.isEmpty() ? "- The rounds of no load differ by more than %.0f %%.%n".formatted(SPREAD_LIMIT * 100)
                : "- Rounds differ by more than %.0f %%, so another run may give other medians: %s.%n"
                        .formatted(SPREAD_LIMIT * 100, String.join("; ", unsteady)));
    }

    private Optional<Stats> requests(String contender, Measure measure) {
        return results.stats(contender, measure.id(), Load.Sample::requestsPerSecond);
    }

    private void paragraph(String format, Object... arguments) {
        text.append(format.formatted(arguments)).append("\n\n");
    }

    private void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Names to the left, figures to the right. */
    private void head(String... titles) {
        row(List.of(titles));
        text.append("|---").append("|---:".repeat(titles.length - 1)).append("|\n");
    }
}
