import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The benchmark: who is measured, how, in which order. README.md beside this file tells how to run and to read it. */
final class Bench {

    private static final Path LOG = Path.of("target/bench/log");

    /** Connections close and memory settles within this. */
    private static final Duration SETTLING = Duration.ofMillis(500);

    /** Above it, others would use the machine while it measures. */
    static final double BUSY_LIMIT = 0.1;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Options options;
    private final Results results;
    private final Path first200;
    private final List<Contender> contenders = new ArrayList<>();

    private Bench(Options options, Results results, Path first200) {
        this.options = options;
        this.results = results;
        this.first200 = first200;
    }

    public static void main(String... words) throws IOException {
        Options options = Options.of(words);
        Processes.endAllAtExit();
        try {
            Contenders.require("wrk", "wrk");
            Site.write();
            String wrk = Processes.outputOf(List.of("sh", "-c", "wrk -v | head -n 1 | cut -d ' ' -f 1,2"), Map.of(),
                    LOG.resolve("wrk.version.log")).strip();
            String date = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
            Results results = new Results(new Results.Run(date, Machine.commit(), Machine.description(), wrk, options.rounds,
                    options.seconds, options.starts));
            new Bench(options, results, Builds.c("bench/first200.c", "first200")).run();
        } catch (NotMeasured e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private void run() throws IOException {
        makeContenders();
        if (options.buildsOnly) {
            return;
        }
        introduceContenders();
        try {
            for (int round = 1; round <= options.rounds; round++) {
                // Another begins each time, so that no contender always comes after the same one.
                Collections.rotate(contenders, 1);
                for (Contender contender : contenders) {
                    System.err.printf("bench: round %d of %d, %s%n", round, options.rounds, contender.title());
                    turn(contender, round);
                    results.write(options.output.resolve(Report.RAW));
                }
            }
        } finally {
            Report.write(results, options);
        }
        System.err.println("bench: written " + options.output.resolve(Report.TEXT).normalize());
    }

    private void makeContenders() throws IOException {
        for (String id : options.contenders) {
            try {
                contenders.add(new Contenders(options).make(id));
            } catch (NotMeasured e) {
                results.missing(id, e.getMessage());
            }
        }
    }

    /** Their versions and sizes. Who does not even start is out. */
    private void introduceContenders() throws IOException {
        for (Contender contender : List.copyOf(contenders)) {
            try {
                results.entrants.add(entrant(contender));
            } catch (NotMeasured e) {
                results.missing(contender.id(), e.getMessage());
                contenders.remove(contender);
            }
        }
    }

    private static Results.Entrant entrant(Contender contender) throws IOException, NotMeasured {
        boolean ships = !contender.shipped().isEmpty();
        try (Server server = Server.start(contender, ships ? contender.shipped() : contender.command())) {
            return new Results.Entrant(contender.id(), contender.title(), server.version(), contender.shownCommand(),
                    contender.remark(), ships ? Size.of(server) : null);
        }
    }

    private void turn(Contender contender, int round) throws IOException {
        double busy = Machine.awaitQuiet(BUSY_LIMIT, PATIENCE);
        if (busy > BUSY_LIMIT) {
            results.warn("round %d, %s: others used %.0f %% of the processors before it, and went on".formatted(round,
                    contender.title(), busy * 100));
        }
        try {
            // Before the load: for a minute its many closed connections make it slow to listen on the port again.
            start(contender, round);
            load(contender, round);
        } catch (NotMeasured e) {
            results.missing(contender.id(), e.getMessage());
        }
    }

    /** Its part of the starts, so that these are spread over the rounds too. */
    private void start(Contender contender, int round) throws IOException, NotMeasured {
        int share = options.starts * round / options.rounds - options.starts * (round - 1) / options.rounds;
        for (int i = 0; i < share && !contender.shipped().isEmpty(); i++) {
            List<String> command = new ArrayList<>(List.of(first200.toString(), "" + contender.port()));
            command.addAll(contender.shipped());
            String micros = Processes.outputOf(command, contender.environment(), LOG.resolve("start.log"));
            results.starts.add(new Results.Start(contender.id(), round, Long.parseLong(micros.strip())));
        }
    }

    private void load(Contender contender, int round) throws IOException, NotMeasured {
        try (Server server = Server.start(contender, contender.command())) {
            pause(SETTLING);
            results.add(contender.id(), round, "idle", server.memory());
            Map<Measure, List<String>> fields = checked(contender);
            if (fields.isEmpty()) {
                return;
            }
            // One second unmeasured: just-in-time compilers, file caches.
            Load.run(contender, server, Measure.of(Measure.MAIN), List.of(), 1, round);
            for (Map.Entry<Measure, List<String>> entry : fields.entrySet()) {
                Measure measure = entry.getKey();
                try {
                    Load.Outcome outcome = Load.run(contender, server, measure, entry.getValue(), options.seconds, round);
                    results.samples.add(outcome.sample());
                    results.add(contender.id(), round, "loaded", outcome.memory());
                } catch (NotMeasured e) {
                    results.missing(contender.id() + "/" + measure.id(), e.getMessage());
                }
            }
            pause(SETTLING);
            results.add(contender.id(), round, "after", server.memory());
        }
    }

    /** The measures in which it answers rightly, and the request's fields for each. */
    private Map<Measure, List<String>> checked(Contender contender) throws IOException {
        Map<Measure, List<String>> fields = new LinkedHashMap<>();
        for (Measure measure : options.measures) {
            try {
                fields.put(measure, Check.fieldsFor(contender, measure));
            } catch (NotMeasured e) {
                results.missing(contender.id() + "/" + measure.id(), e.getMessage());
            }
        }
        return fields;
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
