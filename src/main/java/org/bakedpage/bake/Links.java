package org.bakedpage.bake;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Finds the links that lead nowhere. Pages are added first, and may be forgotten then: of all links to one target there is
 * one entry. Not for threads side by side.
 */
public final class Links {

    /** A line, or a range of them, as the viewers of source texts write it: a script reads that. */
    private static final Pattern LINES = Pattern.compile("L[0-9]+(?:C[0-9]+)?|L?[0-9]+(?:C[0-9]+)?[-,:]L?[0-9]+(?:C[0-9]+)?");

    /** Those of files that are no script at all, compressed ones and TypeScript among them. */
    private static final Set<String> NO_SCRIPT = Set.of("application/octet-stream", "application/gzip", "application/zstd",
            "video/mp2t");

    private final String rootPath;
    private final Map<String, String> similar = new HashMap<>();
    private final UnaryOperator<String> mediaTypes;
    private final UnaryOperator<String> leftOut;
    private final Map<Target, Place> targets = new LinkedHashMap<>();
    private final Map<String, Set<String>> ids = new HashMap<>();

    /** What the site answers a path with. */
    @FunctionalInterface
    public interface Answers {

        /**
         * @param path decoded, with its leading slash and without {@code quarkus.http.root-path}
         * @param navigation whether it is where a click leads, so that the fallback counts
         * @return the path of the file that is sent; empty for a redirect or another route; null for 404
         */
        String file(String path, boolean navigation);
    }

    private record Target(String noun, boolean navigation, String written, String path, String fragment) {
    }

    private static final class Place {

        private final String file;
        private final int line;
        private int links;

        Place(String file, int line) {
            this.file = file;
            this.line = line;
        }

        Warning warning(String reason) {
            return new Warning(file, line, reason + (links == 1 ? "" : " (" + SiteReport.count(links - 1, "more such link") + ")"));
        }
    }

    /**
     * @param rootPath {@code quarkus.http.root-path}
     * @param paths at which something answers, those of files first: one that differs by case alone, or by the form of Unicode, may be
     *        meant
     * @param mediaTypes by the path of a file; null for none
     * @param leftOut why a file is not part of the site, by its path; null for what is no such file
     */
    public Links(String rootPath, Collection<String> paths, UnaryOperator<String> mediaTypes, UnaryOperator<String> leftOut) {
        this.mediaTypes = mediaTypes;
        this.leftOut = leftOut;
        this.rootPath = rootPath.endsWith("/") ? rootPath.substring(0, rootPath.length() - 1) : rootPath;
        paths.forEach(path -> similar.putIfAbsent(folded(path), path));
    }

    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    public void add(HtmlPage page) {
        add(page.file(), page.links());
        ids.put(page.path(), page.ids());
    }

    /** @param file a page or a stylesheet, as its author knows it */
    public void add(String file, List<Link> links) {
        for (Link link : links) {
            if (link.to().isInternal()) {
                boolean navigation = !link.kind().isPart();
                Target target = new Target(link.kind().noun, navigation, link.to().path() == null ? link.written() : "", link.to().path(),
                        navigation ? link.to().fragment() : null);
                targets.computeIfAbsent(target, first -> new Place(file, link.line())).links++;
            }
        }
    }

    /** One for each reason, where it is named first: a page that is missing is one, whatever the fragments are. */
    public List<Warning> broken(Answers answers) {
        Map<String, Place> broken = new LinkedHashMap<>();
        targets.forEach((target, place) -> {
            String reason = reason(target, answers);
            if (reason != null) {
                broken.computeIfAbsent(reason, first -> new Place(place.file, place.line)).links += place.links;
            }
        });
        List<Warning> warnings = new ArrayList<>();
        broken.forEach((reason, place) -> warnings.add(place.warning(reason)));
        return warnings;
    }

    private String reason(Target target, Answers answers) {
        if (target.path == null) {
            return target.noun + " " + target.written + " is no path: an invalid percent-encoding";
        }
        String shown = target.noun + " " + target.path;
        boolean within = target.path.startsWith(rootPath + "/") || target.path.equals(rootPath);
        if (!within) {
            // A click may well lead to another site on the same host.
            return target.navigation ? null : shown + " leads out of quarkus.http.root-path=" + rootPath + ": give the generator this base path";
        }
        String path = target.path.substring(rootPath.length());
        String file = answers.file(path.isEmpty() ? "/" : path, target.navigation);
        if (file == null) {
            return shown + " leads nowhere" + hint(path);
        }
        String mediaType = mediaTypes.apply(file);
        if (mediaType != null && isRefused(target.noun, mediaType.split(";", 2)[0].strip())) {
            return shown + " has the media type " + mediaType + ": browsers refuse it (X-Content-Type-Options: nosniff)";
        }
        return isIn(target.fragment, ids.get(file)) ? null : shown + "#" + target.fragment + " names no id in " + file;
    }

    private String hint(String path) {
        String reason = leftOut.apply(path);
        String other = similar.get(folded(path));
        if (reason != null) {
            return ": the file is left out as " + reason;
        }
        return other == null ? "" : ": there is " + rootPath + other
                + (other.equalsIgnoreCase(path) ? "" : ", whose letters are put together otherwise (Unicode's forms NFC and NFD)");
    }

    /** Fetch standard section 2.5; of scripts only what no library reads by itself. */
    private static boolean isRefused(String noun, String mediaType) {
        return noun.equals(Link.Kind.STYLE.noun) && !mediaType.equals("text/css")
                || noun.equals(Link.Kind.SCRIPT.noun) && NO_SCRIPT.contains(mediaType);
    }

    /**
     * HTML Standard section 7.4.6.3: as it is, or decoded; empty or top in any case is the page's begin. Text directives and
     * what scripts make of fragments are no ids.
     */
    private static boolean isIn(String fragment, Set<String> ids) {
        if (fragment == null || ids == null) {
            return true;
        }
        int directive = fragment.indexOf(":~:");
        String name = directive < 0 ? fragment : fragment.substring(0, directive);
        return name.isEmpty() || name.equalsIgnoreCase("top") || ids.contains(name) || ids.contains(String.valueOf(Reference.decode(name)))
                || isForScripts(name);
    }

    /** Routes, settings by name, lines. */
    private static boolean isForScripts(String name) {
        return name.startsWith("/") || name.startsWith("!") || name.indexOf('=') >= 0 || LINES.matcher(name).matches();
    }
}
