import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Started by ../size-report: prints where the bytes of the executable in a folder are, or why a method is reached. */
final class SizeReport {

    private static final int ROWS = 40;
    private static final int LEAST_BYTES = 10_000;
    private static final int DEEPEST = 12;
    private static final int SHOWN_WAYS = 5;
    private static final Pattern REGISTERED = Pattern.compile("\"(?:name|type)\"\\s*:\\s*\"");

    private final Path folder;
    private final CallGraph graph;

    private SizeReport(Path folder) throws IOException {
        this.folder = folder;
        this.graph = CallGraph.read(folder.resolve("reports"));
    }

    public static void main(String... arguments) throws IOException {
        SizeReport report = new SizeReport(Path.of(arguments[0]));
        if (arguments.length == 3 && arguments[1].equals("why")) {
            report.why(Pattern.compile(arguments[2]));
        } else {
            report.totals();
            report.code("Code by package, bytes and methods", SizeReport::packageOf);
            report.code("Code by class, bytes and methods", type -> type);
            System.out.println("\n== What is reached through one method alone, bytes and methods");
            new Dominators(report.graph).print(LEAST_BYTES, DEEPEST);
            report.heap();
            report.registrations();
        }
    }

    private void why(Pattern wanted) {
        for (int method = 1; method < graph.count(); method++) {
            if (wanted.matcher(graph.names.get(method)).find()) {
                System.out.println(graph.size(method) + " bytes: " + graph.names.get(method));
                graph.wayTo(method).forEach(step -> System.out.println("    " + graph.names.get(step)));
            }
        }
    }

    /** What the builder says of its work, and of the parts of the heap. */
    private void totals() throws IOException {
        System.out.println("== Totals; symbols are about a tenth and are not in the executable that is shipped");
        print(line -> line.contains("found reachable") || line.contains("registered for") || line.contains("for code area")
                || line.contains("for image heap") || line.contains("total image size")
                || line.startsWith("PrintImageHeapPartitionSizes"));
    }

    private void print(Predicate<String> wanted) throws IOException {
        Files.readAllLines(folder.resolve("build.log")).stream().filter(wanted).forEach(System.out::println);
    }

    private void code(String title, Function<String, String> group) {
        Map<String, long[]> groups = new TreeMap<>();
        for (int method = 1; method < graph.count(); method++) {
            long[] sum = groups.computeIfAbsent(group.apply(graph.types.get(method)), name -> new long[2]);
            sum[0] += graph.size(method);
            sum[1]++;
        }
        System.out.println("\n== " + title);
        groups.entrySet().stream().sorted(Comparator.comparingLong(e -> -e.getValue()[0])).limit(ROWS)
                .forEach(e -> System.out.println("%,10d %6d  %s".formatted(e.getValue()[0], e.getValue()[1], e.getKey())));
    }

    private static String packageOf(String type) {
        int end = type.lastIndexOf('.');
        return end < 0 ? type : type.substring(0, end);
    }

    /** The first histogram is of the whole heap; those after it are of its parts. */
    private void heap() throws IOException {
        System.out.println("\n== Heap by type: objects, bytes, share");
        List<String> log = Files.readAllLines(folder.resolve("build.log"));
        int start = log.indexOf("=== Total ===");
        log.stream().skip(Math.max(0, start) + 1L).limit(ROWS + 1L).forEach(System.out::println);
    }

    /** How many names each file of reflection metadata on the class path asks for; --exclude-config leaves some out. */
    private void registrations() throws IOException {
        System.out.println("\n== Names in reflection metadata, by file; those that native-image.args excludes do not count");
        System.out.println(Files.readString(folder.resolve("native-image.args")).replaceAll("(?s).*?(--exclude-config \\S+ \\S+)|.+", "$1\n").strip());
        try (Stream<Path> jars = Files.walk(folder).filter(file -> file.toString().endsWith(".jar")).sorted()) {
            for (Path jar : jars.toList()) {
                registrations(jar);
            }
        }
    }

    private static void registrations(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> e.getName().startsWith("META-INF/native-image/"))
                    .filter(e -> e.getName().endsWith("reflect-config.json") || e.getName().endsWith("reachability-metadata.json"))
                    .map(e -> (ZipEntry) e).toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    System.out.println("%6d  %s %s".formatted(REGISTERED.matcher(text).results().count(), jar.getFileName(), entry.getName()));
                }
            }
        }
    }
}
