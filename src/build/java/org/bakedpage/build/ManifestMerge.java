package org.bakedpage.build;

import static org.bakedpage.build.Tree.asMap;
import static org.bakedpage.build.Tree.maps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Adds to an object what a part says and the object does not; what stands against it is told. */
final class ManifestMerge {

    /**
     * By what Kubernetes merges the lists of these names ({@code x-kubernetes-patch-merge-key} of its API); any other list is one
     * value. Of ports the names must differ as well.
     */
    private static final Map<String, List<String>> KEYS = Map.ofEntries(Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")), Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")), Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("ports", List.of("containerPort", "port", "name")), Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("secrets", List.of("name")), Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey")), Map.entry("resourceClaims", List.of("name")));
    /** Of each of these an object may have one. */
    private static final List<Set<String>> ONE_OF = List.of(Set.of("exec", "httpGet", "tcpSocket", "grpc", "sleep"),
            Set.of("value", "valueFrom"));

    private final Map<String, Object> container;
    private final Consumer<String> told;

    /** @param container the application's, which in a part needs no name */
    ManifestMerge(Map<String, Object> container, Consumer<String> told) {
        this.container = container;
        this.told = told;
    }

    /** @param place of this map in the object, for what is told */
    void fill(Map<String, Object> into, Map<String, Object> part, String place) {
        part.forEach((key, value) -> {
            Object old = into.get(key);
            String at = place.isEmpty() ? key : place + "." + key;
            Optional<String> other = rival(into, key);
            if (old instanceof Map && value instanceof Map) {
                fill(asMap(old), asMap(value), at);
            } else if (old instanceof List && value instanceof List && KEYS.containsKey(key)) {
                into.put(key, fillList(maps(old), maps(value), key, at));
            } else if (old == null && other.isEmpty()) {
                into.put(key, value);
            } else if (old == null) {
                told.accept(at + " is not added beside " + other.get());
            } else if (!old.toString().equals(Objects.toString(value))) {
                told.accept(at + " stays " + old + ", and does not become " + value);
            }
        });
    }

    private static Optional<String> rival(Map<String, Object> into, String key) {
        if (key.equals("rollingUpdate") && "Recreate".equals(into.get("type"))) {
            return Optional.of("type Recreate");
        }
        return ONE_OF.stream().filter(keys -> keys.contains(key)).flatMap(Set::stream)
                .filter(other -> !other.equals(key) && into.containsKey(other)).findFirst();
    }

    private List<Map<String, Object>> fillList(List<Map<String, Object>> list, List<Map<String, Object>> parts, String name,
            String at) {
        List<Map<String, Object>> all = new ArrayList<>(list);
        for (Map<String, Object> part : parts) {
            Optional<Map<String, Object>> old = name.equals("containers") && part.get("name") == null ? Optional.of(container)
                    : all.stream().filter(one -> KEYS.get(name).stream().anyMatch(key -> isSame(one, part, key))).findFirst();
            if (old.isEmpty()) {
                all.add(part);
            } else if (!name.equals("volumes")) {
                fill(old.get(), part, at);
            } else if (!old.get().equals(part)) {
                // It has one source, of many kinds.
                told.accept(at + " stays " + old.get() + ", and does not become " + part);
            }
        }
        return all;
    }

    private static boolean isSame(Map<String, Object> old, Map<String, Object> part, String key) {
        return part.get(key) != null && part.get(key).equals(old.get(key))
                && (key.equals("name") || protocol(old).equals(protocol(part)));
    }

    /** A number may be open for TCP and for UDP. */
    private static Object protocol(Map<String, Object> port) {
        return port.getOrDefault("protocol", "TCP");
    }
}
