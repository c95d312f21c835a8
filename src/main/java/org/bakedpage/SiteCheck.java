package org.bakedpage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.bakedpage.bake.BakedFile;
import org.bakedpage.bake.ContentPolicy;
import org.bakedpage.bake.Field;
import org.bakedpage.bake.HeaderRules;
import org.bakedpage.bake.HtmlPage;
import org.bakedpage.bake.Inspection;
import org.bakedpage.bake.LeftOut;
import org.bakedpage.bake.Link;
import org.bakedpage.bake.Links;
import org.bakedpage.bake.Redirects;
import org.bakedpage.bake.SiteFolder;
import org.bakedpage.bake.SiteReport;
import org.bakedpage.bake.Warning;

/** Looks into the files of a site while they are baked, side by side, and tells what was found. */
final class SiteCheck {

    private final ContentPolicy policy;
    /** Null where they are not checked. */
    private final Links links;
    private final Map<String, String> mediaTypes = new HashMap<>();
    private final Map<String, HtmlPage> pages = new ConcurrentHashMap<>();
    private final Map<String, List<Link>> styleSheets = new ConcurrentHashMap<>();
    private final List<Warning> warnings = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Decided> decided = new ConcurrentHashMap<>();
    private final List<BakedFile> baked = new ArrayList<>();

    private record Decided(String cacheControl, long bytes) {
    }

    /**
     * @param root {@code quarkus.http.root-path}
     * @param paths at which something answers, those of files first; null where links are not checked
     * @param leftOut what is not part of the site
     */
    SiteCheck(ContentPolicy policy, String root, Collection<String> paths, List<LeftOut> leftOut) {
        this.policy = policy;
        Map<String, String> reasons = leftOut.stream().collect(Collectors.toMap(LeftOut::path, LeftOut::reason, (first, other) -> first));
        this.links = paths == null ? null : new Links(root, paths, mediaTypes::get, reasons::get);
    }

    /**
     * @param own what _headers says of its Content-Security-Policy, without a value where it takes it away; null for nothing
     * @return the Content-Security-Policy that this file needs; null for that of all, or its own
     */
    String policy(String path, Inspection found, Field own) {
        ContentPolicy effective = own == null ? policy : ContentPolicy.of(own.value());
        warnings.addAll(found.warnings());
        if (found.page() != null) {
            if (links != null && HtmlPage.isHtml(found.contentType())) {
                pages.put(path, found.page());
            }
            return policy(found.page(), effective, own == null);
        }
        if (found.links() != null) {
            if (links != null) {
                styleSheets.put(path, found.links());
            }
            warnings.addAll(effective.check(path, found.links()));
        }
        if (found.script() != null) {
            warnings.addAll(effective.check(found.script()));
        }
        return null;
    }

    private String policy(HtmlPage page, ContentPolicy effective, boolean extended) {
        if (!extended) {
            warnings.addAll(effective.check(page));
            return null;
        }
        ContentPolicy.Decision decision = effective.decide(page);
        warnings.addAll(decision.warnings());
        return decision.value();
    }

    void warn(Warning warning) {
        warnings.add(warning);
    }

    /**
     * Of a large site not all pages are kept: what is in it is forgotten here.
     *
     * @param paths at which this file answers, besides its own
     */
    void addLinks(String file, List<String> paths) {
        HtmlPage page = pages.remove(file);
        if (page != null) {
            links.add(page);
            paths.stream().map(page::relativePart).flatMap(Optional::stream).findFirst().ifPresent(this::warn);
        }
        List<Link> ofStyles = styleSheets.remove(file);
        if (ofStyles != null) {
            links.add(file, ofStyles);
        }
    }

    /** What a file is cached by, and how many bytes it has: dev mode serves it in another way. */
    void decided(String path, String cacheControl, long bytes) {
        decided.put(path, new Decided(cacheControl, bytes));
    }

    void baked(String path, Page page) {
        SortedMap<String, Long> codings = new TreeMap<>();
        for (Representation representation : page.representations()) {
            if (representation.coding() != Coding.IDENTITY) {
                codings.put(representation.coding().token().toString(), (long) representation.length());
            }
        }
        SortedMap<String, String> fields = new TreeMap<>();
        page.fields().forEach(field -> fields.put(field.name().toString(), field.value() == null ? "" : field.value().toString()));
        // One of the release before is as it was.
        Decided made = decided.getOrDefault(path, new Decided(page.cacheControl().toString(), page.identity().length()));
        mediaTypes.put(path, page.contentType().toString());
        baked.add(new BakedFile(path, path, page.contentType().toString(), made.bytes(), codings, page.identity().etag().toString(),
                made.cacheControl(), fields));
    }

    SiteReport report(SiteFolder folder, Redirects redirects, HeaderRules headers, SiteConfig config, Links.Answers answers) {
        warnings.addAll(folder.warnings());
        warnings.addAll(redirects.warnings());
        warnings.addAll(headers.warnings());
        if (links != null) {
            List<Warning> broken = links.broken(answers);
            if (config.checkLinks() == SiteConfig.LinkCheck.FAIL && !broken.isEmpty()) {
                throw new IllegalArgumentException(broken.get(0) + " (site.check-links=fail)");
            }
            warnings.addAll(broken);
        }
        SiteReport report = new SiteReport(baked, redirects.reached(), folder.leftOut(), warnings);
        if (config.check() == SiteConfig.Check.FAIL) {
            report.failOnWarnings();
        }
        return report;
    }
}
