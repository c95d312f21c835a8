import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The heap that the executable starts with, as -H:+PrintImageHeapConnectedComponents divides it: the builder's own groups, and
 * for the rest the sets of objects that refer to one another.
 */
final class Heap {

    private static final int HOLDERS = 8;
    private static final Pattern TITLE = Pattern.compile("=+ (?:ComponentId|(Group))=(\\w+) \\| .*");
    private static final Pattern TYPE = Pattern.compile("\\s*(\\d+)\\s+(\\d+)\\s+[\\d.]+%\\s+[\\d.]+% (.+)");

    private final List<Part> parts = new ArrayList<>();

    private record Part(String name, Map<String, long[]> types, List<String> holders) {

        long bytes() {
            return types.values().stream().mapToLong(sum -> sum[0]).sum();
        }

        long objects() {
            return types.values().stream().mapToLong(sum -> sum[1]).sum();
        }
    }

    static Heap read(Path reports) throws IOException {
        Heap heap = new Heap();
        for (String line : SizeReport.lines(reports, "connected_components")) {
            Matcher title = TITLE.matcher(line);
            Matcher type = TYPE.matcher(line);
            if (title.matches()) {
                heap.parts.add(new Part(title.group(1) == null ? "" : title.group(2), new HashMap<>(), new ArrayList<>()));
            } else if (heap.parts.isEmpty()) {
                continue;
            } else if (type.matches()) {
                long bytes = Long.parseLong(type.group(2));
                add(heap.parts.getLast().types, type.group(3), bytes, Long.parseLong(type.group(1)));
            } else if (line.startsWith("\t") && !line.startsWith("\t...")) {
                heap.parts.getLast().holders.add(line.strip());
            }
        }
        return heap;
    }

    long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    void print() {
        Map<String, long[]> types = new HashMap<>();
        parts.forEach(part -> part.types.forEach((type, sum) -> add(types, type, sum[0], sum[1])));
        System.out.println("\n== Heap by type: bytes, objects");
        largest(types).limit(SizeReport.ROWS).forEach(e -> print("", e));
        System.out.println("\n== Heap by what holds it: bytes, objects; DynamicHubs are of classes, ImageCodeInfo of code");
        parts.stream().filter(part -> part.bytes() >= SizeReport.LEAST_BYTES)
                .sorted(Comparator.comparingLong(part -> -part.bytes())).forEach(Heap::print);
    }

    private static void print(Part part) {
        String holders = part.holders.stream().distinct().limit(HOLDERS).collect(Collectors.joining(", "));
        System.out.println("%,11d %6d  %s%s".formatted(part.bytes(), part.objects(), part.name, holders));
        largest(part.types).filter(e -> e.getValue()[0] >= SizeReport.LEAST_BYTES).forEach(e -> print("  ", e));
    }

    private static void print(String indent, Map.Entry<String, long[]> type) {
        System.out.println("%,11d %6d  %s%s".formatted(type.getValue()[0], type.getValue()[1], indent, type.getKey()));
    }

    private static void add(Map<String, long[]> sums, String type, long bytes, long objects) {
        long[] sum = sums.computeIfAbsent(type, name -> new long[2]);
        sum[0] += bytes;
        sum[1] += objects;
    }

    private static Stream<Map.Entry<String, long[]>> largest(Map<String, long[]> sums) {
        return sums.entrySet().stream().sorted(Comparator.comparingLong(e -> -e.getValue()[0]));
    }
}
