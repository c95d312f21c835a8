package org.bakedpage.nativeimage;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An option that the launcher itself serves.
 *
 * @param usage as the help shows it
 * @param extra whether it is in the help of {@code --help-extra}
 */
record LauncherOption(Form form, List<String> names, String usage, boolean extra, String help, Action action) {

    enum Form {
        /** {@code --flag} */
        FLAG,
        /** {@code --name value} and, for names with two dashes, {@code --name=value} */
        VALUE,
        /** {@code --name} or {@code --name=value} */
        OPTIONAL_VALUE,
        /** {@code --name value value} */
        TWO_VALUES,
        /** {@code -Xvalue} */
        PREFIX
    }

    @FunctionalInterface
    interface Action {
        void apply(BuildRequest request, List<String> values, Origin origin);
    }

    /** Whether the argument was this option, which is then done, with the values that it took from what follows. */
    boolean serve(String argument, Deque<String> following, BuildRequest request, Origin origin) {
        for (String name : names) {
            List<String> values = values(name, argument, following);
            if (values != null) {
                action.apply(request, values, origin);
                return true;
            }
        }
        return false;
    }

    private List<String> values(String name, String argument, Deque<String> following) {
        if (form == Form.PREFIX) {
            return argument.startsWith(name) ? List.of(nonEmpty(argument, argument.substring(name.length()))) : null;
        }
        if (argument.equals(name)) {
            return switch (form) {
                case VALUE -> take(1, argument, following);
                case TWO_VALUES -> take(2, argument, following);
                default -> List.of();
            };
        }
        boolean mayHoldValue = form == Form.OPTIONAL_VALUE || form == Form.VALUE && name.startsWith("--");
        if (mayHoldValue && argument.startsWith(name + "=")) {
            return List.of(nonEmpty(argument, argument.substring(name.length() + 1)));
        }
        return null;
    }

    private String nonEmpty(String argument, String value) {
        if (value.isEmpty()) {
            throw new UsageError("%s needs a value: %s", argument, usage);
        }
        return value;
    }

    private List<String> take(int count, String argument, Deque<String> following) {
        if (following.size() < count) {
            throw new UsageError("%s needs %s: %s", argument, count == 1 ? "a value" : count + " values", usage);
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(following.pop());
        }
        return values;
    }
}
