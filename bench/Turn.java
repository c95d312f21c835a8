import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that is measured of one contender in one round. */
final class Turn {

    /** Connections close and memory settles within this. */
    private static final Duration SETTLING = Duration.ofMillis(500);

    /** Above it, others would use the machine while it measures. */
    static final double BUSY_LIMIT = 0.1;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** What is needed beside wrk. */
    record Programs(Path first200, Path crowd) {
    }

    private final Options options;
    private final Results results;
    private final Programs programs;

    Turn(Options options, Results results, Programs programs) {
        this.options = options;
        this.results = results;
        this.programs = programs;
    }

    static Programs programs() throws IOException, NotMeasured {
        Load.program();
        return new Programs(Builds.c("bench/first200.c", "first200"), Builds.c("bench/crowd.c", "crowd"));
    }

    /** Of one turn: on top of the loads comes what starts, settles and stops. */
    Duration estimate() {
        long millis = 2_500 + options.measures.size() * (options.seconds * 1_000L + 200);
        return Duration.ofMillis(millis + 50L * options.starts / options.rounds + (options.crowd ? 6_000 : 0));
    }

    void take(Contender contender, int round) throws IOException {
        double busy = Machine.awaitQuiet(BUSY_LIMIT, PATIENCE);
        if (busy > BUSY_LIMIT) {
            results.warn("round %d, %s: others used %.0f %% of the processors before it, and went on".formatted(round,
                    contender.title(), busy * 100));
        }
        try {
            // Before the load: for a minute its many closed connections make it slow to listen on the port again.
            start(contender, round);
            load(contender, round);
            if (options.crowd && !contender.forks()) {
                crowd(contender, round);
            }
        } catch (NotMeasured e) {
            results.missing(contender.id(), e.getMessage());
        }
    }

    /** Its part of the starts, so that these are spread over the rounds too. */
    private void start(Contender contender, int round) throws IOException, NotMeasured {
        int share = options.starts * round / options.rounds - options.starts * (round - 1) / options.rounds;
        for (int i = 0; i < share && !contender.shipped().isEmpty(); i++) {
            List<String> command = new ArrayList<>(List.of(programs.first200().toString(), "" + contender.port()));
            command.addAll(contender.shipped());
            String micros = Processes.outputOf(command, contender.environment(), Bench.LOG.resolve("start.log"));
            results.starts.add(new Results.Start(contender.id(), round, Long.parseLong(micros.strip())));
        }
    }

    private void load(Contender contender, int round) throws IOException, NotMeasured {
        try (Server server = Server.start(contender, contender.command())) {
            Bench.pause(SETTLING);
            results.add(contender.id(), round, "idle", server.memory());
            Map<Measure, Check.Passed> passed = checked(contender);
            if (passed.isEmpty()) {
                return;
            }
            // One second unmeasured: just-in-time compilers, file caches.
            Map.Entry<Measure, Check.Passed> first = passed.entrySet().iterator().next();
            Load.run(contender, server, first.getKey(), first.getValue(), 1, round);
            for (Map.Entry<Measure, Check.Passed> entry : passed.entrySet()) {
                load(contender, server, entry.getKey(), entry.getValue(), round);
            }
            Bench.pause(SETTLING);
            results.add(contender.id(), round, "after", server.memory());
        }
    }

    private void load(Contender contender, Server server, Measure measure, Check.Passed passed, int round) throws IOException {
        try {
            Load.Outcome outcome = Load.run(contender, server, measure, passed, options.seconds, round);
            results.samples.add(outcome.sample());
            results.add(contender.id(), round, "loaded", outcome.memory());
        } catch (NotMeasured e) {
            results.missing(contender.id() + "/" + measure.id(), e.getMessage());
        }
    }

    /** The measures in which it answers rightly. */
    private Map<Measure, Check.Passed> checked(Contender contender) throws IOException {
        Map<Measure, Check.Passed> passed = new LinkedHashMap<>();
        for (Measure measure : options.measures) {
            try {
                passed.put(measure, Check.of(contender, measure));
            } catch (NotMeasured e) {
                results.missing(contender.id() + "/" + measure.id(), e.getMessage());
            }
        }
        return passed;
    }

    /** Started anew, so that what the loads have left behind does not count. */
    private void crowd(Contender contender, int round) throws IOException, NotMeasured {
        try (Server server = Server.start(contender, contender.command())) {
            for (int connections : new int[] { Crowd.IDLE, Crowd.OFFERED }) {
                results.crowds.add(Crowd.of(contender, server, connections, programs.crowd(), round, SETTLING));
            }
        }
    }
}
