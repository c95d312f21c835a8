package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.util.AsciiString;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bakedpage.bake.CacheRules;
import org.bakedpage.bake.CleanUrls;
import org.bakedpage.bake.CodedName;
import org.bakedpage.bake.ContentPolicy;
import org.bakedpage.bake.Field;
import org.bakedpage.bake.HeaderRules;
import org.bakedpage.bake.Inspection;
import org.bakedpage.bake.MediaTypes;
import org.bakedpage.bake.Redirects;
import org.bakedpage.bake.Rule;
import org.bakedpage.bake.SiteFile;
import org.bakedpage.bake.SiteFolder;
import org.bakedpage.bake.SiteReport;
import org.bakedpage.bake.Warning;
import org.eclipse.microprofile.config.Config;

/**
 * Decides what a site answers at each path, for {@code Bake} and for dev mode alike; the two differ in what they make of a file's
 * content. What stands at a path goes in this order: a forced redirect, a file, the index of a folder, a clean URL, the redirect to
 * a folder, a static redirect.
 */
final class SiteBuilder {

    static final String POLICY = "Content-Security-Policy";
    /** Its value, where the application's settings have it. */
    private static final String POLICY_KEY = "quarkus.http.header.\"" + POLICY + "\".value";

    private static final String ROOT_KEY = "quarkus.http.root-path";

    /** What browsers take from a file of its own media type alone. */
    private static final Set<String> CODED = Set.of("text/javascript", "text/css", "application/wasm");

    private static final long BATCH_BYTES = 64 << 20;
    private static final int PERMANENT = 308;
    private static final String HTML = ".html";
    private static final String MARKDOWN = ".md";
    /** What stands for any path below a folder. */
    private static final String ANY = "x/y/";

    private final Settings settings;
    private final SiteFolder folder;
    private final Map<String, SiteFile> files = new LinkedHashMap<>();
    private final Map<String, CleanUrls.Answer> urls;
    /** Of each file the path where its page is read, then the others that name it in rules. */
    private final Map<String, List<String>> pathsByFile = new HashMap<>();
    private final Redirects redirects;
    private final HeaderRules headers;
    private final CacheRules cacheRules;
    private final MediaTypes mediaTypes;
    private final SiteCheck check;
    private final Predicate<String> routes;
    private final Previous previous;
    /** The file; null for none. */
    private final String fallback;
    /** Where the settings of the start are; null for nowhere. */
    private final String environment;

    /**
     * @param root {@code quarkus.http.root-path}, without a slash at its end
     * @param policy the Content-Security-Policy that all answers have; null for none
     * @param endpoints where Quarkus's own are
     * @param address where the server listens
     * @param encoder gives the contents of a file, of which one is the identity
     */
    record Settings(SiteConfig site, String root, String policy, NonApplicationRoot endpoints, ServerAddress address, Encoder encoder) {

        /** @throws IllegalArgumentException in one line, if no request could name the root */
        static Settings of(SmallRyeConfig config, Encoder encoder) {
            NonApplicationRoot endpoints = NonApplicationRoot.of(settings(config));
            return new Settings(config.getConfigMapping(SiteConfig.class), plainRoot(config),
                    config.getOptionalValue(POLICY_KEY, String.class).orElse(null), endpoints, ServerAddress.of(config), encoder);
        }

        private static String plainRoot(Config config) {
            String root = root(config);
            if (root.chars().anyMatch(c -> "%?#*".indexOf(c) >= 0) || !RequestPath.normalize(root + "/").equals(root + "/")
                    || !Location.encodePath(root).equals(root)) {
                throw new IllegalArgumentException(ROOT_KEY + "=" + config.getConfigValue(ROOT_KEY).getValue()
                        + " is no plain path: it has no empty segments or dot segments, none of ?, # and *, and nothing that "
                        + "would be percent-encoded, for Quarkus's router compares it as it is");
            }
            return root;
        }

        /** Without a slash at its end; unchecked, for dev mode's page that tells what is refused. */
        static String root(Config config) {
            return NonApplicationRoot.httpRoot(settings(config));
        }

        private static Function<String, Optional<String>> settings(Config config) {
            return key -> config.getOptionalValue(key, String.class);
        }
    }

    /** The release before, as it was baked or as its folder; both are null for none. */
    record Previous(Site site, SiteFolder folder) {

        static final Previous NONE = new Previous(null, null);
    }

    /** What a build and dev mode do each in its own way. */
    interface Encoder {

        default byte[] read(SiteFile file) {
            return file.content();
        }

        /** @param url where a browser reads the file */
        default Inspection inspect(SiteFile file, String url, String contentType, byte[] content) {
            return Inspection.of(file.path(), url, contentType, content);
        }

        List<Representation> representations(String path, byte[] content);

        default String cacheControl(String decided) {
            return decided;
        }

        default byte[] content(String contentType, byte[] content) {
            return content;
        }
    }

    /**
     * @param previous whose immutable files stay
     * @throws IllegalArgumentException in one line, with file, line and reason, if something of the site is refused
     */
    SiteBuilder(Settings settings, SiteFolder folder, Previous previous) {
        this.previous = previous;
        this.settings = settings;
        this.folder = folder;
        SiteConfig site = settings.site();
        folder.files().forEach(file -> files.put(file.path(), file));
        urls = CleanUrls.of(files.keySet(), site.cleanUrls(), site.trailingSlash());
        files.keySet().forEach(file -> pathsByFile.put(file, new ArrayList<>(List.of(file))));
        Map<String, String> pages = new HashMap<>();
        files.keySet().forEach(file -> pages.put(file, file));
        urls.forEach((path, answer) -> {
            if (answer.file() != null) {
                pathsByFile.get(answer.file()).add(0, path);
            }
            pages.put(path, answer.file() != null ? path : Location.resolve(path, answer.location()));
        });
        files.keySet().forEach(file -> CleanUrls.errorPage(file).filter(path -> !files.containsKey(path))
                .ifPresent(path -> pathsByFile.get(file).add(path)));
        environment = site.environment().map(this::requireFree).orElse(null);
        fallback = site.fallback().map(this::requireFile).orElse(null);
        redirects = Redirects.of(rules(SiteFolder.REDIRECTS), pages, this::named,
                path -> fallback != null || path.equals(environment));
        headers = HeaderRules.of(rules(SiteFolder.HEADERS), List.copyOf(pathsByFile.values()));
        cacheRules = new CacheRules(site.cache().html(), site.cache().hashed(), site.cache().other(),
                site.cache().immutable().orElse(List.of()), files.keySet());
        CacheRules.value("site.cache.errors", site.cache().errors());
        mediaTypes = new MediaTypes(site.mediaTypes());
        routes = CacheRules.paths("site.routes", site.routes().orElse(List.of()));
        check = new SiteCheck(ContentPolicy.of(settings.policy()), settings.root(),
                site.checkLinks() == SiteConfig.LinkCheck.IGNORE ? null : paths(), folder.leftOut());
    }

    /**
     * Where the pages are: a folder, and what dependencies have besides.
     *
     * @param generated archives of what extensions have made
     */
    static SiteFolder folder(Path project, SiteConfig config, List<Path> generated) {
        List<Path> others = new ArrayList<>(SiteFolder.classPath(SiteBuilder.class.getClassLoader(), project));
        others.addAll(generated);
        return SiteFolder.of(SiteFolder.source(project, config.directory()), others);
    }

    private byte[] rules(String path) {
        return folder.rules(path).map(SiteFile::content).orElse(new byte[0]);
    }

    /** Some files at a time, side by side: what is in memory is bounded. */
    SiteReport write(WritableByteChannel out, Instant lastModified, int recipe) throws IOException {
        SiteWriter writer = new SiteWriter(out);
        List<SiteFile> list = folder.files();
        Map<String, List<String>> elsewhere = elsewhere();
        for (int start = 0, end; start < list.size(); start = end) {
            end = start;
            for (long bytes = 0; end < list.size() && bytes < BATCH_BYTES; end++) {
                bytes += list.get(end).length();
            }
            List<Page> pages = pages(list.subList(start, end));
            for (int i = start; i < end; i++) {
                writer.add(at(list.get(i).path()), pages.get(i - start));
                check.baked(list.get(i).path(), pages.get(i - start));
                check.addLinks(list.get(i).path(), elsewhere.getOrDefault(list.get(i).path(), List.of()));
            }
        }
        addPrevious(writer);
        addMarkdown(writer);
        addUrls(writer);
        addRedirects(writer);
        if (environment != null && !files.containsKey(environment) && !redirects.entries().containsKey(environment)) {
            writer.add(at(environment), Page.placeholder());
        }
        writer.finish(new SiteWriter.Settings(settings.root(), fallback == null ? null : at(fallback), environment == null ? null : at(environment),
                lastModified, settings.site().cache().errors(), settings.endpoints(), settings.address(), recipe));
        cacheRules.unmatched(files.keySet()).forEach(check::warn);
        if (!hasStart() && settings.endpoints().path() == null) {
            throw new IllegalArgumentException("nothing answers at " + at("/") + ", which probes ask for there are no endpoints for health: a site "
                    + "has an index.html, a site.fallback, or a rule for / in _redirects");
        }
        if (!hasStart()) {
            check.warn(new Warning("/", 0, (files.isEmpty() ? "there is no page at all" : "nothing answers here")
                    + ": a site has an index.html, a site.fallback, or a rule for / in _redirects"));
        }
        files.keySet().stream().filter(file -> settings.endpoints().is(at(file), Endpoints.ALL))
                .forEach(file -> check.warn(new Warning(file, 0, "is not served: at its path is Quarkus's own endpoint, see "
                        + "quarkus.http.non-application-root-path")));
        return check.report(folder, redirects, headers, settings.site(), this::answering);
    }

    /** Of the release before, what never changes: who has loaded a page of it finds what that names. */
    private void addPrevious(SiteWriter writer) throws IOException {
        for (SiteFile file : previous.folder() == null ? List.<SiteFile>of() : previous.folder().files()) {
            if (stays(file.path(), mediaTypes.of(file.path()))) {
                addPrevious(writer, file.path(), page(file));
            }
        }
        Site site = previous.site();
        for (int entry = 0; site != null && entry < site.entries(); entry++) {
            Page page = site.pageOf(entry);
            String path = site.path(entry);
            String file = path.startsWith(site.root()) ? path.substring(site.root().length()) : path;
            if (page != null && page.identity() != null && !site.isPrevious(entry) && stays(file, page.contentType().toString())) {
                addPrevious(writer, file, page);
            }
        }
    }

    private boolean stays(String file, String contentType) {
        List<Field> fields = headers.fieldsOf(paths(file));
        return !files.containsKey(file) && (cacheRules.isHashed(uncoded(file, fields), contentType)
                || fields.stream().anyMatch(SiteBuilder::isImmutable));
    }

    /** RFC 8246. */
    private static boolean isImmutable(Field field) {
        return field.name().equalsIgnoreCase("Cache-Control") && field.value() != null && FieldList.contains(field.value(), "immutable");
    }

    private void addPrevious(SiteWriter writer, String file, Page page) throws IOException {
        writer.addPrevious(at(file), page);
        check.baked(file, page);
    }

    /** Where a path of the site is on its host. */
    private String at(String path) {
        return settings.root() + path;
    }

    private static String absolute(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    private void addMarkdown(SiteWriter writer) {
        for (String file : files.keySet()) {
            String markdown = file.endsWith(HTML) ? file.substring(0, file.length() - HTML.length()) + MARKDOWN : null;
            if (files.containsKey(markdown)) {
                writer.markdown(at(file), at(markdown));
            }
        }
    }

    private void addUrls(SiteWriter writer) {
        urls.forEach((path, answer) -> {
            if (answer.file() != null) {
                writer.alias(at(path), at(answer.file()));
            } else {
                writer.answer(at(path), Page.redirect(PERMANENT, answer.location()));
            }
        });
        if (fallback != null && file("/") == null && redirects.at("/") == null) {
            writer.alias(at("/"), at(fallback));
        }
        if (!settings.root().isEmpty()) {
            String name = settings.root().substring(settings.root().lastIndexOf('/') + 1);
            writer.answer(settings.root(), Page.redirect(PERMANENT, "./" + Location.encodePath(name) + "/"));
        }
    }

    private void addRedirects(SiteWriter writer) {
        String root = Location.encode(settings.root());
        redirects.entries().forEach((path, rule) -> {
            String file = rule.isRedirect() ? null : file(rule.page());
            if (rule.isRedirect()) {
                writer.answer(at(path), Page.redirect(rule.status(), rule.under(root).destination()));
            } else if (file == null) {
                writer.answer(at(path), Page.placeholder().withStatus(rule.status()));
            } else {
                writer.alias(at(path), at(file), rule.status());
            }
        });
        for (Rule rule : redirects.dynamic()) {
            Rule placed = rule.under(root);
            writer.rule(placed.source(), placed.destination(), placed.status());
        }
    }

    /** The file that answers at this path; null for none. */
    private String file(String path) {
        CleanUrls.Answer answer = urls.get(path);
        return files.containsKey(path) ? path : answer == null ? null : answer.file();
    }

    /** The file that a rule means by this path, {@code /404} the site's error page too; null for none. */
    private String named(String path) {
        String file = file(path);
        String page = path + HTML;
        return file != null ? file : CleanUrls.errorPage(page).isPresent() && files.containsKey(page) ? page : null;
    }

    /** Whether something answers at /, where visitors begin. */
    boolean hasStart() {
        Rule rule = redirects.at("/");
        return rule != null ? rule.isRedirect() || rule.status() == 200 : file("/") != null || fallback != null;
    }

    /** For the check of links: the file that answers, empty for a redirect or a page of the start, null for none. */
    private String answering(String path, boolean navigation) {
        String file = file(path);
        Rule rule = redirects.at(path);
        if (file == null && rule != null) {
            file = rule.isRedirect() || rule.isDynamic() ? "" : file(rule.page());
        }
        if (file == null && (urls.containsKey(path) || path.equals(environment)
                || routes.test(path) || settings.endpoints().is(at(path), Endpoints.ALL))) {
            file = "";
        }
        return file == null && navigation ? fallback : file;
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>(files.keySet());
        paths.addAll(urls.keySet());
        paths.addAll(redirects.entries().keySet());
        return paths;
    }

    /** By page, paths on its host at which it answers as it does at many: an error page, the fallback, that of a rule. */
    private Map<String, List<String>> elsewhere() {
        Map<String, List<String>> pages = new HashMap<>();
        if (fallback != null) {
            pages.put(fallback, new ArrayList<>(List.of(at("/" + ANY))));
        }
        for (String file : files.keySet()) {
            if (file.endsWith(CleanUrls.NOT_FOUND)) {
                pages.computeIfAbsent(file, first -> new ArrayList<>()).add(at(file.substring(0, file.lastIndexOf('/') + 1) + ANY));
            }
        }
        for (Rule rule : redirects.reached()) {
            String file = rule.isRedirect() || !rule.isDynamic() ? null : file(rule.page());
            // None where the destination has placeholders: those pages answer at one path each.
            if (file != null) {
                pages.computeIfAbsent(file, first -> new ArrayList<>()).add(at(RequestPath.of(rule.source().replace("*", ANY))));
            }
        }
        return pages;
    }

    private String requireFile(String name) {
        String file = file(absolute(name));
        if (file == null) {
            throw new IllegalArgumentException("site.fallback=" + name + " names no page");
        }
        return file;
    }

    /** Not where a page is found besides its own path: there it would be gone without variables. At / visitors begin. */
    private String requireFree(String name) {
        String path = absolute(name);
        if (!files.containsKey(path) && (path.equals("/") || urls.containsKey(path))) {
            throw new IllegalArgumentException("site.environment=" + name
                    + " is an address of a page: it needs a path of its own, or a file's");
        }
        return path;
    }

    private List<Page> pages(List<SiteFile> some) {
        try {
            return some.parallelStream().map(this::page).toList();
        } catch (IllegalArgumentException e) {
            // Of another thread it is the cause of one whose text begins with a name of a class.
            throw e.getCause() instanceof IllegalArgumentException told ? told : e;
        }
    }

    private Page page(SiteFile file) {
        if (file.length() > SiteMemory.WINDOW) {
            throw new IllegalArgumentException(file.path() + " has " + file.length() + " bytes: a page may have 1 GiB");
        }
        byte[] content = settings.encoder().read(file);
        List<Field> fields = new ArrayList<>(headers.fieldsOf(paths(file.path())));
        String name = uncoded(file.path(), fields);
        String contentType = taken(fields, "Content-Type", mediaTypes.of(name));
        String cacheControl = taken(fields, "Cache-Control", cacheRules.of(name, contentType));
        check.decided(file.path(), cacheControl, content.length);
        cacheRules.warning(name, contentType).ifPresent(check::warn);
        if (!name.equals(file.path())) {
            return page(file.path(), content, contentType, cacheControl, fields, Coding.IDENTITY::equals);
        }
        checkCoding(file.path());
        Field own = fields.stream().filter(field -> field.name().equalsIgnoreCase(POLICY)).findFirst().orElse(null);
        Inspection found = settings.encoder().inspect(file, url(file.path()), contentType, content);
        String policy = check.policy(file.path(), found, own);
        if (policy != null && !policy.equals(settings.policy())) {
            fields.add(new Field(POLICY, policy));
        }
        byte[] sent = settings.encoder().content(contentType, content);
        return page(file.path(), sent, contentType, cacheControl, fields, coding -> true);
    }

    /** By which name the media type is told, and a hash: that of the original where a rule says that a file is compressed. */
    private static String uncoded(String path, List<Field> fields) {
        return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(CodedName.FIELD)) ? CodedName.original(path) : path;
    }

    /** @param codings those that a client may choose of: of what is compressed already there is no other */
    private Page page(String path, byte[] content, String contentType, String cacheControl, List<Field> fields,
            Predicate<Coding> codings) {
        List<Representation> representations = settings.encoder().representations(path, content).stream()
                .filter(representation -> codings.test(representation.coding())).toList();
        return new Page(contentType, settings.encoder().cacheControl(cacheControl), representations)
                .withFields(fields.stream().map(SiteBuilder::field).toList());
    }

    /** What nobody downloads, and no browser decodes without being told. */
    private void checkCoding(String path) {
        String original = CodedName.original(path);
        if (original != null && CODED.contains(mediaTypes.of(original).split(";", 2)[0])) {
            check.warn(new Warning(path, 0, "is sent as it is, which browsers can neither run nor read: give it its "
                    + CodedName.FIELD + " in _headers, or publish it uncompressed: the build compresses it"));
        }
    }

    private static Page.Field field(Field field) {
        return new Page.Field(new AsciiString(field.name(), UTF_8), field.value() == null ? null : new AsciiString(field.value(), UTF_8));
    }

    /** The value of a field that a page has in any case, where a rule gives another; empty where a rule takes it away. */
    private static String taken(List<Field> fields, String name, String otherwise) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                fields.remove(field);
                return field.value() == null ? "" : field.value();
            }
        }
        return otherwise;
    }

    /** One of the release before has its own alone. */
    private List<String> paths(String file) {
        return pathsByFile.getOrDefault(file, List.of(file));
    }

    /** Where a browser reads the page of a file: relative links are seen from there. */
    private String url(String file) {
        return at(paths(file).get(0));
    }
}
