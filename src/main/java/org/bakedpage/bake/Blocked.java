package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a policy blocks in one file: what is blocked for the same reason is told once, with the first line and a count. */
final class Blocked {

    private static final Pattern COUNT = Pattern.compile(" \\([0-9]+ more in this file\\)$");

    private final String file;
    private final Map<String, int[]> found = new LinkedHashMap<>();

    Blocked(String file) {
        this.file = file;
    }

    void add(int line, String text) {
        found.computeIfAbsent(text, first -> new int[] {line, 0})[1]++;
    }

    void inline(Inline inline, SourceList list) {
        String what = switch (inline.type()) {
            case HANDLER -> inline.type().noun + " " + inline.name();
            case NAVIGATION, SCRIPT, STYLE, STYLE_ATTRIBUTE -> inline.type().noun;
        };
        String remedy = switch (inline.type()) {
            case HANDLER -> inline.text().contains("this.media=")
                    ? "load the stylesheet without it (Angular: optimization.styles.inlineCritical=false)"
                    : "use addEventListener in a script";
            case NAVIGATION -> "use a button and a script";
            case SCRIPT -> "move it into a file";
            case STYLE, STYLE_ATTRIBUTE -> "move it into a stylesheet, or add 'unsafe-inline' to style-src";
        };
        add(inline.line(), what + " is blocked by " + list.directive() + ": " + remedy);
    }

    void link(int line, String noun, Link link, SourceList list) {
        Reference to = link.to();
        if (link.kind() == Link.Kind.SCRIPT && list.has(SourceList.STRICT)) {
            add(line, noun + " " + link.written() + " is blocked by " + list.directive() + ": beside " + SourceList.STRICT
                    + " no host counts, so allow the hash of its integrity, or leave " + SourceList.STRICT + " out");
            return;
        }
        boolean embedded = to.address() == null && !to.isInternal();
        String source = embedded ? to.scheme() + ":" : to.isInternal() ? "'self'" : origin(to.address());
        // Allowed by its own directive: default-src is of more than this.
        String own = link.kind().directive == null ? list.directive() : link.kind().directive.replace("-elem", "");
        String others = list.sources().stream().filter(other -> !other.startsWith("'sha") && !other.equalsIgnoreCase("'none'"))
                .collect(Collectors.joining(" "));
        add(line, noun + " " + (embedded ? source : link.written()) + " is blocked by " + list.directive() + ": allow it by "
                + String.join(" ", own, others, source) + (source.contains("//") ? ", or serve it from this site" : ""));
    }

    private static String origin(String address) {
        String[] parts = address.split("[/?#]+", 3);
        return parts.length < 2 ? address : parts[0] + "//" + parts[1];
    }

    /** What is blocked for the same reason in many files is blocked in each as often as it is there. */
    static String withoutCount(String text) {
        return COUNT.matcher(text).replaceFirst("");
    }

    List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        found.forEach((text, first) -> warnings.add(
                new Warning(file, first[0], first[1] == 1 ? text : text + " (" + (first[1] - 1) + " more in this file)")));
        return warnings;
    }
}
