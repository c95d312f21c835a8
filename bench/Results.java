import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** All that was measured so far, as it was measured. */
final class Results {

    /** How a run was made: what every figure has to be read with. */
    record Run(String date, String commit, String machine, String wrk, int rounds, int seconds, int starts) {
    }

    /** A contender as it was found. @param size null where another one's executable is started differently */
    record Entrant(String id, String title, String version, String command, String remark, Size size) {
    }

    record Start(String contender, int round, long micros) {
    }

    /** @param state idle, loaded or after */
    record Footprint(String contender, int round, String state, long resident, long own) {
    }

    final Run run;
    final List<Entrant> entrants = new ArrayList<>();
    final List<Load.Sample> samples = new ArrayList<>();
    final List<Start> starts = new ArrayList<>();
    final List<Footprint> footprints = new ArrayList<>();
    final List<Crowd> crowds = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();

    /** Reasons, by contender, or by contender and measure with a slash between. */
    final Map<String, String> notMeasured = new LinkedHashMap<>();

    Results(Run run) {
        this.run = run;
    }

    void add(String contender, int round, String state, Server.Memory memory) {
        if (memory != null) {
            footprints.add(new Footprint(contender, round, state, memory.resident(), memory.own()));
        }
    }

    void warn(String warning) {
        System.err.println("bench: " + warning);
        warnings.add(warning);
    }

    void missing(String what, String reason) {
        String shown = Contenders.withoutFolder(reason);
        if (!shown.equals(notMeasured.put(what, shown))) {
            System.err.println("bench: not measured: " + what + ": " + shown);
        }
    }

    Optional<Stats> stats(String contender, String measure, ToDoubleFunction<Load.Sample> figure) {
        return Stats.of(samples.stream()
                .filter(sample -> sample.contender().equals(contender) && sample.measure().equals(measure))
                .mapToDouble(figure));
    }

    Optional<Stats> startMillis(String contender) {
        return Stats.of(starts.stream().filter(start -> start.contender().equals(contender))
                .mapToDouble(start -> start.micros() / 1e3));
    }

    Optional<Stats> memory(String contender, String state, ToDoubleFunction<Footprint> figure) {
        return Stats.of(footprints.stream()
                .filter(footprint -> footprint.contender().equals(contender) && footprint.state().equals(state))
                .mapToDouble(figure));
    }

    Optional<Stats> crowd(String contender, int connections, ToDoubleFunction<Crowd> figure) {
        return Stats.of(crowds.stream()
                .filter(crowd -> crowd.contender().equals(contender) && crowd.connections() == connections)
                .mapToDouble(figure));
    }

    void write(Path file) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("run", run);
        all.put("contenders", entrants);
        all.put("samples", samples);
        all.put("starts", starts);
        all.put("memory", footprints);
        all.put("crowds", crowds);
        all.put("notMeasured", notMeasured);
        all.put("warnings", warnings);
        Files.createDirectories(file.getParent());
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.writeString(unfinished, Json.of(all) + "\n");
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
