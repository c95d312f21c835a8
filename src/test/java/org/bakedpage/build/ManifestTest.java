package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {

    private static final String WRITTEN = """
            [{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "other"}, "spec": {"ports": [{"port": 1}]}},
             {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "shop"}, "spec": {"ports": [
               {"name": "admin", "port": 2}, {"name": "http", "port": 80}]}},
             {"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "agent"},
              "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": {"spec": {"containers": [{"image": "agent:1"}]}}}},
             {"apiVersion": "apps/v1", "kind": "Deployment",
              "metadata": {"labels": {"app.kubernetes.io/name": "shop"}, "name": "shop", "namespace": "web"},
              "spec": {"replicas": 3, "selector": {"matchLabels": {"app.kubernetes.io/name": "shop"}},
               "template": {"spec": {"containers": [
                 {"name": "helper", "image": "helper:1"},
                 {"name": "shop", "image": "registry:5000/group/shop:1", "env": [{"name": "PORT", "value": "1"}],
                  "ports": [{"containerPort": 9}, {"name": "http", "containerPort": 8080}]}]}}}}]""";
    private static final String DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\n";

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
            "value: ${name}                   | value: shop",
            "value: a-${name}-${port}         | value: a-shop-8080",
            "value: ${port}                   | value: 8080",
            "value: ${service.port}           | value: 80",
            "value: ${replicas}               | value: 30",
            "value: ${max-replicas}           | value: 30",
            "value: ${setting}                | value: set",
            "value: ${number}                 | value: '12'",
            "value: ${version}                | value: 1.0-5-x",
            "value: ${selector}               | value: app.kubernetes.io/name: shop",
            "value: ['${name}', $name, '{}']  | value: - shop - $name - '{}'",
    })
    void placeholders_have_values(String part, String expected) {
        String completed = complete("apiVersion: v1\nkind: New\n" + part);
        assertEquals("--- apiVersion: v1 kind: New metadata: labels: app.kubernetes.io/name: shop name: shop namespace: web " + expected,
                flat(completed.substring(completed.lastIndexOf("---"))));
    }

    @ParameterizedTest
    @CsvSource({ "value: ${unset}", "value: a ${name} ${unset}", "'value: [a, {b: \"${unset}\"}]'" })
    void an_object_of_which_no_setting_is_there_is_left_out(String part) {
        assertEquals(complete(), complete("apiVersion: v1\nkind: New\n" + part));
    }

    @ParameterizedTest
    @CsvSource({ "'kind: New\na: ${setting}\nb: ${unset}'", "'kind: Deployment\nspec: {a: \"${unset}\"}'" })
    void one_of_which_some_are_missing_and_the_deployment_are_not(String part) {
        assertEquals("unset", assertThrows(BuildFailure.class, () -> complete("apiVersion: v1\n" + part)).getMessage()
                .replaceAll(".* ", ""));
    }

    @Test
    void what_is_there_stays() {
        String completed = complete(DEPLOYMENT + "spec: {replicas: 7, strategy: {type: Recreate}}");
        assertTrue(completed.contains("replicas: 3"), completed);
        assertTrue(completed.contains("type: Recreate"), completed);
    }

    @Test
    void a_container_without_a_name_is_the_applications_and_all_have_its_security_context() {
        String completed = flat(complete(DEPLOYMENT + """
                spec:
                  template:
                    spec:
                      containers:
                        - stdin: false
                          securityContext: {privileged: false}
                        - name: third
                          image: third
                """));
        assertTrue(completed.contains("- name: helper image: helper:1 securityContext: privileged: false - name: shop"), completed);
        assertTrue(completed.contains("stdin: false securityContext: privileged: false - name: third image: third securityContext: "
                + "privileged: false"), completed);
        assertTrue(completed.contains("- image: agent:1 ---"), "another's template: " + completed);
    }

    @Test
    void the_port_is_that_of_the_container() {
        assertTrue(flat(complete()).contains("- name: PORT value: '8080'"), complete());
    }

    @Test
    void others_are_completed_by_kind_and_name() {
        String part = "apiVersion: v1\nkind: Service\nmetadata:\n  name: %s\nspec:\n  type: ClusterIP\n";
        assertEquals(complete().split("---").length, complete(part.formatted("${name}")).split("---").length);
        assertEquals(complete().split("---").length + 1, complete(part.formatted("new")).split("---").length);
    }

    @Test
    void replicas_are_the_autoscalers_where_there_is_one() {
        assertTrue(complete().contains("replicas: 3"));
        assertFalse(complete("apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n").contains("replicas"));
    }

    @Test
    void labels_that_the_deployment_is_given_are_those_of_others_too() {
        String completed = complete("apiVersion: v1\nkind: New", DEPLOYMENT + "metadata: {labels: {version: '${version}'}}");
        assertEquals(2, completed.split("version: 1.0-5-x", -1).length - 1, completed);
    }

    /** Or no pod would be the Deployment's. */
    @Test
    void a_version_in_the_selector_is_the_version() {
        String written = WRITTEN.replace("{\"matchLabels\": {\"app.", "{\"matchLabels\": {\"app.kubernetes.io/version\": \"blue\", \"app.");
        Manifest manifest = of(written);
        manifest.complete(List.of("apiVersion: v1\nkind: New\na: ${version}"));
        assertTrue(manifest.yaml().endsWith("a: blue\n"), manifest.yaml());
    }

    @Test
    void no_anchors_are_needed() throws IOException {
        List<String> parts = new ArrayList<>();
        try (var files = Files.list(Path.of("src/main/kubernetes/parts"))) {
            for (Path file : files.toList()) {
                parts.add(Files.readString(file));
            }
        }
        String completed = complete(parts.toArray(String[]::new));
        assertFalse(completed.contains("&id"), completed);
        assertFalse(completed.contains("${"), completed);
    }

    @ParameterizedTest
    @CsvSource({ "text", "'[a]'", "'a: b'" })
    void what_is_no_object_is_refused(String part) {
        assertThrows(BuildFailure.class, () -> complete(part));
    }

    @ParameterizedTest
    @CsvSource({ "Deployment, StatefulSet", "matchLabels, matchExpressions", "containers, others" })
    void without_a_deployment_that_selects_its_pods_it_says_so(String from, String to) {
        assertThrows(BuildFailure.class, () -> of(WRITTEN.replace(from, to)));
    }

    @Test
    void an_image_that_was_pushed_is_named_by_its_digest(@TempDir Path folder) throws IOException {
        Manifest manifest = of(WRITTEN);
        manifest.pin("sha256:1");
        String pinned = manifest.yaml();
        assertTrue(pinned.contains("image: registry:5000/group/shop@sha256:1\n"), pinned);
        assertTrue(pinned.contains("image: helper:1\n"), pinned);
        Path file = Files.writeString(folder.resolve("kubernetes.yml"), pinned);
        Manifest.pin(folder, "sha256:1", "sha256:2");
        assertEquals(pinned.replace("sha256:1", "sha256:2"), Files.readString(file));
    }

    /** Relative paths are Quarkus's endpoints', wherever those are; one of the user's own stays. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            -              | -             | - | /q/health/live      | 8080
            root-path      | /docs/        | - | /docs/q/health/live | 8080
            root-path      | /docs         | quarkus.http.non-application-root-path=/q | /docs/ | 8080
            non-application-root-path | own | - | /own/health/live   | 8080
            -              | -             | quarkus.management.enabled=true | /q/health/live | 9000
            """)
    void probes_ask_the_endpoints(String key, String value, String other, String path, int port) {
        Map<String, String> settings = new HashMap<>(Map.of("quarkus.kubernetes.name", "shop"));
        if (key != null) {
            settings.put("quarkus.http." + key, value);
        }
        if (other != null) {
            settings.put(other.split("=")[0], other.split("=")[1]);
        }
        String written = WRITTEN.replace("\"ports\": [{\"containerPort\": 9}", """
                "livenessProbe": {"httpGet": {"path": "health/live", "port": 8080}, "periodSeconds": 3},
                "startupProbe": {"httpGet": {"path": "/own", "port": 8080}},
                "ports": [{"containerPort": 9}""");
        Manifest manifest = Manifest.of(written, name -> Optional.ofNullable(settings.get(name)), "web-server", "1.0.0");
        manifest.complete(List.of("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                spec: {ingress: [{ports: [{protocol: TCP, port: "${port}"}]}]}
                """));
        String completed = flat(manifest.yaml());
        assertTrue(completed.contains("livenessProbe: httpGet: path: " + path + " port: " + port + " periodSeconds: 3"), completed);
        assertTrue(completed.contains("startupProbe: httpGet: path: /own port: 8080"), completed);
        // As Quarkus itself names the port, or as is done here; and however often.
        manifest.complete(List.of());
        assertEquals(completed, flat(manifest.yaml()));
        assertEquals(port == 9000, completed.contains("containerPort: 9000 name: management protocol: TCP"), completed);
        assertEquals(port == 9000, completed.contains("ports: - protocol: TCP port: 8080 - protocol: TCP port: 9000"), completed);
    }

    private static String complete(String... parts) {
        Manifest manifest = of(WRITTEN);
        manifest.complete(List.of(parts));
        return manifest.yaml();
    }

    private static Manifest of(String written) {
        return Manifest.of(written, ManifestTest::setting, "web-server", "1.0.0");
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(Map.of("setting", "set", "number", "12", "quarkus.kubernetes.name", "shop",
                "quarkus.kubernetes.replicas", "30", "quarkus.application.version", "1.0+5/x-").get(name));
    }

    private static String flat(String yaml) {
        return yaml.strip().replaceAll("\\s+", " ");
    }
}
