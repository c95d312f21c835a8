import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What the command line says. */
final class Options {

    private static final String HELP = """
            usage: bench/run [OPTION]...

            Measures web-server beside other servers on the loopback, in interleaved rounds, and writes BENCHMARKS.md,
            bench/results/chart.svg and bench/results/raw.json.

              --quick              2 rounds of 1 second each: about 5 minutes
              --rounds N           how often each contender gets its turn (5)
              --seconds N          how long each load lasts (3)
              --starts N           how often each contender is started for the time to its first 200 (30)
              --contenders A,B     only these: %s
              --measures A,B       only these: %s
              --web-server FILE    this executable instead of one that is built
              --port N             the first of about 40 ports to use (18080)
              --output FOLDER      where to write; the project for a full run, else target/bench/output
              --build              only build what is measured
              --help               this text
            """;

    int rounds = 5;
    int seconds = 3;
    int starts = 30;
    int port = 18_080;
    List<String> contenders = Contenders.IDS;
    List<Measure> measures = Measure.ALL;
    Path webServer;
    Path output;
    boolean buildsOnly;
    private boolean isFull = true;

    /** Ends the program where there is nothing to run. */
    static Options of(String... words) {
        Options options = new Options();
        try {
            for (Iterator<String> rest = List.of(words).iterator(); rest.hasNext();) {
                options.take(rest.next(), rest);
            }
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage() + "; bench/run --help lists the options");
            System.exit(2);
        }
        if (options.output == null) {
            options.output = Path.of(options.isFull ? "." : "target/bench/output");
        }
        return options;
    }

    private void take(String option, Iterator<String> rest) {
        switch (option) {
            case "--quick" -> {
                rounds = 2;
                seconds = 1;
                starts = 10;
            }
            case "--rounds" -> rounds = number(option, rest);
            case "--seconds" -> seconds = number(option, rest);
            case "--starts" -> starts = number(option, rest);
            case "--port" -> port = number(option, rest);
            case "--contenders" -> contenders = chosen(option, rest, Contenders.IDS);
            case "--measures" -> measures = chosen(option, rest, measureIds()).stream().map(Measure::of).toList();
            case "--web-server" -> webServer = Path.of(value(option, rest));
            case "--output" -> output = Path.of(value(option, rest));
            case "--build" -> buildsOnly = true;
            case "--help" -> {
                System.out.printf(HELP, String.join(", ", Contenders.IDS), String.join(", ", measureIds()));
                System.exit(0);
            }
            default -> throw new IllegalArgumentException("unknown option " + option);
        }
        isFull &= option.equals("--port") || option.equals("--output");
    }

    private static List<String> measureIds() {
        return Measure.ALL.stream().map(Measure::id).toList();
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return rest.next();
    }

    private static int number(String option, Iterator<String> rest) {
        String value = value(option, rest);
        if (!value.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException(option + " wants a number from 1 to 99999, not " + value);
        }
        return Integer.parseInt(value);
    }

    private static List<String> chosen(String option, Iterator<String> rest, List<String> known) {
        List<String> chosen = new ArrayList<>(List.of(value(option, rest).split(",")));
        for (String id : chosen) {
            if (!known.contains(id)) {
                throw new IllegalArgumentException(option + " knows no " + id + ", only " + String.join(", ", known));
            }
        }
        return List.copyOf(chosen);
    }
}
