import java.util.ArrayList;
import java.util.List;

/** One load: which file, by how many connections, asked for how. */
record Measure(String id, String title, String path, int connections, boolean keepsAlive, Asks asks, Sends sends) {

    /** What is asked for, and so what has to come back. */
    enum Asks {
        IDENTITY, GZIP, ANY_CODING, NOT_MODIFIED
    }

    /** Who sends what: wrk one and the same request, wrk {@link IngressRequests}, or load.c these. */
    enum Sends {
        IDENTICAL, DISTINCT, DISTINCT_BY_LOADER;

        boolean isDistinct() {
            return this != IDENTICAL;
        }

        boolean isByWrk() {
            return this != DISTINCT_BY_LOADER;
        }
    }

    /** The one by which contenders are compared first. */
    static final String MAIN = "distinct";

    /** The same, but the client has the page already. */
    static final String REVALIDATION = "distinct-304";

    /** The same requests by another program, in one segment each and in two. */
    static final String ONE_READ = "one-read";
    static final String TWO_READS = "two-reads";

    /** The one under which memory is read. */
    static final String MEMORY = "index-1024";

    static final List<Measure> ALL = all();

    private static List<Measure> all() {
        List<Measure> all = new ArrayList<>();
        all.add(distinct(MAIN, "the page, distinct requests as an ingress sends them", 64, Asks.ANY_CODING, Sends.DISTINCT));
        all.add(distinct(REVALIDATION, "the same, revalidated by If-None-Match: 304", 64, Asks.NOT_MODIFIED, Sends.DISTINCT));
        all.add(distinct(ONE_READ, "distinct requests, by load.c", 64, Asks.ANY_CODING, Sends.DISTINCT_BY_LOADER));
        all.add(distinct(TWO_READS, "the same, each head in two reads, 64 responses awaited", 256, Asks.ANY_CODING,
                Sends.DISTINCT_BY_LOADER));
        for (boolean keepsAlive : new boolean[] { true, false }) {
            for (int connections : new int[] { 1, 64, 1_024 }) {
                String id = "index-" + connections + (keepsAlive ? "" : "-close");
                String title = String.format("the page, identical requests, %,d connection%s, %s", connections,
                        connections == 1 ? "" : "s", keepsAlive ? "keep-alive" : "a new connection for each request");
                all.add(new Measure(id, title, "/", connections, keepsAlive, Asks.IDENTITY, Sends.IDENTICAL));
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

    private static Measure distinct(String id, String title, int connections, Asks asks, Sends sends) {
        return new Measure(id, title + ", " + connections + " connections, keep-alive", "/", connections, true, asks, sends);
    }

    private static Measure file(String id, String title, String path, Asks asks) {
        return new Measure(id, title + ", identical requests, 64 connections, keep-alive", path, 64, true, asks,
                Sends.IDENTICAL);
    }

    static Measure of(String id) {
        return ALL.stream().filter(measure -> measure.id.equals(id)).findFirst().orElseThrow();
    }

    /** Whether it asks for the page, which an executable of the project has as it ships. */
    boolean isOfThePage() {
        return path.equals("/");
    }
}
