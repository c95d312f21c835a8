package org.bakedpage.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The maps and lists that a Kubernetes object is read into. */
final class Tree {

    private Tree() {
    }

    /** The map that is found by these keys, or an empty one. */
    static Map<String, Object> map(Map<String, Object> from, String... keys) {
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
    static List<Map<String, Object>> maps(Object list) {
        return list instanceof List ? (List<Map<String, Object>>) list : List.of();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> asMap(Object node) {
        return (Map<String, Object>) node;
    }

    static String name(Map<String, Object> object) {
        return Objects.toString(map(object, "metadata").get("name"), "");
    }

    static Optional<Map<String, Object>> named(List<Map<String, Object>> all, Object name) {
        return all.stream().filter(one -> name.equals(one.get("name"))).findFirst();
    }

    /** Or YAML would have an anchor and an alias for what is in two places. */
    static Object copy(Object node) {
        if (node instanceof Map<?, ?> map) {
            Map<String, Object> copied = new LinkedHashMap<>();
            asMap(map).forEach((key, value) -> copied.put(key, copy(value)));
            return copied;
        }
        return node instanceof List<?> list ? new ArrayList<>(list.stream().map(Tree::copy).toList()) : node;
    }
}
