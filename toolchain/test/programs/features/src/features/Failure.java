package features;

import java.util.List;

/** Ends in an exception with a cause; the traces cross lambdas, the JDK and a recursion. */
final class Failure {

    private Failure() {
    }

    static void main(String[] arguments) {
        try {
            descend(Integer.parseInt(arguments[0]));
        } catch (RuntimeException e) {
            throw new IllegalStateException("could not go on", e);
        }
    }

    private static void descend(int depth) {
        if (depth > 0) {
            descend(depth - 1);
        } else {
            List.of("a", "b").forEach(text -> {
                if (text.equals("b")) {
                    throw new UnsupportedOperationException(text);
                }
            });
        }
    }
}
