package org.bakedpage.build;

import static org.bakedpage.build.Tree.asMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A YAML document that completes an object of the manifest, or is one more.
 *
 * @param file its name, for messages
 */
record ManifestPart(String file, Map<String, Object> document) {

    /** Of the HTTPRoute, which only clusters with the Gateway API have. */
    private static final Set<String> OPTIONAL = Set.of("web-server.gateway", "web-server.hostname");

    /** With another $ before it a text for somebody else, as nginx. */
    private static final Pattern PLACEHOLDER = Pattern.compile("(\\$?)\\$\\{([^}]+)}");
    /** Those of kubectl. */
    private static final List<String> ENDINGS = List.of(".yml", ".yaml", ".json");

    /** @param folder which need not be there */
    static List<ManifestPart> in(Path folder, Consumer<String> told) throws IOException {
        List<ManifestPart> parts = new ArrayList<>();
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                if (ENDINGS.stream().anyMatch(name::endsWith)) {
                    parts.addAll(of(name, Files.readString(file)));
                } else if (!name.startsWith(".")) {
                    told.accept(name + " is not read: parts end in one of " + String.join(", ", ENDINGS));
                }
            }
        }
        return parts;
    }

    static List<ManifestPart> of(String file, String yaml) {
        List<ManifestPart> parts = new ArrayList<>();
        try {
            LoaderOptions options = new LoaderOptions();
            DumperOptions unused = new DumperOptions();
            Yaml reader = new Yaml(new TextKeys(options), new Representer(unused), unused, options, new AsKubectl());
            for (Object document : reader.loadAll(yaml)) {
                if (document instanceof Map && asMap(document).get("kind") instanceof String) {
                    checkValues(file, "", document);
                    parts.add(new ManifestPart(file, asMap(document)));
                } else if (document != null) {
                    throw new BuildFailure(file + ": no object of Kubernetes: "
                            + document.toString().lines().findFirst().orElse(""));
                }
            }
        } catch (YAMLException e) {
            throw new BuildFailure(file + ": " + e.getMessage().replaceAll("\\s+", " "));
        }
        return parts;
    }

    /** Only what JSON has. */
    private static void checkValues(String file, String place, Object node) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (!(key instanceof String)) {
                    throw new BuildFailure(file + ": the key " + key + " is no text");
                }
                checkValues(file, place + "." + key, value);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> checkValues(file, place + "[]", item));
        } else if (node != null && !(node instanceof String || node instanceof Number || node instanceof Boolean)) {
            throw new BuildFailure(file + ": " + place.substring(1) + " is neither text nor number, true, false, list nor map");
        }
    }

    String kind() {
        return document.get("kind").toString();
    }

    /**
     * With values in place of placeholders.
     *
     * @param values those of the manifest itself, null for what it does not have
     * @return nothing for an object that is left out, which is told where it is not what most do without
     */
    Optional<Map<String, Object>> resolve(Map<String, Object> values, Function<String, Optional<String>> settings,
            Consumer<String> told) {
        Resolution resolution = new Resolution(values, settings, new TreeSet<>(), new TreeSet<>());
        Map<String, Object> resolved = asMap(resolution.of(document));
        Set<String> unset = new TreeSet<>(resolution.missing);
        unset.removeAll(values.keySet());
        // SECURITY: what the Deployment's part says is no choice.
        if (!unset.isEmpty() && !Manifest.isDeployment(document) && resolution.given.isEmpty()) {
            if (!OPTIONAL.containsAll(unset)) {
                told.accept(file + ": no " + kind() + ": " + String.join(", ", unset)
                        + (unset.size() == 1 ? " is" : " are") + " not set");
            }
            return Optional.empty();
        }
        if (!resolution.missing.isEmpty()) {
            String missing = String.join(", ", resolution.missing);
            throw new BuildFailure(file + ": the " + kind() + " needs " + missing + (unset.isEmpty()
                    ? ", which the manifest does not have" : "; a text ${…} that is no setting is written $${…}"));
        }
        return Optional.of(resolved);
    }

    /**
     * @param missing gets placeholders that have no value
     * @param given gets the settings that have one
     */
    private record Resolution(Map<String, Object> values, Function<String, Optional<String>> settings, Set<String> missing,
            Set<String> given) {

        Object of(Object node) {
            if (node instanceof Map<?, ?> map) {
                Map<String, Object> resolved = new LinkedHashMap<>();
                asMap(map).forEach((key, value) -> resolved.put(key, of(value)));
                return resolved;
            }
            if (node instanceof List<?> list) {
                List<Object> resolved = new ArrayList<>();
                list.forEach(item -> addItems(resolved, item));
                return resolved;
            }
            return node instanceof String text ? text(text) : node;
        }

        /** Of a setting that is a list, as Quarkus reads it, each value is an item. */
        private void addItems(List<Object> to, Object item) {
            Object resolved = of(item);
            if (item instanceof String text && resolved instanceof String list && PLACEHOLDER.matcher(text).matches()
                    && !text.startsWith("$$")) {
                to.addAll(KubernetesSettings.list(Optional.of(list)));
            } else {
                to.add(resolved);
            }
        }

        private Object text(String text) {
            Matcher matcher = PLACEHOLDER.matcher(text);
            if (matcher.matches() && matcher.group(1).isEmpty()) {
                return value(matcher.group(2));
            }
            return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1).isEmpty()
                    ? Objects.toString(value(found.group(2))) : found.group().substring(1)));
        }

        private Object value(String name) {
            Object value = values.get(name);
            if (value == null) {
                value = values.containsKey(name) ? null : settings.apply(name).orElse(null);
                (value == null ? missing : given).add(name);
            }
            return Tree.copy(value);
        }
    }

    /** As YAML 1.2 and a reader have them: 9000, on and 2026-01-01 are names in a ConfigMap. */
    private static final class TextKeys extends SafeConstructor {

        TextKeys(LoaderOptions options) {
            super(options);
        }

        @Override
        protected void flattenMapping(MappingNode node) {
            readKeysAsText(node);
            super.flattenMapping(node);
        }

        private static void readKeysAsText(Node node) {
            if (node instanceof SequenceNode list) {
                list.getValue().forEach(TextKeys::readKeysAsText);
            }
            for (NodeTuple entry : node instanceof MappingNode map ? map.getValue() : List.<NodeTuple>of()) {
                if (Tag.MERGE.equals(entry.getKeyNode().getTag())) {
                    readKeysAsText(entry.getValueNode());
                } else if (entry.getKeyNode() instanceof ScalarNode) {
                    entry.getKeyNode().setTag(Tag.STR);
                }
            }
        }
    }

    /** To kubectl (sigs.k8s.io/yaml) 2026-01-01 and 9:30 are texts; in YAML 1.1 one is a date, the other a number of base 60. */
    private static final class AsKubectl extends Resolver {

        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            Tag tag = super.resolve(kind, value, implicit);
            boolean hasBase60 = kind == NodeId.scalar && Set.of(Tag.INT, Tag.FLOAT).contains(tag) && value.indexOf(':') >= 0;
            return hasBase60 || Tag.TIMESTAMP.equals(tag) ? Tag.STR : tag;
        }
    }
}
