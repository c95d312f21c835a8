package org.bakedpage.build;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bakedpage.NonApplicationRoot;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Completes the manifest that the Kubernetes extension has written, for it knows neither a container's security context nor most
 * kinds of objects, and what it is given itself it merges by names that must be known before.
 *
 * <p>Each document of a part completes the object of its kind and name, in which what is there stays, or is added with the
 * Deployment's name, namespace and labels. Placeholders are {@code ${name}}, {@code ${version}}, {@code ${selector}},
 * {@code ${port}}, {@code ${service.port}}, {@code ${replicas}}, {@code ${max-replicas}}, and settings of the build. An object
 * of which no setting is there is left out.
 */
public final class Manifest {

    /** Those of the extension's deployment targets that are plain Kubernetes. */
    private static final Set<String> TARGETS = Set.of("kubernetes", "minikube", "kind");
    /** For kubectl apply -k, and for overlays. */
    private static final String BASE = """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources:
              - %s.yml
            """;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");
    private static final String VERSION_LABEL = "app.kubernetes.io/version";
    /** What a label may have; kubernetes.io/docs/concepts/overview/working-with-objects/labels. */
    private static final int MAX_LABEL = 63;
    private static final int MIN_REPLICAS = 2;
    private static final int MAX_REPLICAS = 10;
    private static final String SECURITY_CONTEXT = "securityContext";

    private final List<Map<String, Object>> objects;
    private final Function<String, Optional<String>> settings;
    private final Map<String, Object> deployment;
    private final Map<String, Object> container;
    private final Map<String, Object> values = new HashMap<>();

    private Manifest(List<Map<String, Object>> objects, Function<String, Optional<String>> settings, String name, String version) {
        this.objects = objects;
        this.settings = settings;
        String wanted = settings.apply("quarkus.kubernetes.name").or(() -> settings.apply("quarkus.application.name")).orElse(name);
        List<Map<String, Object>> deployments = objects.stream().filter(Manifest::isDeployment).toList();
        deployment = deployments.stream().filter(object -> wanted.equals(name(object)) || deployments.size() == 1).findFirst()
                .orElseThrow(() -> new BuildFailure("the manifest has no Deployment " + wanted + ", and nothing else is completed"));
        List<Map<String, Object>> containers = maps(map(deployment, "spec", "template", "spec").get("containers"));
        String containerName = settings.apply("quarkus.kubernetes.container-name").orElse(name(deployment));
        container = named(containers, containerName).or(() -> containers.stream().findFirst())
                .orElseThrow(() -> new BuildFailure("the manifest has no container"));
        Map<String, Object> labels = map(deployment, "spec", "selector", "matchLabels");
        if (labels.isEmpty()) {
            // SECURITY: a policy for an empty one is for all pods of the namespace.
            throw new BuildFailure("the Deployment's selector has no labels");
        }
        int replicas = settings.apply("quarkus.kubernetes.replicas").map(Integer::valueOf).orElse(MIN_REPLICAS);
        values.put("name", name(deployment));
        values.put("version", label(Objects.toString(labels.get(VERSION_LABEL),
                settings.apply("quarkus.kubernetes.version").or(() -> settings.apply("quarkus.application.version")).orElse(version))));
        values.put("selector", labels);
        values.put("port", port(container, "containerPort"));
        values.put("replicas", replicas);
        values.put("max-replicas", Math.max(replicas, MAX_REPLICAS));
        objects.stream().filter(object -> "Service".equals(object.get("kind")) && name(deployment).equals(name(object))).findFirst()
                .ifPresent(service -> values.put("service.port", port(map(service, "spec"), "port")));
    }

    /** @param arguments the project's folder, its name and its version, the target folder, and the folder of the parts */
    public static void main(String... arguments) throws IOException {
        Path target = Path.of(arguments[3]);
        BuildConfig config = BuildConfig.of(target.resolve("classes"));
        List<String> parts = new ArrayList<>();
        try (Stream<Path> files = Files.exists(Path.of(arguments[4])) ? Files.list(Path.of(arguments[4])) : Stream.empty()) {
            for (Path file : files.filter(file -> file.toString().endsWith(".yml")).sorted().toList()) {
                parts.add(Files.readString(file));
            }
        }
        Path folder = folder(config, Path.of(arguments[0]), target);
        Path digest = target.resolve(config.value("quarkus.jib.image-digest-file").orElse("jib-image.digest"));
        for (String name : targets(config)) {
            Path file = folder.resolve(name + ".json");
            if (!TARGETS.contains(name)) {
                System.out.println("[kubernetes] " + file + " is as Quarkus wrote it: completed are " + new TreeSet<>(TARGETS));
                continue;
            }
            // Jib pushes behind it; one that is older is of another build.
            boolean pushed = Files.exists(digest)
                    && Files.getLastModifiedTime(digest).compareTo(Files.getLastModifiedTime(file)) >= 0;
            try {
                Manifest manifest = of(Files.readString(file), config::value, arguments[1], arguments[2]);
                manifest.complete(parts);
                if (pushed) {
                    manifest.pin(Files.readString(digest).strip());
                }
                manifest.write(file);
                if (name.equals(targets(config).get(0))) {
                    Files.writeString(folder.resolve("kustomization.yml"), BASE.formatted(name));
                }
            } catch (YAMLException | NumberFormatException e) {
                throw new BuildFailure(arguments[4] + ": " + e.getMessage().replaceAll("\\s+", " "));
            }
        }
    }

    static Path folder(BuildConfig config, Path project, Path target) {
        return config.value("quarkus.kubernetes.output-directory").map(project::resolve).orElse(target.resolve("kubernetes"));
    }

    /** Puts an image that is made of the pushed one in its place. */
    static void pin(Path folder, String pushed, String made) throws IOException {
        for (String target : TARGETS) {
            for (String type : List.of(".json", ".yml")) {
                Path file = folder.resolve(target + type);
                if (Files.exists(file)) {
                    Files.writeString(file, Files.readString(file).replace("@" + pushed, "@" + made));
                }
            }
        }
    }

    private static List<String> targets(BuildConfig config) {
        List<String> targets = config.values("quarkus.kubernetes.deployment-target");
        return targets.isEmpty() ? List.of("kubernetes") : targets;
    }

    /**
     * @param json as Quarkus wrote it, or as it was completed before
     * @param settings of the build
     * @param name the application's, where the settings have none; its version likewise
     */
    static Manifest of(String json, Function<String, Optional<String>> settings, String name, String version) {
        return new Manifest(read(json), settings, name, version);
    }

    /** @param parts YAML documents each */
    void complete(List<String> parts) {
        List<Map<String, Object>> documents = new ArrayList<>(parts.stream().flatMap(part -> documents(part).stream()).toList());
        // The Deployment first, for its labels are those of others.
        documents.sort(Comparator.comparing(Manifest::isDeployment).reversed());
        documents.forEach(this::add);
        completeProbes();
        secureAll();
        if (objects.stream().anyMatch(object -> "HorizontalPodAutoscaler".equals(object.get("kind")))) {
            map(deployment, "spec").remove("replicas");
        }
        for (Map<String, Object> variable : maps(container.get("env"))) {
            if ("PORT".equals(variable.get("name")) && values.get("port") != null) {
                variable.put("value", values.get("port").toString());
            }
        }
    }

    /** Paths of probes that are relative, as in application.properties, are those of Quarkus's own endpoints. */
    private void completeProbes() {
        NonApplicationRoot endpoints = NonApplicationRoot.of(settings);
        for (String name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            Map<String, Object> get = map(container, name, "httpGet");
            String path = Objects.toString(get.get("path"), "/");
            if (!path.startsWith("/")) {
                get.put("path", endpoints.path() == null ? NonApplicationRoot.httpRoot(settings) + "/" : endpoints.path() + "/" + path);
                if (endpoints.port() > 0) {
                    get.put("port", endpoints.port());
                }
            }
        }
        List<Map<String, Object>> ports = maps(container.get("ports"));
        if (endpoints.port() > 0 && ports.stream().noneMatch(port -> Integer.valueOf(endpoints.port()).equals(port.get("containerPort")))) {
            ports = new ArrayList<>(ports);
            Map<String, Object> port = new LinkedHashMap<>();
            port.put("containerPort", endpoints.port());
            port.put("name", "management");
            port.put("protocol", "TCP");
            ports.add(port);
            container.put("ports", ports);
        }
        for (Map<String, Object> policy : endpoints.port() == 0 ? List.<Map<String, Object>>of() : objects) {
            if ("NetworkPolicy".equals(policy.get("kind")) && values.get("name").equals(name(policy))) {
                maps(map(policy, "spec").get("ingress")).stream().filter(rule -> !maps(rule.get("ports")).isEmpty()).findFirst()
                        .ifPresent(rule -> allow(rule, endpoints.port()));
            }
        }
    }

    private static void allow(Map<String, Object> rule, int number) {
        Map<String, Object> port = new LinkedHashMap<>();
        port.put("protocol", "TCP");
        port.put("port", number);
        if (!maps(rule.get("ports")).contains(port)) {
            maps(rule.get("ports")).add(port);
        }
    }

    private static boolean isDeployment(Map<String, Object> document) {
        return "Deployment".equals(document.get("kind"));
    }

    private void add(Map<String, Object> document) {
        Set<String> missing = new TreeSet<>();
        Set<String> given = new TreeSet<>();
        Map<String, Object> part = asMap(resolve(document, missing, given));
        if (!missing.isEmpty()) {
            // SECURITY: what the Deployment's part says is no choice.
            if (isDeployment(document) || !given.isEmpty()) {
                throw new BuildFailure("the " + document.get("kind") + " needs " + String.join(", ", missing));
            }
            return;
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("labels", new LinkedHashMap<>(map(deployment, "metadata", "labels")));
        metadata.put("name", values.get("name"));
        Object namespace = map(deployment, "metadata").get("namespace");
        if (namespace != null) {
            metadata.put("namespace", namespace);
        }
        Object name = map(part, "metadata").getOrDefault("name", values.get("name"));
        for (Map<String, Object> object : objects) {
            if (part.get("kind").equals(object.get("kind")) && name.equals(name(object))) {
                fill(object, part);
                return;
            }
        }
        Map<String, Object> added = new LinkedHashMap<>();
        added.put("apiVersion", part.get("apiVersion"));
        added.put("kind", part.get("kind"));
        Map<String, Object> own = new LinkedHashMap<>(map(part, "metadata"));
        fill(own, metadata);
        added.put("metadata", own);
        fill(added, part);
        objects.add(added);
    }

    /** SECURITY: the restricted Pod Security Standard is for all containers of a pod. */
    private void secureAll() {
        Map<String, Object> pod = map(deployment, "spec", "template", "spec");
        for (String list : List.of("containers", "initContainers")) {
            for (Map<String, Object> other : maps(pod.get(list))) {
                if (other != container && container.get(SECURITY_CONTEXT) != null) {
                    fill(other, Map.of(SECURITY_CONTEXT, copy(container.get(SECURITY_CONTEXT))));
                }
            }
        }
    }

    /** Has the Deployment take the image that was pushed just now, so that to apply the manifest anew rolls it out. */
    void pin(String digest) {
        String image = container.get("image").toString();
        int at = image.indexOf('@');
        String name = at < 0 ? image : image.substring(0, at);
        int colon = name.lastIndexOf(':');
        container.put("image", (colon > name.lastIndexOf('/') ? name.substring(0, colon) : name) + "@" + digest);
    }

    /** What is there stays. */
    private void fill(Map<String, Object> into, Map<String, Object> part) {
        part.forEach((key, value) -> {
            Object old = into.get(key);
            if (old instanceof Map && value instanceof Map) {
                fill(asMap(old), asMap(value));
            } else if (old instanceof List && key.equals("containers")) {
                into.put(key, fillContainers(maps(old), maps(value)));
            } else if (old == null) {
                into.put(key, value);
            }
        });
    }

    /** By name, as Kubernetes itself merges them; one without a name is the application's. */
    private List<Map<String, Object>> fillContainers(List<Map<String, Object>> containers, List<Map<String, Object>> parts) {
        List<Map<String, Object>> all = new ArrayList<>(containers);
        for (Map<String, Object> part : parts) {
            Object name = part.get("name");
            Optional<Map<String, Object>> old = name == null ? Optional.of(container) : named(all, name);
            if (old.isPresent()) {
                fill(old.get(), part);
            } else {
                all.add(part);
            }
        }
        return all;
    }

    /**
     * @param missing gets placeholders that have no value
     * @param given gets the settings that have one
     */
    private Object resolve(Object node, Set<String> missing, Set<String> given) {
        if (node instanceof Map<?, ?> map) {
            Map<String, Object> resolved = new LinkedHashMap<>();
            asMap(map).forEach((key, value) -> resolved.put(key, resolve(value, missing, given)));
            return resolved;
        }
        if (node instanceof List<?> list) {
            List<Object> resolved = new ArrayList<>();
            list.forEach(item -> resolved.add(resolve(item, missing, given)));
            return resolved;
        }
        return node instanceof String text ? resolveText(text, missing, given) : node;
    }

    private Object resolveText(String text, Set<String> missing, Set<String> given) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        if (matcher.matches()) {
            return value(matcher.group(1), missing, given);
        }
        return PLACEHOLDER.matcher(text).replaceAll(found ->
                Matcher.quoteReplacement(Objects.toString(value(found.group(1), missing, given))));
    }

    private Object value(String name, Set<String> missing, Set<String> given) {
        Object value = values.get(name);
        if (value == null) {
            value = settings.apply(name).orElse(null);
            (value == null ? missing : given).add(name);
        }
        return copy(value);
    }

    /** Or YAML would have an anchor and an alias for what is in two places. */
    private static Object copy(Object node) {
        if (node instanceof Map<?, ?> map) {
            Map<String, Object> copied = new LinkedHashMap<>();
            asMap(map).forEach((key, value) -> copied.put(key, copy(value)));
            return copied;
        }
        return node instanceof List<?> list ? new ArrayList<>(list.stream().map(Manifest::copy).toList()) : node;
    }

    private static String label(String value) {
        String allowed = value.replaceAll("[^A-Za-z0-9_.-]", "-");
        return allowed.substring(0, Math.min(MAX_LABEL, allowed.length())).replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    }

    /** In JSON a text is a text, which in Quarkus's YAML may look like a date. */
    private static List<Map<String, Object>> read(String json) {
        JsonArray array = json.stripLeading().startsWith("[") ? new JsonArray(json) : new JsonObject(json).getJsonArray("items");
        return new ArrayList<>(maps(plain(array)));
    }

    private static Object plain(Object node) {
        if (node instanceof JsonObject object) {
            Map<String, Object> map = new LinkedHashMap<>();
            object.fieldNames().forEach(name -> map.put(name, plain(object.getValue(name))));
            return map;
        }
        if (node instanceof JsonArray array) {
            List<Object> list = new ArrayList<>();
            array.forEach(item -> list.add(plain(item)));
            return list;
        }
        return node;
    }

    private static List<Map<String, Object>> documents(String yaml) {
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

    /** @param json beside which there is the same as YAML */
    private void write(Path json) throws IOException {
        Files.writeString(json, new JsonObject().put("apiVersion", "v1").put("kind", "List").put("items", new JsonArray(List.copyOf(objects)))
                .encodePrettily() + "\n");
        Files.writeString(json.resolveSibling(json.getFileName().toString().replaceFirst("\\.json$", ".yml")), yaml());
    }

    String yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setExplicitStart(true);
        return new Yaml(options).dumpAll(objects.iterator());
    }

    private static String name(Map<String, Object> object) {
        return Objects.toString(map(object, "metadata").get("name"), "");
    }

    /** The one that is named http, or the first. */
    private static Object port(Map<String, Object> from, String key) {
        List<Map<String, Object>> ports = maps(from.get("ports"));
        return named(ports, "http").or(() -> ports.stream().findFirst()).map(port -> port.get(key)).orElse(null);
    }

    private static Optional<Map<String, Object>> named(List<Map<String, Object>> all, Object name) {
        return all.stream().filter(one -> name.equals(one.get("name"))).findFirst();
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

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Object list) {
        return list instanceof List ? (List<Map<String, Object>>) list : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object node) {
        return (Map<String, Object>) node;
    }
}
