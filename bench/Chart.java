import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The figures in short, as an SVG for the README. */
final class Chart {

    private static final int WIDTH = 860;
    private static final int MARGIN = 24;
    private static final int PANEL_WIDTH = 394;
    private static final int LABELS = 138;
    private static final int VALUES = 62;
    private static final int BARS = PANEL_WIDTH - LABELS - VALUES;
    private static final int TITLE_HEIGHT = 46;
    private static final int ROW_HEIGHT = 21;

    private static final String STYLE = """
            <style>
              text { font: 12px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328 }
              .title { font-size: 14px; font-weight: 600 }
              .note { font-size: 11px; fill: #59636e }
              .own { font-weight: 600 }
              .paper { fill: #ffffff }
              .bar { fill: #afb8c1 }
              .bar.own { fill: #1a7f37 }
              .bar.baseline { fill: #d8dee4 }
              .range { stroke: #59636e }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .note { fill: #9198a1 }
                .paper { fill: #0d1117 }
                .bar { fill: #59636e }
                .bar.own { fill: #2ea043 }
                .bar.baseline { fill: #30363d }
                .range { stroke: #c9d1d9 }
              }
            </style>
            """;

    private record Bar(Results.Entrant entrant, Stats stats) {
    }

    private final Results results;
    private final StringBuilder svg = new StringBuilder();

    private Chart(Results results) {
        this.results = results;
    }

    static String of(Results results) {
        return new Chart(results).render();
    }

    private String render() {
        int panelHeight = TITLE_HEIGHT + results.entrants.size() * ROW_HEIGHT + MARGIN;
        int height = 3 * panelHeight + 2 * MARGIN;
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n", WIDTH, height);
        svg.append("<title>web-server beside other servers</title>\n").append(STYLE);
        add("<rect class=\"paper\" width=\"%d\" height=\"%d\" rx=\"8\"/>%n", WIDTH, height);
        int right = WIDTH - MARGIN - PANEL_WIDTH;
        String ingress = "distinct requests as an ingress sends them; more is better";
        panel(MARGIN, MARGIN, "Requests per second", ingress, rates(Measure.MAIN, Load.Sample::requestsPerSecond));
        panel(right, MARGIN, "Requests per CPU-second of the server", ingress,
                rates(Measure.MAIN, Load.Sample::requestsPerProcessorSecond));
        int second = MARGIN + panelHeight;
        panel(MARGIN, second, "Revalidations per second", "the same requests, answered by 304; more is better",
                rates(Measure.REVALIDATION, Load.Sample::requestsPerSecond));
        panel(right, second, "From exec to the first answer, ms", "median and extremes; less is better",
                lessIsBetter(entrant -> results.startMillis(entrant.id())));
        int third = second + panelHeight;
        panel(MARGIN, third, "Memory of its own, MiB", "with 5,000 idle connections; less is better",
                lessIsBetter(entrant -> mebibytes(results.crowd(entrant.id(), Crowd.IDLE,
                        crowd -> crowd.alive() && crowd.open() == crowd.connections() ? crowd.own() : Double.NaN))));
        panel(right, third, "Executable and libraries to pull, MiB", "compressed; less is better",
                lessIsBetter(entrant -> entrant.size() == null ? Optional.empty()
                        : mebibytes(Stats.of(DoubleStream.of(entrant.size().compressed())))));
        text(MARGIN, height - MARGIN + 8, "note", "start", source());
        return svg.append("</svg>\n").toString();
    }

    private String source() {
        Results.Run run = results.run;
        return "%s, commit %.12s, %s; %d rounds".formatted(run.date().substring(0, 10), run.commit(),
                run.machine().replaceFirst(", [0-9]+ GB.*", ""), run.rounds());
    }

    private List<Bar> rates(String measure, ToDoubleFunction<Load.Sample> figure) {
        return bars(entrant -> results.stats(entrant.id(), measure, figure),
                Comparator.comparingDouble((Bar bar) -> bar.stats().median()).reversed());
    }

    /** Without the baseline, which is no server that one could use. */
    private List<Bar> lessIsBetter(Function<Results.Entrant, Optional<Stats>> figure) {
        return bars(entrant -> isBaseline(entrant) ? Optional.empty() : figure.apply(entrant),
                Comparator.comparingDouble(bar -> bar.stats().median()));
    }

    private List<Bar> bars(Function<Results.Entrant, Optional<Stats>> figure, Comparator<Bar> order) {
        List<Bar> bars = new ArrayList<>();
        results.entrants.forEach(entrant -> figure.apply(entrant).ifPresent(stats -> bars.add(new Bar(entrant, stats))));
        bars.sort(order);
        return bars;
    }

    private void panel(int x, int y, String title, String note, List<Bar> bars) {
        text(x, y + 12, "title", "start", title);
        text(x, y + 29, "note", "start", note);
        double most = bars.stream().mapToDouble(bar -> bar.stats().max()).max().orElse(1);
        for (int i = 0; i < bars.size(); i++) {
            bar(x, y + TITLE_HEIGHT + i * ROW_HEIGHT, bars.get(i), BARS / most);
        }
    }

    private void bar(int x, int y, Bar bar, double scale) {
        Stats stats = bar.stats();
        String kind = isBaseline(bar.entrant()) ? "baseline" : bar.entrant().id().equals(Contenders.WEB_SERVER) ? "own" : "";
        String label = bar.entrant().title().replace("web-server, without", "without");
        text(x + LABELS - 8, y + 12, kind, "end", label);
        add("<rect class=\"bar %s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"15\" rx=\"2\"/>%n", kind, x + LABELS, y,
                Math.max(1, stats.median() * scale));
        double end = x + LABELS + stats.max() * scale;
        add("<path class=\"range\" d=\"M%.1f %.1fH%.1f\"/>%n", x + LABELS + stats.min() * scale, y + 7.5, end);
        text(end + 6, y + 12, kind, "start", stats.median() < 1_000 ? Figures.shortened(stats.median())
                : String.format(Locale.ROOT, "%,.0f", stats.median()));
    }

    private void text(double x, double y, String kind, String anchor, String content) {
        String safe = content.replace("&", "&amp;").replace("<", "&lt;");
        add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", kind, x, y, anchor, safe);
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments));
    }

    private static boolean isBaseline(Results.Entrant entrant) {
        return entrant.id().equals(Contenders.BASELINE);
    }

    private static Optional<Stats> mebibytes(Optional<Stats> bytes) {
        double unit = 1 << 20;
        return bytes.map(stats -> new Stats(stats.median() / unit, stats.min() / unit, stats.max() / unit, stats.count()));
    }
}
