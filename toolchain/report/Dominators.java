import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What goes with a method: all that is reached through it alone. The algorithm is Cooper, Harvey and Kennedy's, "A Simple, Fast
 * Dominance Algorithm" (2001).
 */
final class Dominators {

    private static final int DEEPEST = 12;

    private final CallGraph graph;
    private final int[] order;
    private final int[] place;
    private final int[] dominator;
    private final long[] bytes;
    private final int[] methods;
    private final List<List<Integer>> dominated;

    Dominators(CallGraph graph) {
        this.graph = graph;
        order = graph.reversePostorder();
        place = new int[order.length];
        dominator = new int[order.length];
        bytes = new long[order.length];
        methods = new int[order.length];
        dominated = lists();
        find();
        sum();
    }

    private List<List<Integer>> lists() {
        return Stream.<List<Integer>>generate(ArrayList::new).limit(order.length).toList();
    }

    private void find() {
        List<List<Integer>> callers = lists();
        for (int i = 0; i < order.length; i++) {
            int caller = order[i];
            place[caller] = i;
            graph.calls(caller).forEach(callee -> callers.get(callee).add(caller));
        }
        Arrays.fill(dominator, 1, order.length, -1);
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

    private void sum() {
        for (int i = order.length - 1; i > 0; i--) {
            int method = order[i];
            bytes[method] += graph.size(method);
            methods[method]++;
            bytes[dominator[method]] += bytes[method];
            methods[dominator[method]] += methods[method];
            dominated.get(dominator[method]).add(method);
        }
    }

    /** The tree of all that brings at least LEAST_BYTES. */
    void print() {
        print(0, 0);
    }

    private void print(int method, int depth) {
        dominated.get(method).stream().filter(m -> bytes[m] >= SizeReport.LEAST_BYTES)
                .sorted(Comparator.comparingLong(m -> -bytes[m])).forEach(m -> {
            System.out.println("%,11d %6d  %s%s".formatted(bytes[m], methods[m], "  ".repeat(depth), graph.name(m)));
            if (depth < DEEPEST) {
                print(m, depth + 1);
            }
        });
    }
}
