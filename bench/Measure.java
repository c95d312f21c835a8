import java.util.ArrayList;
import java.util.List;

/** One load: which file, by how many connections, asked for how. */
record Measure(String id, String title, String path, int connections, boolean keepsAlive, Asks asks) {

    /** What is asked for, and so what has to come back. */
    enum Asks {
        IDENTITY, GZIP, NOT_MODIFIED
    }

    /** The one by which contenders are compared first. */
    static final String MAIN = "index-64";

    /** The one under which memory is read. */
    static final String MEMORY = "index-1024";

    static final List<Measure> ALL = all();

    private static List<Measure> all() {
        List<Measure> all = new ArrayList<>();
        for (boolean keepsAlive : new boolean[] { true, false }) {
            for (int connections : new int[] { 1, 64, 1_024 }) {
                String id = "index-" + connections + (keepsAlive ? "" : "-close");
                String title = String.format("the page, %,d connection%s, %s", connections, connections == 1 ? "" : "s",
                        keepsAlive ? "keep-alive" : "a new connection for each request");
                all.add(new Measure(id, title, "/", connections, keepsAlive, Asks.IDENTITY));
            }
        }
        all.add(file("1kB", "a file of 1 kB", "/1k.html", Asks.IDENTITY));
        all.add(file("10kB", "a file of 10 kB", "/10k.html", Asks.IDENTITY));
        all.add(file("100kB", "a file of 100 kB", "/100k.html", Asks.IDENTITY));
        all.add(file("1MB", "a file of 1 MB", "/1m.bin", Asks.IDENTITY));
        all.add(file("gzip", "the page, compressed", "/", Asks.GZIP));
        all.add(file("gzip-100kB", "a file of 100 kB, compressed", "/100k.html", Asks.GZIP));
        all.add(file("304", "the page, which the client has already: 304", "/", Asks.NOT_MODIFIED));
        return List.copyOf(all);
    }

    private static Measure file(String id, String title, String path, Asks asks) {
        return new Measure(id, title + ", 64 connections, keep-alive", path, 64, true, asks);
    }

    static Measure of(String id) {
        return ALL.stream().filter(measure -> measure.id.equals(id)).findFirst().orElseThrow();
    }
}
