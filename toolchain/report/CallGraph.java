import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who calls whom, as the builder's analysis saw it, and how many bytes of code each method became. Node 0 is the root; methods
 * are numbered from 1.
 */
final class CallGraph {

    private static final int ROOT = 0;
    private static final Pattern COMPILED = Pattern.compile("\\s*\\d+\\s+(\\d+) (.+?): frame.*");

    final List<String> names = new ArrayList<>(List.of("(entry points)"));
    final List<String> types = new ArrayList<>(List.of(""));
    private final List<List<Integer>> calls = new ArrayList<>(List.of(new ArrayList<>()));
    private final Map<String, Integer> sizes = new HashMap<>();

    /** @param reports the folder that -H:+PrintAnalysisCallTree and -H:+PrintUniverse wrote to */
    static CallGraph read(Path reports) throws IOException {
        CallGraph graph = new CallGraph();
        graph.readSizes(newest(reports, "universe_compilation"));
        List<Boolean> entries = graph.readMethods(reports.resolve("call_tree_methods.csv"));
        graph.readCalls(reports, entries);
        return graph;
    }

    int count() {
        return names.size();
    }

    int size(int method) {
        return sizes.getOrDefault(names.get(method), 0);
    }

    private static Path newest(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).max(Path::compareTo)
                    .orElseThrow(() -> new IOException("no " + prefix + "*.txt in " + folder));
        }
    }

    private void readSizes(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            Matcher method = COMPILED.matcher(line);
            if (method.matches()) {
                sizes.merge(method.group(2).replace(" ", ""), Integer.parseInt(method.group(1)), Integer::sum);
            }
        }
    }

    /** Id,Name,Type,Parameters,Return,Display,Flags,IsEntryPoint. */
    private List<Boolean> readMethods(Path file) throws IOException {
        List<Boolean> entries = new ArrayList<>(List.of(false));
        for (String line : Files.readAllLines(file).subList(1, (int) Files.lines(file).count())) {
            String[] cells = line.split(",");
            String parameters = cells[3].equals("empty") ? "" : cells[3].replace(' ', ',');
            names.add(cells[2] + "." + cells[1] + "(" + parameters + ")");
            types.add(cells[2]);
            calls.add(new ArrayList<>());
            entries.add(cells[cells.length - 1].equals("true"));
        }
        return entries;
    }

    /**
     * A method that is called through its type is reached because the type is made somewhere: it is counted for the
     * constructors of its type, where there are any, and not for each of its callers.
     */
    private void readCalls(Path reports, List<Boolean> entries) throws IOException {
        Map<String, List<Integer>> constructors = new HashMap<>();
        for (int method = 1; method < count(); method++) {
            if (names.get(method).contains(".<init>(")) {
                constructors.computeIfAbsent(types.get(method), type -> new ArrayList<>()).add(method);
            }
        }
        List<int[]> invokes = new ArrayList<>();
        for (String line : Files.readAllLines(reports.resolve("call_tree_invokes.csv"))) {
            String[] cells = line.split(",");
            if (!cells[0].equals("Id")) {
                invokes.add(new int[] { Integer.parseInt(cells[1]) + 1, cells[4].equals("true") ? 1 : 0 });
            }
        }
        boolean[] made = new boolean[count()];
        for (String line : Files.readAllLines(reports.resolve("call_tree_targets.csv"))) {
            String[] cells = line.split(",");
            if (cells[0].equals("InvokeId")) {
                continue;
            }
            int[] invoke = invokes.get(Integer.parseInt(cells[0]));
            int target = Integer.parseInt(cells[1]) + 1;
            List<Integer> makers = constructors.get(types.get(target));
            if (invoke[1] == 1 || makers == null) {
                calls.get(invoke[0]).add(target);
            } else {
                made[target] = true;
            }
        }
        for (int method = 1; method < count(); method++) {
            List<Integer> makers = constructors.get(types.get(method));
            if (made[method] && makers != null) {
                int called = method;
                makers.forEach(maker -> calls.get(maker).add(called));
            } else if (entries.get(method)) {
                calls.get(ROOT).add(method);
            }
        }
    }

    List<Integer> calls(int method) {
        return calls.get(method);
    }

    /** Every method, callers before callees where there is no cycle; what is reached in no other way is called by the root. */
    int[] reversePostorder() {
        boolean[] seen = new boolean[count()];
        List<Integer> postorder = new ArrayList<>(count());
        visit(ROOT, seen, postorder);
        for (int method = 1; method < count(); method++) {
            if (!seen[method]) {
                calls.get(ROOT).add(method);
                visit(method, seen, postorder);
            }
        }
        postorder.remove((Integer) ROOT);
        postorder.add(ROOT);
        Collections.reverse(postorder);
        return postorder.stream().mapToInt(Integer::intValue).toArray();
    }

    private void visit(int from, boolean[] seen, List<Integer> postorder) {
        Deque<int[]> path = new ArrayDeque<>();
        seen[from] = true;
        path.push(new int[] { from, 0 });
        while (!path.isEmpty()) {
            int[] top = path.peek();
            List<Integer> callees = calls.get(top[0]);
            if (top[1] == callees.size()) {
                postorder.add(path.pop()[0]);
            } else {
                int callee = callees.get(top[1]++);
                if (!seen[callee]) {
                    seen[callee] = true;
                    path.push(new int[] { callee, 0 });
                }
            }
        }
    }

    /** The shortest way from an entry point; empty where there is none. */
    List<Integer> wayTo(int method) {
        int[] from = new int[count()];
        Arrays.fill(from, -1);
        Deque<Integer> next = new ArrayDeque<>(List.of(ROOT));
        from[ROOT] = ROOT;
        while (!next.isEmpty() && from[method] < 0) {
            int caller = next.poll();
            for (int callee : calls.get(caller)) {
                if (from[callee] < 0) {
                    from[callee] = caller;
                    next.add(callee);
                }
            }
        }
        List<Integer> way = new ArrayList<>();
        for (int at = method; from[at] >= 0 && at != ROOT; at = from[at]) {
            way.add(0, at);
        }
        return way;
    }
}
