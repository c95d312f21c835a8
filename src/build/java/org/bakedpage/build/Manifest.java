package org.bakedpage.build;

import static org.bakedpage.build.Tree.asMap;
import static org.bakedpage.build.Tree.copy;
import static org.bakedpage.build.Tree.map;
import static org.bakedpage.build.Tree.maps;
import static org.bakedpage.build.Tree.name;
import static org.bakedpage.build.Tree.named;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.bakedpage.NonApplicationRoot;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Completes the manifest that the Kubernetes extension has written, for it knows neither a container's security context nor most
 * kinds of objects, and what it is given itself it merges by names that must be known before.
 *
 * <p>Each document of a part completes the object of its kind and name, in which what is there stays, or is added with the
 * Deployment's name, namespace and labels. Placeholders are {@code ${name}}, {@code ${version}}, {@code ${selector}},
 * {@code ${port}}, {@code ${service.port}}, {@code ${replicas}}, {@code ${max-replicas}}, {@code ${grace-period}}, and settings
 * of the build. An object of which no setting is there is left out.
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
    private static final String VERSION_LABEL = "app.kubernetes.io/version";
    /** What a label may have; kubernetes.io/docs/concepts/overview/working-with-objects/labels. */
    private static final int MAX_LABEL = 63;
    private static final int MAX_REPLICAS = 10;
    private static final String AUTOSCALER = "HorizontalPodAutoscaler";
    /** In an order, or two builds would differ. */
    private static final Map<String, String> ROLLING_UPDATE = new TreeMap<>(Map.of(
            "maxSurge", "quarkus.kubernetes.rolling-update.max-surge",
            "maxUnavailable", "quarkus.kubernetes.rolling-update.max-unavailable"));
    private static final String SECURITY_CONTEXT = "securityContext";

    private final List<Map<String, Object>> objects;
    private final Function<String, Optional<String>> settings;
    private final Map<String, Object> deployment;
    private final Map<String, Object> container;
    private final Map<String, Object> values = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Manifest(List<Map<String, Object>> objects, Function<String, Optional<String>> settings, String name, String version) {
        this.objects = objects;
        this.settings = settings;
        String wanted = settings.apply("quarkus.kubernetes.name").or(() -> settings.apply("quarkus.application.name")).orElse(name);
        List<Map<String, Object>> deployments = objects.stream().filter(Manifest::isDeployment).toList();
        deployment = deployments.stream().filter(object -> wanted.equals(name(object)) || deployments.size() == 1).findFirst()
                .orElseThrow(() -> new BuildFailure("the manifest has no Deployment " + wanted
                        + ", and nothing else is completed: set quarkus.kubernetes.deployment-kind to Deployment"));
        List<Map<String, Object>> containers = maps(map(deployment, "spec", "template", "spec").get("containers"));
        String containerName = settings.apply("quarkus.kubernetes.container-name").orElse(name(deployment));
        checkNames();
        container = named(containers, containerName)
                .or(() -> containers.stream().filter(only -> containers.size() == 1).findFirst())
                .orElseThrow(() -> new BuildFailure("the manifest has no container " + containerName));
        Map<String, Object> labels = map(deployment, "spec", "selector", "matchLabels");
        if (labels.isEmpty()) {
            // SECURITY: a policy for an empty one is for all pods of the namespace.
            throw new BuildFailure("the Deployment's selector has no labels");
        }
        int replicas = KubernetesSettings.replicas(settings);
        values.put("name", name(deployment));
        values.put("version", label(Objects.toString(labels.get(VERSION_LABEL),
                settings.apply("quarkus.kubernetes.version").or(() -> settings.apply("quarkus.application.version")).orElse(version))));
        values.put("selector", labels);
        values.put("port", port(container, "containerPort"));
        values.put("replicas", replicas);
        values.put("max-replicas", Math.max(replicas, MAX_REPLICAS));
        Map<String, String> variables = new HashMap<>();
        maps(container.get("env"))
                .forEach(one -> variables.put(one.get("name").toString(), Objects.toString(one.get("value"), "")));
        values.put("grace-period", KubernetesSettings.gracePeriod(variables, settings));
        Optional<Map<String, Object>> service = objects.stream()
                .filter(object -> "Service".equals(object.get("kind")) && name(deployment).equals(name(object))).findFirst();
        values.put("service.port", service.map(found -> port(map(found, "spec"), "port")).orElse(null));
    }

    private void checkNames() {
        KubernetesSettings.checkName(name(deployment));
        Set<Object> names = new HashSet<>();
        for (Map<String, Object> one : containers()) {
            if (!names.add(one.get("name"))) {
                throw new BuildFailure("two containers of the pod have the name " + one.get("name")
                        + (settings.apply("quarkus.kubernetes.container-name").isEmpty() ? ""
                        : ": Quarkus gives quarkus.kubernetes.container-name to a sidecar; leave it out where there is one"));
            }
        }
    }

    private List<Map<String, Object>> containers() {
        Map<String, Object> pod = map(deployment, "spec", "template", "spec");
        List<Map<String, Object>> all = new ArrayList<>(maps(pod.get("containers")));
        all.addAll(maps(pod.get("initContainers")));
        return all;
    }

    /** @param arguments the project's folder, its name and its version, the target folder, and the folder of the parts */
    public static void main(String... arguments) throws IOException {
        Path target = Path.of(arguments[3]);
        BuildConfig config = BuildConfig.of(target.resolve("classes"));
        List<ManifestPart> parts = ManifestPart.in(Path.of(arguments[4]), Manifest::tell);
        Path folder = folder(config, Path.of(arguments[0]), target);
        Path digest = target.resolve(config.value("quarkus.jib.image-digest-file").orElse("jib-image.digest"));
        if (config.value("quarkus.kubernetes.ingress.host").isPresent() && !config.value("quarkus.kubernetes.ingress.expose").map(KubernetesSettings.BOOLEAN::convert).orElse(false)) {
            tell("there is no Ingress for quarkus.kubernetes.ingress.host: set quarkus.kubernetes.ingress.expose=true");
        }
        for (String name : targets(config)) {
            Path file = folder.resolve(name + ".json");
            if (!TARGETS.contains(name)) {
                tell(file + " is as Quarkus wrote it: completed are those of plain Kubernetes");
                continue;
            }
            // Jib pushes behind it; one that is older is of another build.
            boolean pushed = Files.exists(digest)
                    && Files.getLastModifiedTime(digest).compareTo(Files.getLastModifiedTime(file)) >= 0;
            Manifest manifest = of(Files.readString(file), config::value, arguments[1], arguments[2]);
            manifest.complete(parts);
            manifest.notes.forEach(Manifest::tell);
            if (pushed) {
                manifest.pin(Files.readString(digest).strip());
            }
            manifest.write(file);
            if (name.equals(targets(config).get(0))) {
                Files.writeString(folder.resolve("kustomization.yml"), BASE.formatted(name));
            }
        }
    }

    private static void tell(String line) {
        System.out.println("[kubernetes] " + line);
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

    void complete(List<ManifestPart> parts) {
        completeStrategy();
        // The Deployment first, for its labels are those of others.
        parts.stream().sorted(Comparator.comparing((ManifestPart part) -> isDeployment(part.document())).reversed())
                .forEach(this::add);
        checkStrategy();
        completeProbes();
        splitHosts();
        secureAll();
        if (objects.stream().anyMatch(object -> AUTOSCALER.equals(object.get("kind")))) {
            map(deployment, "spec").remove("replicas");
        }
        for (Map<String, Object> one : containers()) {
            // A number in YAML is none in an environment.
            maps(one.get("env")).forEach(variable -> variable.computeIfPresent("value", (key, value) -> value.toString()));
        }
    }

    /** What is told of the completion. */
    List<String> notes() {
        return notes;
    }

    /** What nobody has set is the parts': the extension adds 25% with strategy=rolling-update, and takes nothing without it. */
    private void completeStrategy() {
        Map<String, Object> strategy = map(deployment, "spec", "strategy");
        if ("Recreate".equals(strategy.get("type"))) {
            return;
        }
        Map<String, Object> update = new LinkedHashMap<>();
        ROLLING_UPDATE.forEach((key, setting) -> settings.apply(setting).ifPresent(value -> update.put(key, number(value))));
        if (settings.apply("quarkus.kubernetes.strategy").isPresent() || !update.isEmpty()) {
            strategy = new LinkedHashMap<>(strategy);
            strategy.put("type", "RollingUpdate");
            strategy.put("rollingUpdate", update);
            map(deployment, "spec").put("strategy", strategy);
        }
    }

    /** A number or per cent. */
    private static Object number(String value) {
        return value.endsWith("%") ? value : Integer.valueOf(value);
    }

    private void checkStrategy() {
        Map<String, Object> update = map(deployment, "spec", "strategy", "rollingUpdate");
        if (ROLLING_UPDATE.keySet().stream().allMatch(key -> Set.of("0", "0%").contains(Objects.toString(update.get(key))))) {
            throw new BuildFailure("of a rolling update maxSurge and maxUnavailable are both 0: set one of "
                    + String.join(", ", ROLLING_UPDATE.values()));
        }
    }

    /** A list of hosts is one host to the extension, and to Kubernetes a rule for each. */
    private void splitHosts() {
        for (Map<String, Object> object : objects) {
            List<Map<String, Object>> rules = new ArrayList<>();
            for (Map<String, Object> rule : "Ingress".equals(object.get("kind")) ? maps(map(object, "spec").get("rules"))
                    : List.<Map<String, Object>>of()) {
                List<String> hosts = KubernetesSettings.list(Optional.ofNullable(rule.get("host")).map(Object::toString));
                hosts.forEach(host -> {
                    Map<String, Object> one = asMap(copy(rule));
                    one.put("host", host);
                    rules.add(one);
                });
                if (hosts.isEmpty()) {
                    rules.add(rule);
                }
            }
            if (!rules.isEmpty()) {
                map(object, "spec").put("rules", rules);
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

    static boolean isDeployment(Map<String, Object> document) {
        return "Deployment".equals(document.get("kind"));
    }

    private void add(ManifestPart document) {
        if (document.kind().equals(AUTOSCALER) && Integer.valueOf(0).equals(values.get("replicas"))) {
            notes.add(document.file() + ": no " + AUTOSCALER + ", for quarkus.kubernetes.replicas is 0");
            return;
        }
        Optional<Map<String, Object>> resolved = document.resolve(values, settings, notes::add);
        if (resolved.isEmpty()) {
            return;
        }
        Map<String, Object> part = resolved.get();
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
                String prefix = document.file() + ": " + document.kind() + " " + name + ": ";
                new ManifestMerge(container, note -> notes.add(prefix + note)).fill(object, part, "");
                return;
            }
        }
        Map<String, Object> added = new LinkedHashMap<>();
        added.put("apiVersion", part.get("apiVersion"));
        added.put("kind", part.get("kind"));
        Map<String, Object> own = new LinkedHashMap<>(map(part, "metadata"));
        ManifestMerge quiet = new ManifestMerge(container, note -> { });
        quiet.fill(own, metadata, "");
        added.put("metadata", own);
        quiet.fill(added, part, "");
        objects.add(added);
    }

    /** SECURITY: the restricted Pod Security Standard is for all containers of a pod. */
    private void secureAll() {
        for (Map<String, Object> other : containers()) {
            if (other != container && container.get(SECURITY_CONTEXT) != null) {
                Map<String, Object> same = Map.of(SECURITY_CONTEXT, copy(container.get(SECURITY_CONTEXT)));
                new ManifestMerge(container, note -> { }).fill(other, same, "");
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

    /** @param json beside which there is the same as YAML */
    private void write(Path json) throws IOException {
        Files.writeString(json, json() + "\n");
        Files.writeString(json.resolveSibling(json.getFileName().toString().replaceFirst("\\.json$", ".yml")), yaml());
    }

    String json() {
        return new JsonObject().put("apiVersion", "v1").put("kind", "List").put("items", new JsonArray(List.copyOf(objects)))
                .encodePrettily();
    }

    String yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setExplicitStart(true);
        return new Yaml(options).dumpAll(objects.iterator());
    }

    /** The one that is named http, or the first. */
    private static Object port(Map<String, Object> from, String key) {
        List<Map<String, Object>> ports = maps(from.get("ports"));
        return named(ports, "http").or(() -> ports.stream().findFirst()).map(port -> port.get(key)).orElse(null);
    }
}
