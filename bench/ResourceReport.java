import java.util.ArrayList;
import java.util.List;

/** The part of BENCHMARKS.md that is not about loads: start, memory, connections, size. */
final class ResourceReport {

    private final Results results;
    private final Markdown text;

    ResourceReport(Results results, Markdown text) {
        this.results = results;
        this.text = text;
    }

    void write() {
        if (!results.starts.isEmpty()) {
            start();
        }
        memory();
        if (!results.crowds.isEmpty()) {
            crowds();
        }
        size();
    }

    private void start() {
        text.paragraph("## From exec to the first 200");
        text.paragraph("Of what ships, %d starts each, spread over the rounds. `first200 PORT COMMAND`, which asks every 50 µs.",
                results.run.starts());
        text.head(List.of("", "median, ms", "least", "most"));
        for (Results.Entrant entrant : results.entrants) {
            results.startMillis(entrant.id()).ifPresent(stats -> text.row(List.of(entrant.title(),
                    Figures.shortened(stats.median()), Figures.shortened(stats.min()), Figures.shortened(stats.max()))));
        }
        text.end();
    }

    private void memory() {
        text.paragraph("## Memory");
        text.paragraph("MiB, of all its processes, from `/proc/PID/smaps_rollup`: Rss, in which pages that several processes"
                + " share count for each; and as its own what no other process could share (Pss_Dirty). Loaded means under %s; after"
                + " means half a second after the last load.", Measure.of(Measure.MEMORY).title());
        text.head(List.of("", "idle: own", "resident", "loaded: own", "resident", "after: own", "resident"));
        for (Results.Entrant entrant : results.entrants) {
            List<String> cells = new ArrayList<>(List.of(entrant.title()));
            for (String state : List.of("idle", "loaded", "after")) {
                cells.add(Figures.mebibytes(results.memory(entrant.id(), state, Results.Footprint::own)));
                cells.add(Figures.mebibytes(results.memory(entrant.id(), state, Results.Footprint::resident)));
            }
            text.row(cells);
        }
        text.end();
    }

    private void crowds() {
        text.paragraph("## Many connections");
        text.paragraph("`crowd PORT N` opens N connections at once, sends one request as an ingress does on each, and leaves them"
                + " idle. Own memory is in MiB; answered and open are connections that got a response and that the server has"
                + " not closed; alive: in how many of the rounds it answered another connection meanwhile. Limits: web-server"
                + " has its default of 5,000 connections, nginx and lighttpd those of their files in bench/contenders.");
        List<String> titles = new ArrayList<>(List.of(""));
        for (int connections : new int[] { Crowd.IDLE, Crowd.OFFERED }) {
            titles.addAll(List.of("%,d: own".formatted(connections), "answered", "open", "alive"));
        }
        text.head(titles);
        for (Results.Entrant entrant : results.entrants) {
            List<String> cells = new ArrayList<>(List.of(entrant.title()));
            for (int connections : new int[] { Crowd.IDLE, Crowd.OFFERED }) {
                cells.add(Figures.mebibytes(results.crowd(entrant.id(), connections,
                        crowd -> crowd.alive() ? crowd.own() : Double.NaN)));
                cells.add(Figures.count(results.crowd(entrant.id(), connections, Crowd::answered)));
                cells.add(Figures.count(results.crowd(entrant.id(), connections, Crowd::open)));
                cells.add(alive(entrant.id(), connections));
            }
            text.row(cells);
        }
        text.end();
    }

    private String alive(String contender, int connections) {
        List<Crowd> crowds = results.crowds.stream()
                .filter(crowd -> crowd.contender().equals(contender) && crowd.connections() == connections).toList();
        return crowds.isEmpty() ? "–" : "%d of %d".formatted(crowds.stream().filter(Crowd::alive).count(), crowds.size());
    }

    private void size() {
        text.paragraph("## Size");
        text.paragraph("MiB, of what ships. The image is the executable and every library that it maps, which is the least that"
                + " an image has to hold; to pull is that through gzip, as registries send it. An image of web-server holds its"
                + " executable and nothing else.");
        text.head(List.of("", "executable", "image", "to pull"));
        results.entrants.stream().filter(entrant -> entrant.size() != null).forEach(entrant ->
                text.row(List.of(entrant.title(), Figures.mebibytes(entrant.size().executable()),
                        Figures.mebibytes(entrant.size().image()), Figures.mebibytes(entrant.size().compressed()))));
        text.end();
    }
}
