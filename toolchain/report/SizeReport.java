import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Started by ../size-report: prints where the bytes of the executable in a folder are, or why a method is reached. */
final class SizeReport {

    static final int ROWS = 40;
    static final int LEAST_BYTES = 10_000;

    private final Path folder;
    private final CallGraph graph;

    private SizeReport(Path folder) throws IOException {
        this.folder = folder;
        this.graph = CallGraph.read(folder.resolve("reports"));
    }

    /** @param arguments the folder, and a regular expression if the question is why */
    public static void main(String... arguments) throws IOException {
        SizeReport report = new SizeReport(Path.of(arguments[0]));
        if (arguments.length > 1) {
            report.why(Pattern.compile(arguments[1]));
        } else {
            report.print();
        }
    }

    /** The lines of the one report whose name starts so. */
    static List<String> lines(Path reports, String prefix) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(reports, prefix + "*")) {
            for (Path file : files) {
                return Files.readAllLines(file);
            }
        }
        throw new IOException("no " + prefix + "* in " + reports);
    }

    private void print() throws IOException {
        Heap heap = Heap.read(folder.resolve("reports"));
        totals(heap);
        code("Code by package: bytes, methods reached", SizeReport::packageOf);
        code("Code by class: bytes, methods reached", type -> type);
        System.out.println("\n== Code reached through one method alone: bytes, methods; what is inlined counts where it went");
        new Dominators(graph).print();
        heap.print();
    }

    private void totals(Heap heap) throws IOException {
        long code = 0;
        for (int method = 1; method < graph.count(); method++) {
            code += graph.size(method);
        }
        long file = Files.size(folder.resolve("web-server"));
        System.out.println("== Totals: bytes");
        System.out.println("%,11d  code".formatted(code));
        System.out.println("%,11d  heap".formatted(heap.bytes()));
        System.out.println("%,11d  C libraries, alignment and the rest".formatted(file - code - heap.bytes()));
        System.out.println("%,11d  executable".formatted(file));
        Files.readAllLines(folder.resolve("build.log")).stream()
                .filter(line -> line.contains("found reachable") || line.contains("registered for"))
                .forEach(System.out::println);
    }

    private void code(String title, Function<String, String> group) {
        Map<String, long[]> groups = new TreeMap<>();
        for (int method = 1; method < graph.count(); method++) {
            long[] sum = groups.computeIfAbsent(group.apply(graph.type(method)), name -> new long[2]);
            sum[0] += graph.size(method);
            sum[1]++;
        }
        System.out.println("\n== " + title);
        groups.entrySet().stream().sorted(Comparator.comparingLong(e -> -e.getValue()[0])).limit(ROWS)
                .forEach(e -> System.out.println("%,11d %6d  %s".formatted(e.getValue()[0], e.getValue()[1], e.getKey())));
    }

    private static String packageOf(String type) {
        int end = type.lastIndexOf('.');
        return end < 0 ? type : type.substring(0, end);
    }

    /** Callers stand above callees; a method that is called through its type stands below a constructor of that type. */
    private void why(Pattern wanted) {
        int[] callers = graph.nearestCallers();
        int[] found = IntStream.range(1, graph.count()).filter(method -> wanted.matcher(graph.name(method)).find()).toArray();
        for (int method : found) {
            System.out.println("%,d bytes: %s".formatted(graph.size(method), graph.name(method)));
            if (callers[method] < 0) {
                System.out.println("    no way from an entry point: a type on it is made by the builder only");
            } else {
                graph.way(method, callers).forEach(step -> System.out.println("    " + step));
            }
        }
        if (found.length == 0) {
            System.out.println("no method that is reached matches " + wanted);
        }
    }
}
