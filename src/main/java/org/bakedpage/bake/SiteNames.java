package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the paths of a site tell, without their contents. */
public final class SiteNames {

    private static final String INDEX = "/index.html";

    private SiteNames() {
    }

    /** @param paths with their leading slash, sorted */
    public static List<Warning> warnings(Collection<String> paths) {
        List<Warning> warnings = new ArrayList<>();
        SortedMap<String, String> seen = new TreeMap<>();
        for (String path : paths) {
            String twin = seen.putIfAbsent(path.toLowerCase(Locale.ROOT), path);
            if (twin != null) {
                warnings.add(new Warning(path, 0, "differs from " + twin
                        + " only in upper and lower case: one of them is lost on Windows and macOS"));
            }
        }
        if (!paths.contains(INDEX)) {
            String other = seen.get(INDEX);
            warnings.add(new Warning(INDEX, 0, "the site has none, so that / is 404, for the health command and for probes too"
                    + (other == null ? "" : ": rename " + other)));
        }
        return warnings;
    }

    /**
     * @param file of a media type that is text, but not HTML, which {@link HtmlPage} inspects
     */
    public static List<Warning> text(String file, byte[] content) {
        return TextContent.of(content).warning(file).stream().toList();
    }
}
