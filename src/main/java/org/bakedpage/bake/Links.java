package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the links that lead nowhere. Pages are added first, and may be forgotten then: of all links to one target there is
 * one entry. Not for threads side by side.
 */
public final class Links {

    /** Further ones are counted. */
    public static final int MAX_LISTED = 50;

    private final String rootPath;
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
        private int more = -1;

        Place(String file, int line) {
            this.file = file;
            this.line = line;
        }
    }

    /** @param rootPath {@code quarkus.http.root-path} */
    public Links(String rootPath) {
        this.rootPath = rootPath.endsWith("/") ? rootPath.substring(0, rootPath.length() - 1) : rootPath;
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
                targets.computeIfAbsent(target, first -> new Place(file, link.line())).more++;
            }
        }
    }

    /** One for each target, where it is named first; the last one counts those that are not listed. */
    public List<Warning> broken(Answers answers) {
        List<Warning> broken = new ArrayList<>();
        int unlisted = 0;
        for (Map.Entry<Target, Place> entry : targets.entrySet()) {
            String reason = reason(entry.getKey(), answers);
            Place place = entry.getValue();
            if (reason != null && broken.size() == MAX_LISTED) {
                unlisted++;
            } else if (reason != null) {
                broken.add(new Warning(place.file, place.line, reason + (place.more == 0 ? "" : " (" + place.more + " more such links)")));
            }
        }
        if (unlisted > 0) {
            broken.add(new Warning("links", 0, unlisted + " more targets that lead nowhere"));
        }
        return broken;
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
            return shown + " leads nowhere";
        }
        return isIn(target.fragment, ids.get(file)) ? null : shown + "#" + target.fragment + " names no id in " + file;
    }

    /**
     * HTML Standard section 7.4.6.3: as it is, or decoded; empty or top in any case is the page's begin. Text directives and
     * what client-side routers make of fragments are no ids.
     */
    private static boolean isIn(String fragment, Set<String> ids) {
        if (fragment == null || ids == null || fragment.startsWith("/") || fragment.startsWith("!")) {
            return true;
        }
        int directive = fragment.indexOf(":~:");
        String name = directive < 0 ? fragment : fragment.substring(0, directive);
        return name.isEmpty() || name.equalsIgnoreCase("top") || ids.contains(name) || ids.contains(String.valueOf(Reference.decode(name)));
    }
}
