package org.bakedpage.bake;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bakedpage.Location;

/**
 * At which paths, besides its own, a page is found: an index at that of its folder, and {@code about.html} at {@code /about}.
 * What stands for a file goes ahead: no path of a file has another answer.
 */
public final class CleanUrls {

    /** At the end of a path: its page is sent where no other is, in the folder and below. */
    public static final String NOT_FOUND = "/404.html";

    private static final String INDEX = "index.html";
    private static final String HTML = ".html";

    /** Whether a page has a slash at the end of its path: a folder's index only, every page, or none. */
    public enum Slash { KEEP, ADD, DROP }

    /**
     * One of the two is null.
     *
     * @param file whose page is sent
     * @param location a relative reference, RFC 3986 section 4.2: no path can lead to another host, and a server in front may have
     *        taken a part of the path away
     */
    public record Answer(String file, String location) {
    }

    private final Set<String> files;
    private final boolean redirecting;
    private final Slash slash;
    private final Map<String, Answer> answers = new TreeMap<>();

    private CleanUrls(Set<String> files, boolean redirecting, Slash slash) {
        this.files = files;
        this.redirecting = redirecting || slash != Slash.KEEP;
        this.slash = slash;
    }

    /**
     * @param files their paths, each with a slash at its start
     * @param redirecting whether the other paths of a page redirect to one
     * @return by path; the path of a file is among them where it redirects
     */
    public static Map<String, Answer> of(Collection<String> files, boolean redirecting, Slash slash) {
        CleanUrls urls = new CleanUrls(new HashSet<>(files), redirecting, slash);
        for (String file : files) {
            if (isIndex(file)) {
                urls.addIndex(file, folder(file));
            } else if (file.endsWith(HTML) && !file.endsWith(NOT_FOUND)) {
                urls.addPage(file, file.substring(0, file.length() - HTML.length()));
            }
        }
        return urls.answers;
    }

    public static boolean isIndex(String file) {
        return file.endsWith("/" + INDEX);
    }

    /** Of an index. */
    public static String folder(String file) {
        return file.substring(0, file.length() - INDEX.length());
    }

    /** Where hosts with clean URLs have an error page, for rules that name it so: here no request is answered with it there. */
    public static Optional<String> errorPage(String file) {
        return file.endsWith(NOT_FOUND) ? Optional.of(file.substring(0, file.length() - HTML.length())) : Optional.empty();
    }

    private void addIndex(String file, String folder) {
        String path = folder.substring(0, folder.length() - 1);
        boolean taken = path.isEmpty() || files.contains(path) || files.contains(path + HTML);
        if (slash == Slash.DROP && !taken) {
            answers.put(path, new Answer(file, null));
            answers.put(folder, redirect("../", path));
            answers.put(file, redirect("../", path));
            return;
        }
        answers.put(folder, new Answer(file, null));
        if (redirecting) {
            answers.put(file, redirect("./", ""));
        }
        if (!taken) {
            answers.put(path, redirect("./", folder));
        }
    }

    private void addPage(String file, String path) {
        if (path.endsWith("/") || files.contains(path)) {
            return;
        }
        String folder = path + "/";
        boolean hasFolder = files.contains(folder + INDEX);
        if (slash == Slash.ADD && !hasFolder) {
            answers.put(folder, new Answer(file, null));
            answers.put(path, redirect("./", folder));
            answers.put(file, redirect("./", folder));
            return;
        }
        answers.put(path, new Answer(file, null));
        if (redirecting) {
            answers.put(file, redirect("./", path));
            if (!hasFolder) {
                answers.put(folder, redirect("../", path));
            }
        }
    }

    /** @param path of which the last segment is where it leads to */
    private static Answer redirect(String way, String path) {
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        return new Answer(null, way + Location.encodePath(path.substring(path.lastIndexOf('/', end - 1) + 1)));
    }
}
