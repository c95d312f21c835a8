package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was baked: for the console in 50 lines at most, and in whole for programs.
 *
 * @param files in any order
 */
public record SiteReport(List<BakedFile> files, List<Rule> redirects, List<LeftOut> leftOut,
        List<Warning> warnings) {

    /** Further ones are counted; {@code target/site.json} has them all. */
    public static final int MAX_WARNINGS = 20;

    private static final int MAX_LEFT_OUT = 5;

    /** What is the same for the same site, in whatever order it was found. */
    public SiteReport {
        files = files.stream().sorted(Comparator.comparing(BakedFile::path)).toList();
        redirects = List.copyOf(redirects);
        leftOut = leftOut.stream().sorted(Comparator.comparing(LeftOut::path)).toList();
        warnings = warnings.stream().sorted(Comparator.comparing(Warning::file).thenComparing(Warning::line).thenComparing(Warning::text))
                .toList();
    }

    /** For the console. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(new SiteTable(files).lines());
        if (!redirects.isEmpty()) {
            lines.add(count(redirects.size(), "redirect"));
        }
        if (!leftOut.isEmpty()) {
            lines.add("left out: " + count(leftOut.size(), "file"));
            leftOut.stream().limit(MAX_LEFT_OUT).forEach(file -> lines.add("  " + file.path() + ": " + file.reason()));
            addRest(lines, leftOut.size() - MAX_LEFT_OUT);
        }
        if (!warnings.isEmpty()) {
            addWarnings(lines);
        }
        return lines;
    }

    /** What is said of many pages is said once: generators make all of a site's pages alike. */
    private void addWarnings(List<String> lines) {
        Map<String, List<Warning>> byText = new LinkedHashMap<>();
        for (Warning warning : warnings) {
            byText.computeIfAbsent(Blocked.withoutCount(warning.text()), text -> new ArrayList<>()).add(warning);
        }
        lines.add(count(warnings.size(), "warning"));
        Set<String> told = told(byText.keySet());
        byText.forEach((text, same) -> {
            Warning first = same.get(0);
            if (told.contains(text)) {
                lines.add("  " + (same.size() == 1 ? first
                        : new Warning(first.file(), first.line(), text) + " (and " + others(same) + ")"));
            }
        });
        addRest(lines, byText.size() - told.size());
    }

    /** Of each kind, which is the first word, as many as of the others: links to nowhere can be thousands. */
    private static Set<String> told(Set<String> texts) {
        Map<String, Integer> kinds = new HashMap<>();
        Map<String, Integer> turns = new LinkedHashMap<>();
        texts.forEach(text -> turns.put(text, kinds.merge(text.split(" ", 2)[0], 1, Integer::sum)));
        return turns.entrySet().stream().sorted(Map.Entry.comparingByValue()).limit(MAX_WARNINGS).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static String others(List<Warning> same) {
        long files = same.stream().map(Warning::file).distinct().count();
        return files == same.size() ? "in " + count(same.size() - 1, "more file") : SiteTable.number(same.size() - 1) + " more such";
    }

    private static void addRest(List<String> lines, int rest) {
        if (rest > 0) {
            lines.add("  and " + SiteTable.number(rest) + " more: see target/site.json");
        }
    }

    static String count(int number, String noun) {
        return SiteTable.number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /**
     * For {@code site.check=fail}.
     *
     * @throws IllegalArgumentException if there are warnings, with the first of them
     */
    public void failOnWarnings() {
        if (!warnings.isEmpty()) {
            throw new IllegalArgumentException(warnings.get(0) + (warnings.size() == 1 ? "" : " (and " + count(warnings.size() - 1, "more warning")
                    + ")") + ": site.check=fail makes warnings errors");
        }
    }

    /** The content of {@code target/site.json}: the same bytes for the same site. */
    public String json() {
        return SiteJson.of(this);
    }
}
