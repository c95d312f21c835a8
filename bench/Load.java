import java.io.IOException;
import java.net.URI;
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

/** wrk, or load.c, run once against a server. */
final class Load {

    private static final Pattern FIGURE = Pattern.compile("([a-z0-9]+)=([0-9]+)");
    private static final Path LOG = Path.of("target/bench/log/load.log");

    /** How far the bytes that came may be from those that so many responses have. */
    private static final double TOLERANCE = 0.01;

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

    static Path program() throws IOException, NotMeasured {
        return Builds.c("bench/load.c", "load");
    }

    private static List<String> command(Measure measure, Check.Passed passed, String url, int seconds)
            throws IOException, NotMeasured {
        return measure.sends().isByWrk() ? wrk(measure, passed.fields(), url, seconds)
                : loader(measure, passed.response(), url, seconds);
    }

    private static List<String> wrk(Measure measure, List<String> fields, String url, int seconds) {
        int threads = Math.min(2, measure.connections());
        List<String> command = new ArrayList<>(List.of("wrk", "-t" + threads, "-c" + measure.connections(),
                "-d" + seconds + "s", "-s", "bench/wrk.lua"));
        if (!measure.sends().isDistinct()) {
            fields.forEach(field -> command.addAll(List.of("-H", field)));
        }
        command.add(url);
        if (measure.sends().isDistinct()) {
            command.addAll(List.of("--", IngressRequests.FILE.toString(), "" + threads));
            command.addAll(fields);
        }
        return command;
    }

    /** As one would type it. */
    static String shown(Measure measure, int seconds) {
        if (!measure.sends().isByWrk()) {
            return "load %s PORT %d %d %s LENGTH".formatted(measure.id(), measure.connections(), seconds, IngressRequests.FILE);
        }
        List<String> fields = new ArrayList<>();
        switch (measure.asks()) {
            case GZIP -> fields.add("'Accept-Encoding: gzip'");
            case NOT_MODIFIED -> fields.add("'If-None-Match: ETAG'");
            default -> { }
        }
        if (!measure.keepsAlive()) {
            fields.add("'Connection: close'");
        }
        return String.join(" ", wrk(measure, fields, "http://127.0.0.1:PORT" + measure.path(), seconds));
    }

    private static List<String> loader(Measure measure, Exchange.Response response, String url, int seconds)
            throws IOException, NotMeasured {
        return List.of(program().toString(), measure.id(), "" + URI.create(url).getPort(),
                "" + measure.connections(), "" + seconds, IngressRequests.FILE.toString(), "" + response.bytes().length);
    }

    static Outcome run(Contender contender, Server server, Measure measure, Check.Passed passed, int seconds, int round)
            throws IOException, NotMeasured {
        List<String> command = command(measure, passed, contender.url(measure), seconds);
        Machine.Time timeBefore = Machine.Time.now();
        Duration before = server.processorTime();
        Process load = Processes.start(command, Map.of(), LOG);
        Server.Memory memory = null;
        if (measure.id().equals(Measure.MEMORY)) {
            // Once and late: to read it holds the server up.
            Bench.pause(Duration.ofMillis(seconds * 800L));
            memory = server.memory();
        }
        int code = Processes.waitFor(load);
        // Of a process per connection the system forgets the time when it ends.
        double processorSeconds = contender.forks() ? Double.NaN : server.processorTime().minus(before).toNanos() / 1e9;
        double others = Machine.Time.now().othersSince(timeBefore, processorSeconds);
        String output = Files.readString(LOG, StandardCharsets.ISO_8859_1);
        if (code != 0 || !output.contains("measured ")) {
            throw new NotMeasured(command.getFirst() + " failed: " + Processes.lastLine(LOG));
        }
        Sample sample = sample(contender, round, measure, processorSeconds, others, output);
        checkBytes(sample, measure, passed.response());
        return new Outcome(sample, memory);
    }

    /** What was checked before the load may be answered otherwise under it, as by 200 where it was 304. */
    private static void checkBytes(Sample sample, Measure measure, Exchange.Response response) throws NotMeasured {
        double expected = (double) sample.requests() * response.bytes().length;
        double unfinished = (double) (measure.connections() + sample.errors()) * response.bytes().length;
        if (sample.bytes() < expected * (1 - TOLERANCE) || sample.bytes() > expected * (1 + TOLERANCE) + unfinished) {
            throw new NotMeasured("under load its responses have %d bytes, not %d".formatted(sample.bytes() / sample.requests(),
                    response.bytes().length));
        }
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
