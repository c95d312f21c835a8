package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of what was baked: a line for each file, or, of a larger site, for each folder. */
final class SiteTable {

    static final int MAX_LINES = 20;

    /** But for the head and the total. */
    private static final int MAX_ROWS = MAX_LINES - 2;

    private static final int MAX_PATH = 40;
    private static final List<String> CODINGS = List.of("zstd", "br", "gzip");
    private static final String NONE = "-";

    private final List<BakedFile> files;

    SiteTable(List<BakedFile> files) {
        this.files = files;
    }

    List<String> lines() {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"path", "files", "bytes", "zstd", "br", "gzip", "Cache-Control"});
        groups().forEach((path, group) -> rows.add(row(path, group)));
        rows.add(row("total", files));
        int[] widths = new int[rows.get(0).length - 1];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    /** The deepest folders of which there are not too many; where even those at the top are, those with the fewest bytes are one. */
    private SortedMap<String, List<BakedFile>> groups() {
        if (files.size() <= MAX_ROWS) {
            return files.stream().collect(Collectors.groupingBy(BakedFile::path, TreeMap::new, Collectors.toList()));
        }
        SortedMap<String, List<BakedFile>> groups = byFolder(1);
        for (int depth = 2, before = 0; groups.size() > before; depth++) {
            SortedMap<String, List<BakedFile>> deeper = byFolder(depth);
            before = groups.size();
            groups = deeper.size() <= MAX_ROWS ? deeper : groups;
        }
        if (groups.size() > MAX_ROWS) {
            List<String> smallest = groups.entrySet().stream().sorted((one, other) -> Long.compare(bytes(one.getValue()), bytes(other.getValue())))
                    .limit(groups.size() - MAX_ROWS + 1L).map(SortedMap.Entry::getKey).toList();
            List<BakedFile> rest = new ArrayList<>();
            for (String folder : smallest) {
                rest.addAll(groups.remove(folder));
            }
            groups.put(number(smallest.size()) + " other folders", rest);
        }
        return groups;
    }

    private SortedMap<String, List<BakedFile>> byFolder(int depth) {
        return files.stream().collect(Collectors.groupingBy(file -> folder(file.path(), depth), TreeMap::new, Collectors.toList()));
    }

    private static String folder(String path, int depth) {
        int end = 0;
        for (int i = 0; i < depth && path.indexOf('/', end + 1) > 0; i++) {
            end = path.indexOf('/', end + 1);
        }
        return path.substring(0, end + 1);
    }

    private static String[] row(String path, List<BakedFile> files) {
        String name = path.length() <= MAX_PATH ? path : path.substring(0, 12) + "…" + path.substring(path.length() - MAX_PATH + 13);
        List<String> row = new ArrayList<>(List.of(name, number(files.size()), number(bytes(files))));
        for (String coding : CODINGS) {
            // What a client of this coding gets: some files are smaller without.
            long bytes = files.stream().mapToLong(file -> file.codings().getOrDefault(coding, file.bytes())).sum();
            row.add(files.stream().anyMatch(file -> file.codings().containsKey(coding)) ? number(bytes) : NONE);
        }
        List<String> rules = files.stream().map(BakedFile::cacheControl).distinct().toList();
        row.add(rules.size() == 1 ? rules.get(0) : path.equals("total") ? "" : number(rules.size()) + " rules");
        return row.toArray(String[]::new);
    }

    private static long bytes(List<BakedFile> files) {
        return files.stream().mapToLong(BakedFile::bytes).sum();
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + widths[0] + "s", row[0]));
        for (int i = 1; i < widths.length; i++) {
            line.append(String.format(Locale.ROOT, "  %" + widths[i] + "s", row[i]));
        }
        return line.append("  ").append(row[widths.length]).toString().stripTrailing();
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
