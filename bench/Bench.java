import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The benchmark: who is measured, how, in which order. README.md beside this file tells how to run and to read it. */
final class Bench {

    static final Path LOG = Path.of("target/bench/log");

    private final Options options;
    private final Results results;
    private final Contenders all;
    private final List<Contender> contenders = new ArrayList<>();

    private Bench(Options options, Results results) {
        this.options = options;
        this.results = results;
        this.all = new Contenders(options);
    }

    public static void main(String... words) throws IOException {
        Options options = Options.of(words);
        Processes.endAllAtExit();
        try {
            Contenders.require("wrk", "wrk");
            Site.write();
            IngressRequests.write();
            String wrk = Processes.outputOf(List.of("sh", "-c", "wrk -v | head -n 1 | cut -d ' ' -f 1,2"), Map.of(),
                    LOG.resolve("wrk.version.log")).strip();
            String date = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
            Bench bench = new Bench(options, new Results(new Results.Run(date, Machine.commit(), Machine.description(), wrk,
                    options.rounds, options.seconds, options.starts)));
            if (options.buildsOnly) {
                bench.build();
            } else {
                bench.run();
            }
        } catch (NotMeasured e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private void build() throws IOException, NotMeasured {
        Turn.programs();
        for (String id : options.contenders) {
            if (id.equals(Contenders.BASELINE)) {
                Baseline.executable();
            } else {
                make(id);
            }
        }
    }

    private void run() throws IOException, NotMeasured {
        if (options.webServer != null) {
            servePageOf(all.make(Contenders.WEB_SERVER, List.of()));
        }
        for (String id : options.contenders) {
            make(id);
        }
        introduceContenders();
        Turn turn = new Turn(options, results, Turn.programs());
        System.err.printf("bench: %s rounds of %d contenders take about %d minutes%n", options.rounds, contenders.size(),
                turn.estimate().multipliedBy((long) options.rounds * contenders.size()).plusSeconds(59).toMinutes());
        try {
            for (int round = 1; round <= options.rounds; round++) {
                // In another order each time, the same in every run: none always comes after the same one.
                Collections.shuffle(contenders, new Random(round));
                for (Contender contender : contenders) {
                    System.err.printf("bench: round %d of %d, %s%n", round, options.rounds, contender.title());
                    turn.take(contender, round);
                    results.write(options.output.resolve(Report.RAW));
                }
            }
        } finally {
            Report.write(results, options);
        }
        System.err.println("bench: written " + options.output.resolve(Report.TEXT).normalize());
    }

    /** All serve the page of the executable that was given, whatever was baked into it. */
    private static void servePageOf(Contender given) throws IOException, NotMeasured {
        try (Server server = Server.start(given, given.command())) {
            Site.writePage(Exchange.get(given.port(), "/", List.of("Host: 127.0.0.1")).content());
        }
    }

    private void make(String id) throws IOException {
        try {
            contenders.add(all.make(id, contenders));
        } catch (NotMeasured e) {
            results.missing(id, e.getMessage());
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

    private Results.Entrant entrant(Contender contender) throws IOException, NotMeasured {
        boolean ships = !contender.shipped().isEmpty();
        try (Server server = Server.start(contender, ships ? contender.shipped() : contender.command())) {
            int length = Exchange.get(contender.port(), "/", List.of("Host: 127.0.0.1")).content().length;
            if (length != Site.content("/").length && !contender.isBaseline()) {
                results.warn("%s has a page of its own, of %,d bytes instead of %,d".formatted(contender.title(), length,
                        Site.content("/").length));
            }
            return new Results.Entrant(contender.id(), contender.title(), server.version(), contender.shownCommand(),
                    contender.remark(), ships ? Size.of(server) : null);
        }
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
