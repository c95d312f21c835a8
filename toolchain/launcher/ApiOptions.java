package org.bakedpage.nativeimage;

import com.oracle.svm.core.option.APIOption;
import com.oracle.svm.core.option.OptionUtils;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import jdk.graal.compiler.options.OptionDescriptor;
import jdk.graal.compiler.options.OptionDescriptors;
import jdk.graal.compiler.options.OptionStability;
import jdk.graal.compiler.options.OptionsContainer;

/** The options which the builder's modules declare. */
final class ApiOptions {

    private final List<ApiOption> single = new ArrayList<>();
    private final TreeMap<String, List<ApiOption>> grouped = new TreeMap<>();
    private final Set<String> experimental = new HashSet<>();

    static ApiOptions ofBuilder() {
        ApiOptions options = new ApiOptions();
        for (OptionDescriptors container : OptionsContainer.getDiscoverableOptions(ApiOptions.class.getClassLoader())) {
            container.forEach(options::add);
        }
        options.single.sort(Comparator.comparing(option -> option.names().getFirst()));
        return options;
    }

    private void add(OptionDescriptor descriptor) {
        if (descriptor.getStability() == OptionStability.EXPERIMENTAL) {
            experimental.add(descriptor.getName());
        }
        for (APIOption declaration : OptionUtils.getAnnotationsByType(descriptor, APIOption.class)) {
            ApiOption option = ApiOption.of(descriptor, declaration);
            if (option.group() == null) {
                single.add(option);
            } else {
                String name = APIOption.Utils.groupName(option.group());
                grouped.computeIfAbsent(name, ignored -> new ArrayList<>()).add(option);
            }
        }
    }

    List<ApiOption> single() {
        return single;
    }

    /** The options of each group, by the group's name with its separator, as in {@code --gc=}. */
    TreeMap<String, List<ApiOption>> grouped() {
        return grouped;
    }

    boolean isExperimental(HostedOption option) {
        return option.isHosted() && experimental.contains(option.name());
    }

    /** The options an argument stands for; empty if it is none of these. */
    List<HostedOption> match(String argument, Deque<String> following, Origin origin) {
        for (ApiOption option : single) {
            HostedOption match = option.match(argument, following, origin);
            if (match != null) {
                warnIfDeprecated(option, argument);
                return List.of(match);
            }
        }
        for (String group : grouped.keySet()) {
            if (argument.startsWith(group)) {
                return matchGroup(group, argument, origin);
            }
        }
        return List.of();
    }

    private List<HostedOption> matchGroup(String group, String argument, Origin origin) {
        List<HostedOption> matches = new ArrayList<>();
        for (String value : argument.substring(group.length()).split(",", -1)) {
            ApiOption option = grouped.get(group).stream()
                    .filter(candidate -> candidate.names().contains(value))
                    .findFirst()
                    .orElseThrow(() -> new UsageError("%s: no such value; there is %s", argument, choices(group)));
            matches.add(option.match(value, null, origin));
            warnIfDeprecated(option, argument);
        }
        return matches;
    }

    private String choices(String group) {
        return String.join(", ", grouped.get(group).stream().map(option -> group + option.names().getFirst()).toList());
    }

    private static void warnIfDeprecated(ApiOption option, String argument) {
        if (!option.declaration().deprecated().isEmpty()) {
            System.err.println("Warning: " + argument + " is deprecated. " + option.declaration().deprecated());
        }
    }
}
