import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The contender that sends a constant response without parsing: for each load the bytes that another one sends. */
final class Baseline {

    private static final Path FOLDER = Path.of("target/bench/answers");
    private static final String SOURCE = "bench/contenders/baseline.c";

    private Baseline() {
    }

    static Path executable() throws IOException, NotMeasured {
        return Builds.c(SOURCE, Contenders.BASELINE);
    }

    /** @param others web-server first: what it sends is preferred */
    static Contender of(int port, List<Contender> others, List<Measure> measures) throws IOException, NotMeasured {
        Map<Measure, byte[]> responses = new LinkedHashMap<>();
        byte[] page = null;
        for (Contender other : others) {
            if (page == null || !responses.keySet().containsAll(measures)) {
                page = collect(other, measures, responses, page);
            }
        }
        if (page == null) {
            throw new NotMeasured("no other contender sends what it is to send");
        }
        List<String> command = new ArrayList<>(List.of(executable().toString()));
        command.addAll(List.of("" + port, written("page", page)));
        for (Map.Entry<Measure, byte[]> response : responses.entrySet()) {
            command.add("" + (port + 1 + Measure.ALL.indexOf(response.getKey())));
            command.add(written(response.getKey().id(), response.getValue()));
        }
        return Contender.of(Contenders.BASELINE, "baseline", port, List.of("gcc", "--version"),
                "two threads, each reads to the end of a head and sends a constant response without parsing: " + SOURCE,
                command.toArray(String[]::new));
    }

    private static byte[] collect(Contender other, List<Measure> measures, Map<Measure, byte[]> responses, byte[] page)
            throws IOException {
        try (Server server = Server.start(other, other.command())) {
            for (Measure measure : measures) {
                if (!responses.containsKey(measure)) {
                    collect(other, measure, responses);
                }
            }
            return page != null ? page : Exchange.get(other.port(), "/", List.of("Host: 127.0.0.1")).bytes();
        } catch (NotMeasured e) {
            // Told when it has its turn.
            return page;
        }
    }

    private static void collect(Contender other, Measure measure, Map<Measure, byte[]> responses) throws IOException {
        try {
            responses.put(measure, Check.of(other, measure).response().bytes());
        } catch (NotMeasured e) {
            // Told when it has its turn; the next contender may send it.
        }
    }

    private static String written(String name, byte[] response) throws IOException {
        Files.createDirectories(FOLDER);
        return Files.write(FOLDER.resolve(name), response).toString();
    }
}
