package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The configured Content-Security-Policy, as Level 3 section 2.2 reads it: what each page makes of it, and what it blocks. */
public final class ContentPolicy {

    /** In bytes. Behind a proxy with nginx's buffer of 4 KiB for a head, one that is longer may make a page a 502. */
    public static final int LONG = 3 << 10;

    /** In bytes. A head has room for 8 KiB; a longer policy is not made. */
    public static final int MAX_LENGTH = 6 << 10;

    private static final String SCRIPT = "script-src";
    private static final String DEFAULT = "default-src";

    /** What counts where a directive is not given, section 6.8.3. What is not here has no fallback but default-src. */
    private static final Map<String, List<String>> FALLBACKS = Map.of(
            "script-src-elem", List.of("script-src-elem", SCRIPT, DEFAULT), "script-src-attr", List.of("script-src-attr", SCRIPT, DEFAULT),
            "style-src-elem", List.of("style-src-elem", "style-src", DEFAULT),
            "style-src-attr", List.of("style-src-attr", "style-src", DEFAULT),
            "worker-src", List.of("worker-src", "child-src", SCRIPT, DEFAULT), "frame-src", List.of("frame-src", "child-src", DEFAULT),
            "base-uri", List.of("base-uri"), "form-action", List.of("form-action"));

    /** Header fields with a comma are lists: each policy in it must allow what is to be allowed. */
    private final List<Map<String, List<String>>> policies = new ArrayList<>();
    private final String value;

    /**
     * What a page is sent with.
     *
     * @param value of Content-Security-Policy; null for none
     */
    public record Decision(String value, List<Warning> warnings) {
    }

    private ContentPolicy(String value) {
        this.value = value == null || value.isBlank() ? null : value.strip();
        for (String policy : this.value == null ? new String[0] : this.value.split(",")) {
            Map<String, List<String>> directives = new LinkedHashMap<>();
            for (String directive : policy.split(";")) {
                List<String> tokens = List.of(directive.strip().split("\\s+"));
                // Of two of one name the first counts.
                directives.putIfAbsent(tokens.get(0).toLowerCase(Locale.ROOT), tokens.subList(1, tokens.size()));
            }
            directives.remove("");
            policies.add(directives);
        }
    }

    /** @param value as it is configured; null or blank for none */
    public static ContentPolicy of(String value) {
        return new ContentPolicy(value);
    }

    /** The policy with the hashes of the page's own inline scripts that it would block, and what is blocked all the same. */
    public Decision decide(HtmlPage page) {
        Blocked blocked = new Blocked(page.file());
        ContentPolicy extended = with(page);
        if (extended != this && extended.value.length() > MAX_LENGTH) {
            blocked.add(0, "has so many inline scripts that with their hashes its Content-Security-Policy would have "
                    + extended.value.length() + " bytes, " + MAX_LENGTH + " at most are sent: move them into files, or allow "
                    + "'unsafe-inline' for this page in _headers");
            extended = this;
        } else if (extended != this && extended.value.length() > LONG) {
            blocked.add(0, "has a Content-Security-Policy of " + extended.value.length() + " bytes with the hashes of its inline scripts: "
                    + "proxies may refuse such a head (nginx: raise proxy_buffer_size), or move the scripts into files");
        }
        extended.check(page, blocked);
        return new Decision(extended.value, blocked.warnings());
    }

    /** What the policy blocks as it is. */
    public List<Warning> check(HtmlPage page) {
        Blocked blocked = new Blocked(page.file());
        check(page, blocked);
        return blocked.warnings();
    }

    private ContentPolicy with(HtmlPage page) {
        List<String> extended = new ArrayList<>();
        boolean changed = false;
        for (Map<String, List<String>> policy : policies) {
            SourceList list = list(policy, Inline.Type.SCRIPT.directive);
            Set<String> hashes = new LinkedHashSet<>();
            page.inlines().stream().filter(inline -> inline.type() == Inline.Type.SCRIPT && list != null && !list.allows(inline))
                    .forEach(inline -> hashes.add("'" + inline.hash(256) + "'"));
            Map<String, List<String>> directives = new LinkedHashMap<>(policy);
            if (!hashes.isEmpty()) {
                changed = true;
                List<String> sources = new ArrayList<>(list.sources());
                sources.removeIf("'none'"::equalsIgnoreCase);
                sources.addAll(hashes);
                // default-src is of more than scripts.
                directives.put(list.directive().equals(DEFAULT) ? SCRIPT : list.directive(), sources);
            }
            extended.add(directives.entrySet().stream().map(entry -> new SourceList(entry.getKey(), entry.getValue()).toString())
                    .collect(Collectors.joining("; ")));
        }
        return changed ? new ContentPolicy(String.join(", ", extended)) : this;
    }

    private void check(HtmlPage page, Blocked blocked) {
        for (Map<String, List<String>> policy : policies) {
            for (Inline inline : page.inlines()) {
                SourceList list = list(policy, inline.type().directive);
                if (list != null && !list.allows(inline)) {
                    blocked.inline(inline, list);
                }
            }
            check(policy, page.links(), blocked);
            page.scripts().forEach(script -> check(policy, script, blocked));
            SourceList bases = list(policy, "base-uri");
            if (page.base() != null && bases != null && !bases.allows(page.base().to())) {
                blocked.link(page.base().line(), "base", page.base(), bases);
            }
        }
    }

    private static void check(Map<String, List<String>> policy, List<Link> links, Blocked blocked) {
        for (Link link : links) {
            SourceList list = link.kind().directive == null ? null : list(policy, link.kind().directive);
            if (list != null && !(link.kind() == Link.Kind.IMPORT && list.isOfScripts()) && !list.allows(link) && !"about".equals(link.to().scheme()) && !"javascript".equals(link.to().scheme())) {
                blocked.link(link.line(), link.kind().noun, link, list);
            }
        }
    }

    private static void check(Map<String, List<String>> policy, ScriptText script, Blocked blocked) {
        SourceList code = list(policy, SCRIPT);
        if (script.evaluation() > 0 && code != null && !code.has("'unsafe-eval'")) {
            blocked.add(script.evaluation(), "code that is made of text (eval, new Function) is blocked by " + code.directive()
                    + ": take a build of the library that does without, or add 'unsafe-eval'");
        }
        if (script.webAssembly() > 0 && code != null && !code.has("'wasm-unsafe-eval'") && !code.has("'unsafe-eval'")) {
            blocked.add(script.webAssembly(), "WebAssembly is blocked by " + code + ": add 'wasm-unsafe-eval'");
        }
        SourceList workers = list(policy, "worker-src");
        if (script.blobWorker() > 0 && workers != null && !workers.has("blob:")) {
            blocked.add(script.blobWorker(), "a worker made of a blob is blocked by " + workers + ": add worker-src 'self' blob:");
        }
        check(policy, script.links(), blocked);
    }

    /** What is blocked of a stylesheet's own links. */
    public List<Warning> check(String file, List<Link> links) {
        Blocked blocked = new Blocked(file);
        policies.forEach(policy -> check(policy, links, blocked));
        return blocked.warnings();
    }

    /** What is blocked of a script file's own doings. */
    public List<Warning> check(ScriptText script) {
        Blocked blocked = new Blocked(script.file());
        policies.forEach(policy -> check(policy, script, blocked));
        return blocked.warnings();
    }

    /** @return null where nothing is restricted */
    private static SourceList list(Map<String, List<String>> policy, String directive) {
        for (String name : FALLBACKS.getOrDefault(directive, List.of(directive, DEFAULT))) {
            if (policy.containsKey(name)) {
                return new SourceList(name, policy.get(name));
            }
        }
        return null;
    }
}
