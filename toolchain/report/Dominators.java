import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What goes with a method: all that is reached through it alone. The algorithm is Cooper, Harvey and Kennedy's, "A Simple, Fast
 * Dominance Algorithm" (2001).
 */
final class Dominators {

    private final CallGraph graph;
    private final int[] place;
    private final int[] dominator;
    private final long[] bytes;
    private final int[] methods;
    private final List<List<Integer>> dominated = new ArrayList<>();

    Dominators(CallGraph graph) {
        this.graph = graph;
        int[] order = graph.reversePostorder();
        place = new int[graph.count()];
        dominator = new int[graph.count()];
        bytes = new long[graph.count()];
        methods = new int[graph.count()];
        List<List<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            place[order[i]] = i;
            dominator[i] = -1;
            callers.add(new ArrayList<>());
            dominated.add(new ArrayList<>());
        }
        for (int caller : order) {
            graph.calls(caller).forEach(callee -> callers.get(callee).add(caller));
        }
        dominator[0] = 0;
        for (boolean changed = true; changed;) {
            changed = false;
            for (int i = 1; i < order.length; i++) {
                int found = -1;
                for (int caller : callers.get(order[i])) {
                    if (dominator[caller] >= 0) {
                        found = found < 0 ? caller : common(found, caller);
                    }
                }
                changed |= dominator[order[i]] != found;
                dominator[order[i]] = found;
            }
        }
        for (int i = order.length - 1; i > 0; i--) {
            int method = order[i];
            bytes[method] += graph.size(method);
            methods[method]++;
            bytes[dominator[method]] += bytes[method];
            methods[dominator[method]] += methods[method];
            dominated.get(dominator[method]).add(method);
        }
    }

    private int common(int one, int other) {
        while (one != other) {
            while (place[one] > place[other]) {
                one = dominator[one];
            }
            while (place[other] > place[one]) {
                other = dominator[other];
            }
        }
        return one;
    }

    /** The tree of all that brings at least so many bytes. */
    void print(long leastBytes, int deepest) {
        print(0, leastBytes, 0, deepest);
    }

    private void print(int method, long leastBytes, int depth, int deepest) {
        List<Integer> kept = dominated.get(method).stream().filter(m -> bytes[m] >= leastBytes)
                .sorted(Comparator.comparingLong(m -> -bytes[m])).toList();
        for (int m : kept) {
            System.out.println("%,10d %6d  %s%s".formatted(bytes[m], methods[m], "  ".repeat(depth), graph.names.get(m)));
            if (depth < deepest) {
                print(m, leastBytes, depth + 1, deepest);
            }
        }
    }
}
