import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many connections at once that are idle after one request each.
 *
 * @param answered connections that got a response
 * @param open those that the server has not closed
 * @param alive whether it answers another connection meanwhile
 */
record Crowd(String contender, int round, int connections, int answered, int open, boolean alive, long resident, long own) {

    /** As many as web-server takes by default. */
    static final int IDLE = 5_000;

    /** More than it takes. */
    static final int OFFERED = 10_000;

    private static final Pattern OUTPUT = Pattern.compile("connections=[0-9]+ answered=([0-9]+) open=([0-9]+)");
    private static final Path LOG = Path.of("target/bench/log/crowd.log");

    static Crowd of(Contender contender, Server server, int connections, Path program, int round, Duration settling)
            throws IOException, NotMeasured {
        Process process = Processes.startPiped(List.of(program.toString(), "" + contender.port(), "" + connections,
                IngressRequests.FILE.toString()), LOG);
        try (var output = process.inputReader(StandardCharsets.US_ASCII); var end = process.getOutputStream()) {
            String line = output.readLine();
            Matcher matcher = OUTPUT.matcher(line == null ? "" : line);
            if (!matcher.matches()) {
                throw new NotMeasured("%,d connections: %s".formatted(connections, Processes.lastLine(LOG)));
            }
            Bench.pause(settling);
            Server.Memory memory = server.memory();
            return new Crowd(contender.id(), round, connections, Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)), server.answers(), memory.resident(), memory.own());
        } finally {
            Processes.waitFor(process);
        }
    }
}
