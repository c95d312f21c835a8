import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** BENCHMARKS.md: what was measured, on what, by which commands. */
final class Report {

    static final String TEXT = "BENCHMARKS.md";
    static final String RAW = "bench/results/raw.json";
    private static final String CHART = "bench/results/chart.svg";

    /** Above it, a median of a few rounds says little. */
    private static final double SPREAD_LIMIT = 0.2;

    /** Above it, connections that fail are told. */
    private static final double ERROR_LIMIT = 0.01;

    private final Results results;
    private final List<Measure> measures;
    private final Markdown text = new Markdown();

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
        List.of(Measure.MAIN, Measure.REVALIDATION).stream().map(Measure::of).filter(measures::contains).forEach(this::headline);
        if (measures.contains(Measure.of(Measure.ONE_READ)) && measures.contains(Measure.of(Measure.TWO_READS))) {
            twoReads();
        }
        new ResourceReport(results, text).write();
        overview("Requests per second", Load.Sample::requestsPerSecond);
        overview("Requests per CPU-second of the server", Load.Sample::requestsPerProcessorSecond);
        measures.forEach(this::load);
        contenders();
        notMeasured();
        noise();
        return text.toString();
    }

    private void opening() {
        Results.Run run = results.run;
        text.paragraph("# Benchmarks");
        text.paragraph("Written by `bench/run` ([what it does](bench/README.md)) on %s, of commit %s.", run.date(), run.commit());
        text.paragraph("%s. The client, %s, runs beside the server, on the same processors, over the loopback: the figures tell"
                + " who does more with this machine, not what a network would bring. Each is the median of %d round%s, in which"
                + " the contenders take turns; a load lasts %d s. × is a median by that of nginx, or of the baseline, which"
                + " sends a constant response without parsing. A CPU-second is one of user and system time of all processes of"
                + " the server. The spread is the distance of the extremes, as a part of the median. All figures, round by"
                + " round: [raw.json](%s).",
                run.machine(), run.wrk(), run.rounds(), run.rounds() == 1 ? "" : "s", run.seconds(), RAW);
        text.paragraph("![The figures in short](%s)", CHART);
    }

    /** What a server behind an ingress has to do. */
    private void headline(Measure measure) {
        text.paragraph("## In short: %s", measure.title());
        text.paragraph("%,d different requests in turn, each with a browser's field lines and those of an ingress: 21 lines,"
                + " about 850 bytes.", IngressRequests.COUNT);
        text.head(List.of("", "requests/s", "× nginx", "× baseline", "per CPU-second", "× nginx", "× baseline"));
        for (Results.Entrant entrant : results.entrants) {
            List<String> cells = new ArrayList<>(List.of(entrant.title()));
            for (ToDoubleFunction<Load.Sample> figure : rates()) {
                cells.add(Figures.count(results.stats(entrant.id(), measure.id(), figure)));
                cells.addAll(ratios(entrant, measure, figure));
            }
            text.row(cells);
        }
        text.end();
    }

    private static List<ToDoubleFunction<Load.Sample>> rates() {
        return List.of(Load.Sample::requestsPerSecond, Load.Sample::requestsPerProcessorSecond);
    }

    /** By nginx, and by the baseline. */
    private List<String> ratios(Results.Entrant entrant, Measure measure, ToDoubleFunction<Load.Sample> figure) {
        Optional<Stats> stats = results.stats(entrant.id(), measure.id(), figure);
        return List.of(Figures.ratio(stats, results.stats(Contenders.NGINX, measure.id(), figure)),
                Figures.ratio(stats, results.stats(Contenders.BASELINE, measure.id(), figure)));
    }

    private void twoReads() {
        text.paragraph("## In short: a head in two reads");
        text.paragraph("The same requests by `bench/load.c`, each head in one segment, and in two of which the server has read"
                + " the first before the second is sent: large cookies make that the rule.");
        text.head(List.of("", "one, requests/s", "two", "×", "one, per CPU-second", "two", "×"));
        for (Results.Entrant entrant : results.entrants) {
            List<String> cells = new ArrayList<>(List.of(entrant.title()));
            for (ToDoubleFunction<Load.Sample> figure : rates()) {
                Optional<Stats> one = results.stats(entrant.id(), Measure.ONE_READ, figure);
                Optional<Stats> two = results.stats(entrant.id(), Measure.TWO_READS, figure);
                cells.addAll(List.of(Figures.count(one), Figures.count(two), Figures.ratio(two, one)));
            }
            text.row(cells);
        }
        text.end();
    }

    private void overview(String title, ToDoubleFunction<Load.Sample> figure) {
        text.paragraph("## %s", title);
        List<String> titles = new ArrayList<>(List.of(""));
        measures.forEach(measure -> titles.add(measure.id()));
        text.head(titles);
        for (Results.Entrant entrant : results.entrants) {
            List<String> cells = new ArrayList<>(List.of(entrant.title()));
            measures.forEach(measure -> cells.add(Figures.count(results.stats(entrant.id(), measure.id(), figure))));
            text.row(cells);
        }
        text.end();
    }

    private void load(Measure measure) {
        text.paragraph("## %s: %s", measure.id(), measure.title());
        text.paragraph("`%s`", Load.shown(measure, results.run.seconds()));
        text.head(List.of("", "requests/s", "spread", "× nginx", "× baseline", "per CPU-second", "spread", "× nginx",
                "× baseline", "p50, ms", "p99, ms", "p99.9, ms", "MB/s", "errors"));
        for (Results.Entrant entrant : results.entrants) {
            List<String> cells = new ArrayList<>(List.of(entrant.title()));
            for (ToDoubleFunction<Load.Sample> figure : rates()) {
                Optional<Stats> stats = results.stats(entrant.id(), measure.id(), figure);
                cells.addAll(List.of(Figures.count(stats), Figures.spread(stats)));
                cells.addAll(ratios(entrant, measure, figure));
            }
            List<ToDoubleFunction<Load.Sample>> latencies = List.of(Load.Sample::p50Micros, Load.Sample::p99Micros,
                    Load.Sample::p999Micros);
            latencies.forEach(latency -> cells.add(Figures.millis(results.stats(entrant.id(), measure.id(), latency))));
            cells.add(Figures.megabytes(results.stats(entrant.id(), measure.id(), Load.Sample::bytesPerSecond)));
            cells.add(Figures.count(results.stats(entrant.id(), measure.id(), Load.Sample::errors)));
            text.row(cells);
        }
        text.end();
    }

    private void contenders() {
        text.paragraph("## Contenders");
        text.row(List.of("", "version, as it says itself", "how it is set up", "command"));
        text.row(List.of("---", "---", "---", "---"));
        results.entrants.forEach(entrant ->
                text.row(List.of(entrant.title(), entrant.version(), entrant.remark(), "`" + entrant.command() + "`")));
        text.end();
    }

    private void notMeasured() {
        if (!results.notMeasured.isEmpty()) {
            text.paragraph("## Not measured");
            results.notMeasured.forEach((what, reason) -> text.item(what + ": " + reason));
            text.end();
        }
    }

    private void noise() {
        List<String> unsteady = new ArrayList<>();
        for (Results.Entrant entrant : results.entrants) {
            for (Measure measure : measures) {
                results.stats(entrant.id(), measure.id(), Load.Sample::requestsPerSecond)
                        .filter(stats -> stats.spread() > SPREAD_LIMIT).ifPresent(stats -> unsteady.add(
                                "%s, %s (%.0f %%)".formatted(entrant.title(), measure.id(), stats.spread() * 100)));
            }
        }
        text.paragraph("## Noise");
        text.paragraph("Others used more than %.0f %% of the machine during %d of %d loads, at most %.0f %%: `others` in"
                + " raw.json.", Turn.BUSY_LIMIT * 100,
                results.samples.stream().filter(sample -> sample.others() > Turn.BUSY_LIMIT).count(), results.samples.size(),
                results.samples.stream().mapToDouble(Load.Sample::others).filter(Double::isFinite).max().orElse(0) * 100);
        results.warnings.forEach(text::item);
        List<String> failing = results.samples.stream().filter(sample -> sample.errors() > sample.requests() * ERROR_LIMIT)
                .map(sample -> sample.contender() + ", " + sample.measure()).distinct().toList();
        if (!failing.isEmpty()) {
            text.item("Connections failed, for more than %.0f %% of the requests: %s.".formatted(ERROR_LIMIT * 100,
                    String.join("; ", failing)));
        }
        text.item(unsteady.isEmpty() ? "The rounds of no load differ by more than %.0f %%.".formatted(SPREAD_LIMIT * 100)
                : "Rounds differ by more than %.0f %%, so another run may give other medians: %s."
                        .formatted(SPREAD_LIMIT * 100, String.join("; ", unsteady)));
    }
}
