import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the command line says. */
final class Options {

    private static final String HELP = """
            usage: bench/run [OPTION]...

            Measures web-server beside other servers on the loopback, in interleaved rounds, and writes BENCHMARKS.md,
            bench/results/chart.svg and bench/results/raw.json.

              --quick              2 rounds of 1 second each: about 10 minutes
              --rounds N           how often each contender gets its turn (5)
              --seconds N          how long each load lasts (3)
              --starts N           how often each contender is started for the time to its first 200 (30; 0 with --measures)
              --crowd              measure 5,000 and 10,000 idle connections too; always without --measures
              --contenders A,B     only these: %s
              --measures A,B       only these: %s
              --web-server FILE    this executable instead of one that is built; all serve its page
              --executable NAME=FILE   another one as a contender, mostly an older one, named by its commit; repeatable
              --port N             the first of about 40 ports to use (18080)
              --output FOLDER      where to write; the project for a full run, else target/bench/output
              --build              only build what is measured
              --help               this text

            bench/run --rounds 5 --seconds 3 --contenders web-server,nginx,baseline --measures distinct --web-server FILE
            builds no executable of the project and takes about 2 minutes.
            """;

    private static final int NOT_GIVEN = -1;

    int rounds = 5;
    int seconds = 3;
    int starts = NOT_GIVEN;
    int port = 18_080;
    List<String> contenders = Contenders.IDS;
    List<Measure> measures = Measure.ALL;
    Path webServer;
    final Map<String, Path> executables = new LinkedHashMap<>();
    boolean crowd;
    Path output;
    boolean buildsOnly;
    private boolean areMeasuresChosen;
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
        options.addExecutables();
        options.crowd |= !options.areMeasuresChosen;
        if (options.starts == NOT_GIVEN) {
            options.starts = options.areMeasuresChosen ? 0 : 30;
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
            case "--crowd" -> crowd = true;
            case "--port" -> port = number(option, rest);
            case "--contenders" -> contenders = chosen(option, rest, Contenders.IDS);
            case "--measures" -> {
                measures = chosen(option, rest, measureIds()).stream().map(Measure::of).toList();
                areMeasuresChosen = true;
            }
            case "--web-server" -> webServer = Path.of(value(option, rest));
            case "--executable" -> addExecutable(option, value(option, rest));
            case "--output" -> output = Path.of(value(option, rest));
            case "--build" -> buildsOnly = true;
            case "--help" -> {
                System.out.printf(HELP, String.join(", ", Contenders.IDS), String.join(", ", measureIds()));
                System.exit(0);
            }
            default -> throw new IllegalArgumentException("unknown option " + option);
        }
        isFull &= List.of("--port", "--output", "--executable").contains(option);
    }

    private void addExecutable(String option, String value) {
        int equals = value.indexOf('=');
        String name = value.substring(0, Math.max(0, equals));
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || Contenders.IDS.contains(name)) {
            throw new IllegalArgumentException(option + " wants NAME=FILE, with a NAME that no contender has, not " + value);
        }
        executables.put(name, Path.of(value.substring(equals + 1)));
    }

    /** Beside web-server, and the baseline last: it sends what others send. */
    private void addExecutables() {
        List<String> ids = new ArrayList<>(contenders);
        ids.addAll(ids.indexOf(Contenders.WEB_SERVER) + 1, executables.keySet());
        if (ids.remove(Contenders.BASELINE)) {
            ids.add(Contenders.BASELINE);
        }
        contenders = List.copyOf(ids);
    }

    /** Whether an executable has to be built with files that it does not ship with. */
    boolean needsFiles() {
        return !measures.stream().allMatch(Measure::isOfThePage);
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
