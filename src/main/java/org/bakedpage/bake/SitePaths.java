package org.bakedpage.bake;

import java.util.Set;

/** At which paths, decoded, there are pages. */
record SitePaths(Set<String> all) {

    /** The path of the page that a request for this path ends at, if need be by the redirect to a folder; null for none. */
    String find(String path) {
        return all.contains(path) ? path : all.contains(path + "/") ? path + "/" : null;
    }
}
