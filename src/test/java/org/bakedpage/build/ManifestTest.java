package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {

    private static final String WRITTEN = """
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: shop
            spec:
              ports:
                - name: http
                  port: 80
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              labels:
                app.kubernetes.io/name: shop
              name: shop
              namespace: web
            spec:
              replicas: 3
              selector:
                matchLabels:
                  app.kubernetes.io/name: shop
              template:
                spec:
                  containers:
                    - image: registry:5000/group/shop:1
                      ports:
                        - containerPort: 8080
                    - image: sidecar
            """;

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
            "value: ${name}                   | value: shop",
            "value: a-${name}-${kind}         | value: a-shop-Deployment",
            "value: ${apiVersion}             | value: apps/v1",
            "value: ${port}                   | value: 8080",
            "value: ${service}:${service.port}| value: shop:80",
            "value: ${replicas}               | value: 3",
            "value: ${setting}                | value: set",
            "value: ${number}                 | value: 12",
            "labels: {a: '${number}'}         | labels: a: '12'",
            "labels: {a: '${label}'}          | labels: a: 1.0-5-x",
            "annotations: {a: '${number}'}    | annotations: a: '12'",
            "value: ${selector}               | value: app.kubernetes.io/name: shop",
            "value: ['${name}', $name, '{}']  | value: - shop - $name - '{}'",
            "value:                           | value: null",
    })
    void placeholders_have_values(String part, String expected) {
        assertEquals("--- apiVersion: v1 kind: New metadata: labels: app.kubernetes.io/name: shop name: shop namespace: web " + expected,
                flat(last("apiVersion: v1\nkind: New\n" + part)));
    }

    @ParameterizedTest
    @CsvSource({ "value: ${unset}", "value: a ${name} ${unset}", "'value: [a, {b: \"${unset}\"}]'" })
    void what_needs_a_value_that_is_not_there_is_left_out(String part) {
        assertEquals(complete(), complete("apiVersion: v1\nkind: New\n" + part));
    }

    @ParameterizedTest
    @CsvSource({ "Deployment", "StatefulSet" })
    void a_template_is_for_the_workload_of_whatever_kind(String kind) {
        String completed = complete(WRITTEN.replace("kind: Deployment", "kind: " + kind), new String[] { """
                apiVersion: apps/v1
                kind: Deployment
                spec:
                  template:
                    spec:
                      containers:
                        - securityContext: {privileged: false}
                """ });
        assertTrue(flat(completed).endsWith("spec: containers: - image: registry:5000/group/shop:1 ports: - containerPort: 8080 "
                + "securityContext: privileged: false - image: sidecar"), completed);
        assertEquals(1, completed.split("template:", -1).length - 1);
        assertTrue(completed.contains("kind: " + kind));
    }

    @Test
    void others_are_merged_by_kind_and_name() {
        String part = "apiVersion: v1\nkind: Service\nmetadata:\n  name: %s\nspec:\n  type: ClusterIP\n";
        assertEquals(2, complete(part.formatted("${name}")).split("---", -1).length - 1);
        assertEquals(3, complete(part.formatted("other")).split("---", -1).length - 1);
    }

    @Test
    void replicas_are_the_autoscalers_where_there_is_one() {
        assertTrue(complete().contains("replicas: 3"));
        assertFalse(complete("apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n").contains("replicas"));
    }

    @Test
    void labels_that_the_workload_is_given_are_those_of_others_too() {
        String completed = complete("apiVersion: v1\nkind: New", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {labels: {version: '${label}'}}
                spec: {template: {metadata: {labels: {version: 1}}}}
                """);
        assertEquals(2, completed.split("version: 1.0-5-x", -1).length - 1, completed);
    }

    @Test
    void to_complete_it_again_changes_nothing() throws IOException {
        String[] parts = ours();
        String once = complete(WRITTEN, parts);
        assertEquals(once, complete(once, parts));
        assertFalse(once.contains("&id"), "no anchors");
    }

    @ParameterizedTest
    @CsvSource({ "text", "'[a]'", "'a: b'" })
    void what_is_no_object_is_refused(String part) {
        assertThrows(BuildFailure.class, () -> complete(part));
    }

    @Test
    void the_workload_is_not_left_out() {
        assertThrows(BuildFailure.class, () -> complete("apiVersion: v1\nkind: Deployment\nspec: {template: {a: '${unset}'}}"));
    }

    @Test
    void without_a_workload_it_says_so() {
        assertThrows(BuildFailure.class, () -> complete("apiVersion: v1\nkind: Service\n", new String[0]));
    }

    @Test
    void an_image_that_was_pushed_is_named_by_its_digest(@TempDir Path target) throws IOException {
        Path file = Files.createDirectories(target.resolve("kubernetes")).resolve("kubernetes.yml");
        Files.writeString(file, WRITTEN);
        for (String digest : List.of("sha256:1", "sha256:2")) {
            Manifest.pin(target, BuildConfig.of(Map.of()), digest);
            String pinned = "registry:5000/group/shop@" + digest;
            assertTrue(Files.readString(file).contains("image: " + pinned), Files.readString(file));
            assertTrue(Files.readString(file.resolveSibling("kubernetes.json")).contains('"' + pinned + '"'));
        }
        assertTrue(Files.readString(file).contains("image: sidecar"));
    }

    private static String[] ours() throws IOException {
        try (var files = Files.list(Path.of("src/main/kubernetes/parts"))) {
            return files.sorted().map(file -> {
                try {
                    return Files.readString(file);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }).toArray(String[]::new);
        }
    }

    private static String complete(String... parts) {
        return complete(WRITTEN, parts);
    }

    private static String complete(String written, String[] parts) {
        return Manifest.toYaml(Manifest.complete(written, List.of(parts), ManifestTest::setting));
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(Map.of("setting", "set", "number", "12", "label", "1.0+5/x-", "quarkus.kubernetes.replicas", "3",
                "version", "1.0").get(name));
    }

    private static String last(String part) {
        String completed = complete(part);
        return completed.substring(completed.lastIndexOf("---"));
    }

    private static String flat(String yaml) {
        return yaml.strip().replaceAll("\\s+", " ");
    }
}
