package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bakedpage.Location;
import org.bakedpage.RedirectPattern;

/**
 * A site's {@code _headers}, in the format of
 * <a href="https://developers.cloudflare.com/pages/configuration/headers/">Cloudflare Pages</a>: a path, then
 * indented lines {@code Name: value} or {@code ! Name}. Asked once per page, when it is baked.
 */
public final class HeaderRules {

    public static final String NAME = "_headers";

    /** Those of Cloudflare Pages. */
    static final int MAX_RULES = 100;
    static final int MAX_LINE = 2_000;

    private static final Pattern PATH = Pattern.compile("(/|[A-Za-z][A-Za-z0-9+.-]*://).*");
    private static final Pattern PLACEHOLDER = Pattern.compile(":([A-Za-z][A-Za-z0-9_]*)");

    private final RuleFile file = new RuleFile(NAME);
    private final List<Block> blocks = new ArrayList<>();
    /** Of the last path; null for none. */
    private List<Line> lines;

    private record Line(int number, Field field) {
    }

    private record Block(int number, String source, RedirectPattern pattern, List<Line> lines) {

        Map<String, String> captures(List<String> paths) {
            return paths.stream().map(pattern::captures).filter(found -> found != null).findFirst().orElse(null);
        }
    }

    private HeaderRules() {
    }

    /**
     * @param pages all paths of each page, decoded: as {@link #fieldsOf} gets them
     * @throws IllegalArgumentException in one line, with file, line and reason, if a rule is refused
     */
    public static HeaderRules of(byte[] content, List<List<String>> pages) {
        HeaderRules rules = new HeaderRules();
        rules.file.read(content, MAX_LINE, rules::read);
        Set<Block> unused = new HashSet<>(rules.blocks);
        Set<Line> reported = new HashSet<>();
        for (List<String> paths : pages) {
            unused.removeIf(block -> block.captures(paths) != null);
            rules.fieldsOf(paths, reported);
        }
        for (Block block : rules.blocks) {
            if (block.lines.isEmpty()) {
                rules.file.warn(block.number, block.source + " has no fields");
            } else if (unused.contains(block)) {
                rules.file.warn(block.number, block.source + " is the path of no page");
            }
        }
        return rules;
    }

    private void read(String line) {
        if (PATH.matcher(line).matches()) {
            // Of a path that is refused too: its fields are not of the one ahead of it.
            lines = new ArrayList<>();
            String[] words = line.split("\\s+");
            if (words.length > 1 && !words[1].startsWith("#")) {
                throw new IllegalArgumentException("one path in a line, then its fields, each in a line of its own");
            }
            blocks.add(new Block(file.line(), words[0], new RedirectPattern(Source.of(words[0]), null), lines));
            // Told once, at the first that is too many.
            if (blocks.size() == MAX_RULES + 1) {
                throw new IllegalArgumentException("more than " + MAX_RULES + " rules");
            }
        } else if (lines == null) {
            lines = new ArrayList<>();
            throw new IllegalArgumentException("a field without a path ahead of it; a path begins with a slash");
        } else {
            Field field = field(line);
            FieldPolicy.check(field.name(), field.value());
            lines.add(new Line(file.line(), field));
        }
    }

    private static Field field(String line) {
        int colon = line.indexOf(':');
        if (line.startsWith("!") && colon >= 0) {
            throw new IllegalArgumentException("'! Name' takes a field away, and has no value");
        }
        if (line.startsWith("!")) {
            return new Field(line.substring(1).strip(), null);
        }
        if (colon < 0) {
            throw new IllegalArgumentException("neither a path, nor 'Name: value', nor '! Name'");
        }
        return new Field(line.substring(0, colon).stripTrailing(), line.substring(colon + 1).strip());
    }

    /**
     * What the rules say of a page's fields, in order; each name is there once, but for Set-Cookie. Vary is to be joined with the server's
     * own, all else takes its place.
     *
     * @param paths all those of the page: a rule that is for one of them is for the page; first the one where it is read, which
     *        placeholders are filled by
     */
    public List<Field> fieldsOf(List<String> paths) {
        return fieldsOf(paths, null);
    }

    /** @param reported the lines that are warned of already; null for no warnings */
    private List<Field> fieldsOf(List<String> paths, Set<Line> reported) {
        List<Field> fields = new ArrayList<>();
        for (Block block : blocks) {
            Map<String, String> captures = block.captures(paths);
            if (captures != null) {
                block.lines.forEach(line -> checkCoding(line, paths));
                block.lines.stream().filter(line -> line.field.value() == null).forEach(line -> {
                    fields.removeIf(field -> field.name().equalsIgnoreCase(line.field.name()));
                    fields.add(line.field);
                });
                boolean cached = false;
                for (Line line : block.lines) {
                    // In one rule they are one list, RFC 9111 section 5.2; in two they are two opinions.
                    boolean cacheControl = line.field.name().equalsIgnoreCase("Cache-Control");
                    boolean again = cached && cacheControl;
                    cached |= cacheControl;
                    if (line.field.value() != null && !add(fields, line.field, captures) && !again && reported != null && reported.add(line)) {
                        file.warn(line.number, line.field.name() + " has another value by an earlier line, both are sent: "
                                + "'! " + line.field.name() + "' in this rule takes that of earlier rules away");
                    }
                }
            }
        }
        return fields;
    }

    /** A browser that is told of a coding which is none has no page. */
    private void checkCoding(Line line, List<String> paths) {
        if (line.field.name().equalsIgnoreCase(CodedName.FIELD)
                && paths.stream().noneMatch(path -> CodedName.isCoded(path, line.field.value()))) {
            throw file.error(line.number, CodedName.FIELD + ": " + line.field.value() + " is for files whose name says so, as "
                    + CodedName.EXAMPLES + ", and not for " + FileName.printable(paths.get(0))
                    + ", which the build compresses itself");
        }
    }

    /** Joined with a comma to one that is there, as RFC 9110 section 5.3 allows for lists; returns whether the value is one then. */
    private static boolean add(List<Field> fields, Field added, Map<String, String> captures) {
        String value = PLACEHOLDER.matcher(added.value()).replaceAll(match -> {
            String captured = captures.get(match.group(1));
            return Matcher.quoteReplacement(captured == null ? match.group() : Location.encode(captured));
        });
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (field.name().equalsIgnoreCase(added.name()) && (field.value() == null || !FieldPolicy.isRepeated(added.name()))) {
                boolean list = FieldPolicy.isList(added.name());
                boolean first = field.value() == null || !list && field.value().equals(value);
                fields.set(i, new Field(field.name(), first ? value : field.value() + ", " + value));
                return first || list;
            }
        }
        fields.add(new Field(added.name(), value));
        return true;
    }

    /** By line. */
    public List<Warning> warnings() {
        return file.warnings();
    }
}
