package org.bakedpage.nativeimage;

import com.oracle.svm.core.option.APIOption;
import com.oracle.svm.core.option.APIOption.APIOptionKind;
import com.oracle.svm.core.option.APIOptionGroup;
import com.oracle.svm.core.option.RuntimeOptionKey;
import com.oracle.svm.util.ReflectionUtil;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import jdk.graal.compiler.options.OptionDescriptor;

/**
 * A stable name of a builder's option, as the {@code @APIOption} annotation of the option's field declares it.
 *
 * @param group the option to whose values this name belongs ({@code --gc=serial}), or null
 */
record ApiOption(OptionDescriptor descriptor, APIOption declaration, APIOptionGroup group) {

    static ApiOption of(OptionDescriptor descriptor, APIOption declaration) {
        APIOptionGroup group = ReflectionUtil.newInstance(declaration.group());
        return new ApiOption(descriptor, declaration, group.name() == null ? null : group);
    }

    /** As a user writes them; in a group, as they follow the group's own name. */
    List<String> names() {
        Stream<String> names = Stream.of(declaration.name());
        return group == null ? names.map(APIOption.Utils::optionName).toList() : names.toList();
    }

    boolean isShownInHelp(boolean extra) {
        return declaration.deprecated().isEmpty() && declaration.extra() == extra;
    }

    /** The summary: what may follow it goes into details. */
    String help() {
        String help = declaration.customHelp().isEmpty() ? descriptor.getHelp().getFirst() : declaration.customHelp();
        return help.endsWith(".") ? help : help + ".";
    }

    /** The option this argument stands for, taking its value from the arguments that follow if need be; or null. */
    HostedOption match(String argument, Deque<String> following, Origin origin) {
        for (String name : names()) {
            if (argument.equals(name)) {
                return alone(argument, following, origin);
            }
            if (argument.startsWith(name) && takesValue()) {
                for (char separator : declaration.valueSeparator()) {
                    String start = name + APIOption.Utils.valueSeparatorToString(separator);
                    if (separator != APIOption.WHITESPACE_SEPARATOR && argument.startsWith(start)) {
                        return option(argument.substring(start.length()), origin);
                    }
                }
            }
        }
        return null;
    }

    private HostedOption alone(String argument, Deque<String> following, Origin origin) {
        if (isBoolean()) {
            String sign = declaration.kind() == APIOptionKind.Negated ? "-" : "+";
            return new HostedOption(prefix(), sign, descriptor.getName(), null, origin, true);
        }
        if (declaration.fixedValue().length > 0) {
            return option(String.join(",", declaration.fixedValue()), origin);
        }
        if (hasSeparator(APIOption.WHITESPACE_SEPARATOR)) {
            if (following.isEmpty()) {
                throw new UsageError("%s needs a value", argument);
            }
            return option(following.pop(), origin);
        }
        if (declaration.defaultValue().length == 0) {
            throw new UsageError("%s needs a value: %s", argument, usage());
        }
        return option(String.join(",", declaration.defaultValue()), origin);
    }

    private HostedOption option(String text, Origin origin) {
        Object value = text;
        for (Class<? extends Function<Object, Object>> transformer : declaration.valueTransformer()) {
            value = ReflectionUtil.newInstance(transformer).apply(value);
        }
        return new HostedOption(prefix(), "", descriptor.getName(), value.toString(), origin, true);
    }

    /** How it is written, with a placeholder for its value. */
    String usage() {
        String name = names().getFirst();
        if (!takesValue()) {
            return name;
        }
        String written = name + APIOption.Utils.valueSeparatorToString(declaration.valueSeparator()[0]);
        return declaration.defaultValue().length > 0 ? written.replace(name, name + "[") + "<value>]" : written + "<value>";
    }

    private boolean takesValue() {
        return !isBoolean() && declaration.fixedValue().length == 0;
    }

    private boolean isBoolean() {
        return descriptor.getOptionValueType() == Boolean.class;
    }

    private boolean hasSeparator(char separator) {
        return new String(declaration.valueSeparator()).indexOf(separator) >= 0;
    }

    private String prefix() {
        return descriptor.getOptionKey() instanceof RuntimeOptionKey ? HostedOption.RUNTIME : HostedOption.HOSTED;
    }
}
