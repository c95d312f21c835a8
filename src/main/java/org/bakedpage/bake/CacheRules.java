package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bakedpage.bake.HashedName.Place;

/** Which Cache-Control a file gets, RFC 9111 section 5.2. */
public final class CacheRules {

    /** Folders in which a generator keeps nothing but files whose names change with their content: its own servers say so. */
    private static final List<String> IMMUTABLE = List.of("/_next/static/*", "/_app/immutable/*");

    /** Folders that generators fill, and nobody else; not all names in them change. */
    private static final List<String> GENERATED = List.of("/_astro/*", "/_nuxt/*", "/static/bundle/*", "/build/*", "/_build/*",
            "/_expo/static/*", "/_framework/*");

    /** Vite's, VitePress's and Docusaurus's; create-react-app's. Authors put files there that are copied as they are. */
    private static final List<String> SHARED = List.of("/assets/*", "/static/js/*", "/static/css/*", "/static/media/*");

    private static final String SETTING = "site.cache.immutable";

    /** SvelteKit's, Gatsby's, Nuxt's, Qwik's and Next's; Next has about.txt beside about.html, too. */
    private static final Pattern PAGE_DATA = Pattern.compile(".*/(?:__data\\.json|page-data/.*\\.json|_payload\\.json|q-data\\.json|__next\\..*\\.txt)",
            Pattern.DOTALL);
    private static final String TEXT = ".txt";

    /** RFC 9111 section 5.2, RFC 5861: directives that are a time have a number. */
    private static final String SECONDS = "(?:max-age|s-maxage|stale-while-revalidate|stale-if-error)";
    private static final String VALUE = "(?:" + FieldPolicy.TOKEN + "|\"[\t !#-\\[\\]-~]*\")";
    private static final String DIRECTIVE = "(?:" + SECONDS + "=[0-9]+|(?!" + SECONDS + "\\b)" + FieldPolicy.TOKEN + "(?:=" + VALUE + ")?)";
    private static final Pattern CACHE_CONTROL = Pattern.compile(DIRECTIVE + "(?:[ \t]*,[ \t]*" + DIRECTIVE + ")*", Pattern.CASE_INSENSITIVE);

    private final String html;
    private final String hashed;
    private final String other;
    private final List<String> own;
    private final List<Pattern> immutable;
    private final List<Pattern> generated;
    private final List<Pattern> shared;
    private final Set<String> files;
    /** By folder and extension: how many files there are, and how many names look hashed. */
    private final Map<String, int[]> kinds = new HashMap<>();

    /**
     * @param html {@code site.cache.html}: of HTML, wherever it lies, for it names everything else
     * @param hashed {@code site.cache.hashed}: of files whose name changes with their content
     * @param other {@code site.cache.other}
     * @param immutable {@code site.cache.immutable}: all that lies there is hashed, whatever its name; * stands for any characters.
     *        Beside it names that look hashed are: leniently in the folders of generators, strictly elsewhere
     * @param files paths of all files
     * @throws IllegalArgumentException if a pattern has no leading slash, or a value is no Cache-Control
     */
    public CacheRules(String html, String hashed, String other, List<String> immutable, Collection<String> files) {
        this.html = value("site.cache.html", html);
        this.hashed = value("site.cache.hashed", hashed);
        this.other = value("site.cache.other", other);
        this.own = immutable;
        List<String> all = new ArrayList<>(IMMUTABLE);
        all.addAll(immutable);
        this.immutable = patterns(SETTING, all);
        this.generated = patterns(SETTING, GENERATED);
        this.shared = patterns(SETTING, SHARED);
        this.files = new HashSet<>(files);
        for (String path : files) {
            int[] counts = kinds.computeIfAbsent(kind(path), first -> new int[2]);
            counts[0]++;
            counts[1] += looksHashed(path) ? 1 : 0;
        }
    }

    /**
     * Whether a path is one of these.
     *
     * @param key of the setting
     * @param setting paths with a leading slash; one that ends in a slash is for all below it; * stands for any characters
     */
    public static Predicate<String> paths(String key, List<String> setting) {
        List<Pattern> patterns = patterns(key, setting);
        return path -> isAny(patterns, path);
    }

    /** @throws IllegalArgumentException in one line, if it is no value of Cache-Control: SECURITY: it is sent as it is */
    public static String value(String key, String value) {
        if (!CACHE_CONTROL.matcher(value).matches()) {
            throw new IllegalArgumentException(key + "=" + FileName.printable(value) + " is no Cache-Control, RFC 9111 section 5.2: "
                    + "directives with a comma between, as public, max-age=3600");
        }
        return value;
    }

    private static List<Pattern> patterns(String key, List<String> settings) {
        List<Pattern> patterns = new ArrayList<>();
        for (String setting : settings) {
            String path = setting.strip();
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException(key + "=" + path + ": a path begins with a slash, as in /assets/*");
            }
            StringBuilder regex = new StringBuilder();
            for (String part : (path.endsWith("/") ? path + "*" : path).split("\\*", -1)) {
                regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
            }
            patterns.add(Pattern.compile(regex.toString(), Pattern.DOTALL));
        }
        return patterns;
    }

    /** @param contentType RFC 9110 section 8.3, with parameters or without */
    public String of(String path, String contentType) {
        if (HtmlPage.isHtml(contentType) || isOfPage(path)) {
            return html;
        }
        return isHashed(path, contentType) ? hashed : other;
    }

    /** Whether it is what scripts read of a page in place of its HTML: one that is older names what is gone. */
    private boolean isOfPage(String path) {
        boolean named = PAGE_DATA.matcher(path).matches()
                || path.endsWith(TEXT) && files.contains(path.substring(0, path.length() - TEXT.length()) + ".html");
        return named && !isAny(immutable, path);
    }

    /** Whether the file's name changes with its content. */
    public boolean isHashed(String path, String contentType) {
        return !HtmlPage.isHtml(contentType) && (isAny(immutable, path) || HashedName.isHashed(name(path), place(path)));
    }

    /** For a name that a generator's folder would have taken for hashed, as most beside it: its folder may be one. */
    public Optional<Warning> warning(String path, String contentType) {
        int[] counts = kinds.getOrDefault(kind(path), new int[2]);
        if (HtmlPage.isHtml(contentType) || isHashed(path, contentType) || !looksHashed(path) || 2 * counts[1] <= counts[0]) {
            return Optional.empty();
        }
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        return Optional.of(new Warning(path, 0, "its name looks hashed, and it is cached as other files are: if it is, add "
                + (folder.equals("/") ? path : folder + "*") + " to " + SETTING));
    }

    /** For what the user has set and no file has. */
    public List<Warning> unmatched(Collection<String> paths) {
        return own.stream().filter(setting -> paths.stream().noneMatch(path -> isAny(patterns(SETTING, List.of(setting)), path)))
                .map(setting -> new Warning(SETTING, 0, setting.strip() + " is the path of no file; for all in a folder it is "
                        + setting.strip().replaceFirst("/?\\**$", "/*"))).toList();
    }

    private boolean looksHashed(String path) {
        return isAny(immutable, path) || HashedName.isHashed(name(path), Place.SHARED);
    }

    private static String kind(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1) + path.substring(path.lastIndexOf('.') + 1);
    }

    private Place place(String path) {
        return isAny(generated, path) ? Place.GENERATED : isAny(shared, path) ? Place.SHARED : Place.ELSEWHERE;
    }

    private static boolean isAny(List<Pattern> patterns, String path) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
