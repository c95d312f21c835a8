package org.bakedpage.build;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Completes the manifest that the Kubernetes extension has written, for it knows neither a container's security context nor most
 * kinds of objects, and what it is given itself it merges by names that must be known before.
 *
 * <p>Each document of a part is merged into the object of its kind, or added, with the workload's name, namespace and labels. One
 * with a pod's template is for the workload, of whatever kind. Placeholders are {@code ${name}}, {@code ${kind}},
 * {@code ${apiVersion}}, {@code ${version}}, {@code ${selector}}, {@code ${port}}, {@code ${service}}, {@code ${service.port}},
 * {@code ${replicas}}, and settings of the build. An object of which one has no value is left out.
 */
public final class Manifest {

    /** Those of the extension's deployment targets that are plain Kubernetes. */
    private static final List<String> TARGETS = List.of("kubernetes", "minikube", "kind");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final List<String> TEXTS = List.of("labels", "annotations");
    /** What a label may have; kubernetes.io/docs/concepts/overview/working-with-objects/labels. */
    private static final int MAX_LABEL = 63;
    private static final String VERSION = "version";
    private static final String REPLICAS = "quarkus.kubernetes.replicas";
    private static final String MIN_REPLICAS = "2";

    private final List<Map<String, Object>> objects;
    private final Map<String, Object> workload;
    private final Map<String, Object> values = new HashMap<>();
    private final Function<String, Optional<String>> settings;

    private Manifest(List<Map<String, Object>> objects, Function<String, Optional<String>> settings) {
        this.objects = objects;
        this.settings = settings;
        workload = objects.stream().filter(Manifest::isWorkload).findFirst()
                .orElseThrow(() -> new BuildFailure("the manifest has nothing with a pod's template"));
        values.put("name", map(workload, "metadata").get("name"));
        values.put("kind", workload.get("kind"));
        values.put("apiVersion", workload.get("apiVersion"));
        values.put("selector", map(workload, "spec", "selector").get("matchLabels"));
        first(container(), "ports").ifPresent(port -> values.put("port", port.get("containerPort")));
        values.put("replicas", settings.apply(REPLICAS).orElse(MIN_REPLICAS));
        objects.stream().filter(object -> "Service".equals(object.get("kind"))).findFirst().ifPresent(service -> {
            values.put("service", map(service, "metadata").get("name"));
            first(map(service, "spec"), "ports").ifPresent(port -> values.put("service.port", port.get("port")));
        });
        values.values().removeIf(value -> value == null);
    }

    /** @param arguments the target folder, the folder of the parts, and the project's version */
    public static void main(String... arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        BuildConfig config = BuildConfig.of(target.resolve("classes"));
        String version = config.value("quarkus.application.version").orElse(arguments[2]);
        List<String> parts = new ArrayList<>();
        try (Stream<Path> files = Files.exists(Path.of(arguments[1])) ? Files.list(Path.of(arguments[1])) : Stream.empty()) {
            for (Path file : files.filter(file -> file.toString().endsWith(".yml")).sorted().toList()) {
                parts.add(Files.readString(file));
            }
        }
        for (Path file : files(target, config)) {
            try {
                write(file, complete(Files.readString(file), parts,
                        name -> name.equals(VERSION) ? Optional.of(version) : config.value(name)));
            } catch (YAMLException e) {
                throw new BuildFailure(arguments[1] + ": " + e.getMessage().replaceAll("\\s+", " "));
            }
        }
        if (config.value("quarkus.container-image.push").map(Boolean::parseBoolean).orElse(false)) {
            Path digest = target.resolve(config.value("quarkus.jib.image-digest-file").orElse("jib-image.digest"));
            if (Files.exists(digest)) {
                pin(target, config, Files.readString(digest).strip());
            }
        }
    }

    /** Has the workload take the image that was pushed just now, so that to apply the manifest anew rolls it out. */
    static void pin(Path target, BuildConfig config, String digest) throws IOException {
        for (Path file : files(target, config)) {
            List<Map<String, Object>> objects = read(Files.readString(file));
            Map<String, Object> container = new Manifest(objects, config::value).container();
            container.put("image", withoutReference((String) container.get("image")) + "@" + digest);
            write(file, objects);
        }
    }

    private static List<Path> files(Path target, BuildConfig config) {
        Path folder = target.resolve(config.value("quarkus.kubernetes.output-directory").orElse("kubernetes"));
        return TARGETS.stream().map(name -> folder.resolve(name + ".yml")).filter(Files::exists).toList();
    }

    private static String withoutReference(String image) {
        int at = image.indexOf('@');
        String name = at < 0 ? image : image.substring(0, at);
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }

    /**
     * @param manifest as Quarkus wrote it, or as it was completed before
     * @param parts YAML documents each
     * @param settings of the build
     */
    static List<Map<String, Object>> complete(String manifest, List<String> parts, Function<String, Optional<String>> settings) {
        Manifest completed = new Manifest(read(manifest), settings);
        List<Map<String, Object>> documents = parts.stream().flatMap(part -> read(part).stream()).toList();
        // The workload first, for its labels are those of the others.
        documents.stream().filter(Manifest::isWorkload).forEach(completed::add);
        documents.stream().filter(document -> !isWorkload(document)).forEach(completed::add);
        if (completed.objects.stream().anyMatch(object -> "HorizontalPodAutoscaler".equals(object.get("kind")))) {
            map(completed.workload, "spec").remove("replicas");
        }
        return completed.objects;
    }

    private void add(Map<String, Object> document) {
        Object resolved = resolve(document, false);
        if (resolved == null && isWorkload(document)) {
            // SECURITY: what it says is no choice.
            throw new BuildFailure("a placeholder of the workload has no value: " + document);
        }
        if (resolved == null) {
            return;
        }
        Map<String, Object> part = asMap(resolved);
        Map<String, Object> existing = isWorkload(part) ? workload : objects.stream().filter(object -> isSame(object, part))
                .findFirst().orElse(null);
        if (existing != null) {
            part.remove("kind");
            part.remove("apiVersion");
            merge(existing, part);
            return;
        }
        Map<String, Object> added = new LinkedHashMap<>();
        added.put("apiVersion", part.get("apiVersion"));
        added.put("kind", part.get("kind"));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("labels", new LinkedHashMap<>(map(workload, "metadata", "labels")));
        metadata.put("name", values.get("name"));
        Object namespace = map(workload, "metadata").get("namespace");
        if (namespace != null) {
            metadata.put("namespace", namespace);
        }
        added.put("metadata", metadata);
        merge(added, part);
        objects.add(added);
    }

    private boolean isSame(Map<String, Object> object, Map<String, Object> part) {
        Object name = map(part, "metadata").getOrDefault("name", values.get("name"));
        return object.get("kind").equals(part.get("kind")) && map(object, "metadata").get("name").equals(name);
    }

    private static boolean isWorkload(Map<String, Object> object) {
        return !map(object, "spec", "template").isEmpty();
    }

    private Map<String, Object> container() {
        return first(map(workload, "spec", "template", "spec"), "containers")
                .orElseThrow(() -> new BuildFailure("the manifest has no container"));
    }

    /** Maps are merged, and lists of the same places' maps; all else is replaced. */
    private static void merge(Map<String, Object> into, Map<String, Object> part) {
        part.forEach((key, value) -> into.put(key, merged(into.get(key), value)));
    }

    private static Object merged(Object old, Object value) {
        if (old instanceof Map && value instanceof Map) {
            merge(asMap(old), asMap(value));
            return old;
        }
        if (old instanceof List<?> places && value instanceof List<?> list && places.size() >= list.size()
                && Stream.concat(places.stream(), list.stream()).allMatch(Map.class::isInstance)) {
            List<Object> all = new ArrayList<>(places);
            for (int i = 0; i < list.size(); i++) {
                all.set(i, merged(all.get(i), list.get(i)));
            }
            return all;
        }
        return value;
    }

    /** @return null where a placeholder has no value */
    private Object resolve(Object node, boolean isText) {
        if (node instanceof Map<?, ?> map) {
            Map<String, Object> resolved = new LinkedHashMap<>();
            for (Map.Entry<String, Object> entry : asMap(map).entrySet()) {
                Object value = resolve(entry.getValue(), TEXTS.contains(entry.getKey()) || isText);
                if (value == null && entry.getValue() != null) {
                    return null;
                }
                resolved.put(entry.getKey(), value);
            }
            return resolved;
        }
        if (node instanceof List<?> list) {
            List<Object> resolved = new ArrayList<>();
            for (Object item : list) {
                Object value = resolve(item, isText);
                if (value == null && item != null) {
                    return null;
                }
                resolved.add(value);
            }
            return resolved;
        }
        return node instanceof String text ? resolve(text, isText) : node;
    }

    private Object resolve(String text, boolean isText) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        if (!matcher.find()) {
            return text;
        }
        if (matcher.end() - matcher.start() == text.length()) {
            Object value = value(matcher.group(1));
            if (isText && value != null) {
                return label(value.toString());
            }
            return value instanceof String string && NUMBER.matcher(string).matches() ? (Object) Integer.valueOf(string) : value;
        }
        StringBuilder all = new StringBuilder();
        do {
            Object value = value(matcher.group(1));
            if (value == null) {
                return null;
            }
            matcher.appendReplacement(all, Matcher.quoteReplacement(value.toString()));
        } while (matcher.find());
        return matcher.appendTail(all).toString();
    }

    private Object value(String name) {
        Object value = values.get(name);
        // A copy, or YAML would have an anchor and an alias for what is in two places.
        return value == null ? settings.apply(name).orElse(null) : value instanceof Map ? new LinkedHashMap<>(asMap(value)) : value;
    }

    private static String label(String value) {
        String allowed = value.replaceAll("[^A-Za-z0-9_.-]", "-");
        return allowed.substring(0, Math.min(MAX_LABEL, allowed.length())).replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    }

    private static List<Map<String, Object>> read(String yaml) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
            if (document instanceof Map && asMap(document).get("kind") instanceof String) {
                documents.add(asMap(document));
            } else if (document != null) {
                throw new BuildFailure("no object of Kubernetes: " + document.toString().lines().findFirst().orElse(""));
            }
        }
        return documents;
    }

    /** As YAML, and beside it as JSON. */
    private static void write(Path file, List<Map<String, Object>> objects) throws IOException {
        Files.writeString(file, toYaml(objects));
        String name = file.getFileName().toString().replaceFirst("\\.yml$", ".json");
        Files.writeString(file.resolveSibling(name), new JsonObject().put("apiVersion", "v1").put("kind", "List")
                .put("items", new JsonArray(List.copyOf(objects))).encodePrettily() + "\n");
    }

    static String toYaml(List<Map<String, Object>> objects) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setExplicitStart(true);
        return new Yaml(options).dumpAll(objects.iterator());
    }

    /** The map that is found by these keys, or an empty one. */
    private static Map<String, Object> map(Map<String, Object> from, String... keys) {
        Map<String, Object> found = from;
        for (String key : keys) {
            if (!(found.get(key) instanceof Map)) {
                return Map.of();
            }
            found = asMap(found.get(key));
        }
        return found;
    }

    private static Optional<Map<String, Object>> first(Map<String, Object> from, String key) {
        return from.get(key) instanceof List<?> list && !list.isEmpty() ? Optional.of(asMap(list.get(0))) : Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object node) {
        return (Map<String, Object>) node;
    }
}
