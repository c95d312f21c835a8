import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk, run once against a server. */
final class Load {

    private static final Pattern FIGURE = Pattern.compile("([a-z0-9]+)=([0-9]+)");
    private static final Path LOG = Path.of("target/bench/log/wrk.log");

    /** @param memory of the server while it is under load, where it was read */
    record Outcome(Sample sample, Server.Memory memory) {
    }

    /**
     * What one load brought.
     *
     * @param bytes with the heads of the answers
     * @param processorSeconds of the server's processes
     * @param others the part of the machine that neither the server nor this program used
     * @param errors connections and answers that failed, timeouts included
     */
    record Sample(String contender, int round, String measure, long requests, double seconds, long bytes, long p50Micros,
            long p99Micros, long p999Micros, double processorSeconds, double others, long errors) {

        double requestsPerSecond() {
            return requests / seconds;
        }

        double requestsPerProcessorSecond() {
            return requests / processorSeconds;
        }

        double bytesPerSecond() {
            return bytes / seconds;
        }
    }

    private Load() {
    }

    static List<String> command(Measure measure, List<String> fields, String url, int seconds) {
        List<String> command = new ArrayList<>(List.of("wrk", "-t" + Math.min(2, measure.connections()),
                "-c" + measure.connections(), "-d" + seconds + "s", "-s", "bench/wrk.lua"));
        fields.forEach(field -> command.addAll(List.of("-H", field)));
        command.add(url);
        return command;
    }

    static Outcome run(Contender contender, Server server, Measure measure, List<String> fields, int seconds, int round)
            throws IOException, NotMeasured {
        Machine.Time timeBefore = Machine.Time.now();
        Duration before = server.processorTime();
        Process wrk = Processes.start(command(measure, fields, contender.url(measure), seconds), Map.of(), LOG);
        Server.Memory memory = null;
        if (measure.id().equals(Measure.MEMORY)) {
            // Once and late: to read it holds the server up.
            Bench.pause(Duration.ofMillis(seconds * 800L));
            memory = server.memory();
        }
        int code = Processes.waitFor(wrk);
        // Of a process per connection the system forgets the time when it ends.
        double processorSeconds = contender.forks() ? Double.NaN : server.processorTime().minus(before).toNanos() / 1e9;
        double others = Machine.Time.now().othersSince(timeBefore, processorSeconds);
        String output = Files.readString(LOG, StandardCharsets.ISO_8859_1);
        if (code != 0 || !output.contains("measured ")) {
            throw new NotMeasured("wrk failed: " + Processes.lastLine(LOG));
        }
        return new Outcome(sample(contender, round, measure, processorSeconds, others, output), memory);
    }

    private static Sample sample(Contender contender, int round, Measure measure, double processorSeconds, double others,
            String output) throws NotMeasured {
        Map<String, Long> figures = new HashMap<>();
        Matcher matcher = FIGURE.matcher(output.substring(output.indexOf("measured ")));
        while (matcher.find()) {
            figures.put(matcher.group(1), Long.parseLong(matcher.group(2)));
        }
        if (figures.get("status") > 0 || figures.get("requests") == 0) {
            throw new NotMeasured(figures.get("status") + " of " + figures.get("requests") + " answers under load were errors");
        }
        long errors = figures.get("connect") + figures.get("read") + figures.get("write") + figures.get("timeout");
        return new Sample(contender.id(), round, measure.id(), figures.get("requests"), figures.get("micros") / 1e6,
                figures.get("bytes"), figures.get("p50"), figures.get("p99"), figures.get("p999"),
                processorSeconds, others, errors);
    }
}
