import java.io.IOException;
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

/** Who calls whom, as the builder's analysis saw it, and how many bytes of code each method became. Node 0 is the root. */
final class CallGraph {

    private static final int ROOT = 0;
    private static final Pattern COMPILED = Pattern.compile("\\s*\\d+\\s+(\\d+) (.+?): frame.*");

    private record Method(String type, String name, int bytes, boolean isEntry, List<Integer> calls) {
    }

    private final List<Method> methods = new ArrayList<>(List.of(new Method("", "", 0, false, new ArrayList<>())));
    private final Map<String, Integer> nodes = new HashMap<>();

    /** @param reports the folder that -H:+PrintAnalysisCallTree and -H:+PrintUniverse wrote to */
    static CallGraph read(Path reports) throws IOException {
        CallGraph graph = new CallGraph();
        graph.readMethods(reports);
        graph.readCalls(reports);
        return graph;
    }

    int count() {
        return methods.size();
    }

    int size(int method) {
        return methods.get(method).bytes;
    }

    String name(int method) {
        return methods.get(method).name;
    }

    String type(int method) {
        return methods.get(method).type;
    }

    List<Integer> calls(int method) {
        return methods.get(method).calls;
    }

    private static Map<String, Integer> sizes(Path reports) throws IOException {
        Map<String, Integer> sizes = new HashMap<>();
        for (String line : SizeReport.lines(reports, "universe_compilation")) {
            Matcher method = COMPILED.matcher(line);
            if (method.matches()) {
                sizes.merge(method.group(2), Integer.parseInt(method.group(1)), Integer::sum);
            }
        }
        return sizes;
    }

    /** The rows of a table without its title. They are in no order of their Ids. */
    private static List<String[]> rows(Path reports, String table) throws IOException {
        return SizeReport.lines(reports, table).stream().skip(1).map(line -> line.split(",")).toList();
    }

    /**
     * Rows are Id,Name,Type,Parameters,Return,Display,Flags,IsEntryPoint. Where methods differ in what they return only, as a
     * bridge and what it leads to, the sizes do not say which is which: the first has them all.
     */
    private void readMethods(Path reports) throws IOException {
        Map<String, Integer> sizes = sizes(reports);
        for (String[] row : rows(reports, "call_tree_methods")) {
            String parameters = row[3].equals("empty") ? "" : row[3].replace(" ", ", ");
            String name = row[2] + "." + row[1] + "(" + parameters + ")";
            Integer bytes = sizes.remove(name);
            nodes.put(row[0], count());
            methods.add(new Method(row[2], name, bytes == null ? 0 : bytes, row[7].equals("true"), new ArrayList<>()));
        }
        if (!sizes.isEmpty()) {
            throw new IOException("compiled methods that are not in the call tree: " + sizes.keySet());
        }
    }

    /**
     * Rows are Id,MethodId,BytecodeIndexes,TargetId,IsDirect and InvokeId,TargetId. A method that is called through its type is
     * reached because the type is made somewhere: it is counted for the constructors of its type, where there are any, and not
     * for each of its callers.
     */
    private void readCalls(Path reports) throws IOException {
        Map<String, List<Integer>> constructors = new HashMap<>();
        for (int method = 1; method < count(); method++) {
            if (name(method).contains(".<init>(")) {
                constructors.computeIfAbsent(type(method), type -> new ArrayList<>()).add(method);
            }
        }
        Map<String, String[]> invokes = new HashMap<>();
        rows(reports, "call_tree_invokes").forEach(row -> invokes.put(row[0], row));
        boolean[] made = new boolean[count()];
        for (String[] row : rows(reports, "call_tree_targets")) {
            String[] invoke = invokes.get(row[0]);
            int target = nodes.get(row[1]);
            if (invoke[4].equals("true") || !constructors.containsKey(type(target))) {
                calls(nodes.get(invoke[1])).add(target);
            } else {
                made[target] = true;
            }
        }
        for (int method = 1; method < count(); method++) {
            if (made[method]) {
                for (int constructor : constructors.get(type(method))) {
                    calls(constructor).add(method);
                }
            } else if (methods.get(method).isEntry) {
                calls(ROOT).add(method);
            }
        }
    }

    /** Every method, callers before callees where there is no cycle; what is reached in no other way is called by the root. */
    int[] reversePostorder() {
        boolean[] seen = new boolean[count()];
        List<Integer> postorder = new ArrayList<>(count());
        visit(ROOT, seen, postorder);
        for (int method = 1; method < count(); method++) {
            if (!seen[method]) {
                calls(ROOT).add(method);
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
            List<Integer> callees = calls(top[0]);
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

    /** For each method its caller on a shortest way from an entry point; -1 where there is none. */
    int[] nearestCallers() {
        int[] callers = new int[count()];
        Arrays.fill(callers, -1);
        Deque<Integer> next = new ArrayDeque<>(List.of(ROOT));
        while (!next.isEmpty()) {
            int caller = next.poll();
            for (int callee : calls(caller)) {
                if (callers[callee] < 0) {
                    callers[callee] = caller;
                    next.add(callee);
                }
            }
        }
        return callers;
    }

    /** The names from an entry point to a method. */
    List<String> way(int method, int[] nearestCallers) {
        List<String> way = new ArrayList<>();
        for (int at = method; at > ROOT; at = nearestCallers[at]) {
            way.add(0, name(at));
        }
        return way;
    }
}
