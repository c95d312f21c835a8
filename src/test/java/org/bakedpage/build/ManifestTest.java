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
import java.util.stream.Stream;
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
                 {"name": "shop", "image": "registry:5000/group/shop:1", "env": [{"name": "PORT", "value": "8080"}],
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
            "value: ['${list}', 'x${list}']   | value: - a - b - xa, b",
            "value: ['$${list}', '${number}'] | value: - ${list} - '12'",
            "value: $${name}-${name}          | value: ${name}-shop",
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
        String message = assertThrows(BuildFailure.class, () -> complete("apiVersion: v1\n" + part)).getMessage();
        assertTrue(message.endsWith(" needs unset; a text ${…} that is no setting is written $${…}"), message);
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

    /** On what Kubernetes merges by a key, and on one value. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', nullValues = "-", value = {
            "env: [{name: MINE, value: 1}]               | env: - name: PORT value: '8080' - name: MINE value: '1' | -",
            "env: [{name: PORT, value: 1}]               | env: - name: PORT value: '8080' ports: | "
                    + "env.value stays 8080, and does not become 1",
            "env: [{name: PORT, valueFrom: {a: b}}]      | env: - name: PORT value: '8080' ports: | "
                    + "env.valueFrom is not added beside value",
            "ports: [{name: x, containerPort: 1}]        | name: http containerPort: 8080 - name: x containerPort: 1 | -",
            "ports: [{name: http, hostPort: 1}]          | name: http containerPort: 8080 hostPort: 1 | -",
            "ports: [{containerPort: 9, protocol: UDP}]  | containerPort: 8080 - containerPort: 9 protocol: UDP | -",
            "args: [b]                                   | args: - a | args stays [a], and does not become [b]",
            "volumeMounts: [{mountPath: /b, name: v}]    | volumeMounts: - mountPath: /a name: v - mountPath: /b name: v | -",
            "livenessProbe: {exec: {command: [x]}}       | livenessProbe: httpGet: path: / args: | "
                    + "livenessProbe.exec is not added beside httpGet",
            "resources: {limits: {memory: 1Gi}}          | memory: 64Mi | "
                    + "resources.limits.memory stays 64Mi, and does not become 1Gi",
            "resources: {limits: {cpu: 1}}               | memory: 64Mi cpu: 1 | -",
    })
    void what_is_added_to_a_container_is_merged_or_told(String added, String expected, String note) {
        String written = WRITTEN.replace("\"env\":", """
                "resources": {"limits": {"memory": "64Mi"}}, "livenessProbe": {"httpGet": {"path": "/"}}, "args": ["a"],
                "volumeMounts": [{"mountPath": "/a", "name": "v"}], "env":""");
        String part = DEPLOYMENT + "spec: {template: {spec: {containers: [{" + added + "}]}}}";
        Manifest manifest = of(written);
        manifest.complete(parts(part));
        assertTrue(flat(manifest.yaml()).contains(expected), manifest.yaml());
        assertEquals(note == null ? List.of() : List.of("part.yml: Deployment shop: spec.template.spec.containers." + note),
                manifest.notes());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', nullValues = "-", value = {
            "imagePullSecrets: [{name: mine}]      | imagePullSecrets: - name: regcred - name: mine | -",
            "volumes: [{name: other, emptyDir: {}}] | - name: v secret: {} - name: other emptyDir: {} | -",
            "volumes: [{name: v, emptyDir: {}}]    | - name: v secret: {} | "
                    + "volumes stays {name=v, secret={}}, and does not become {name=v, emptyDir={}}",
            "tolerations: [{key: a}]               | tolerations: - key: a | -",
    })
    void what_is_added_to_a_pod_is_merged_or_told(String added, String expected, String note) {
        Manifest manifest = of(WRITTEN.replace("{\"containers\": [\n", """
                {"imagePullSecrets": [{"name": "regcred"}], "volumes": [{"name": "v", "secret": {}}], "containers": [
                """));
        manifest.complete(parts(DEPLOYMENT + "spec: {template: {spec: {" + added + "}}}"));
        assertTrue(flat(manifest.yaml()).contains(expected), manifest.yaml());
        assertEquals(note == null ? List.of() : List.of("part.yml: Deployment shop: spec.template.spec." + note),
                manifest.notes());
    }

    /** The API server refuses two containers of one name; which of them is the application's nobody knows. */
    @ParameterizedTest
    @CsvSource({ "'\"helper\", \"image', '\"shop\", \"image', two containers of the pod have the name shop",
        "'\"name\": \"shop\", \"image', '\"name\": \"zz\", \"image', the manifest has no container shop" })
    void a_container_that_is_not_the_applications_is_not_taken_for_it(String from, String to, String message) {
        assertEquals(message, assertThrows(BuildFailure.class, () -> of(WRITTEN.replace(from, to))).getMessage());
    }

    @ParameterizedTest
    @CsvSource({ "value: ${port}, containerPort, hostPort, 'part.yml: the New needs port, which the manifest does not have'",
        "value: ${service.port}, Service, Other, 'part.yml: the New needs service.port, which the manifest does not have'" })
    void a_value_of_the_manifests_own_must_be_there(String part, String from, String to, String message) {
        assertEquals(message, assertThrows(BuildFailure.class,
                () -> notes(WRITTEN.replace(from, to), "apiVersion: v1\nkind: New\n" + part)).getMessage());
    }

    @Test
    void who_is_left_out_is_told_and_a_text_may_look_like_a_placeholder() {
        String part = "apiVersion: v1\nkind: ConfigMap\ndata: {conf: 'a $host %s{uri} b'}";
        assertEquals(List.of("part.yml: no ConfigMap: uri is not set"),
                notes(WRITTEN, part.formatted("$")));
        assertEquals(List.of(), notes(WRITTEN, part.formatted("$$")));
        assertTrue(complete(part.formatted("$$")).endsWith("conf: a $host ${uri} b\n"), complete(part.formatted("$$")));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
            "9000: a                      | '9000': a",
            "on: a                        | 'on': a",
            "2026-01-01: a                | '2026-01-01': a",
            "day: 2026-01-01              | day: '2026-01-01'",
            "at: 2026-01-01T10:00:00Z     | at: '2026-01-01T10:00:00Z'",
            "time: 9:30                   | time: '9:30'",
            "<<: {1: a}                   | '1': a",
            "set: true                    | set: true",
    })
    void yaml_is_read_as_kubectl_reads_it_and_keys_are_texts(String data, String expected) {
        Manifest manifest = of(WRITTEN);
        manifest.complete(parts("apiVersion: v1\nkind: ConfigMap\ndata:\n  " + data));
        assertTrue(flat(manifest.yaml()).endsWith("data: " + expected), manifest.yaml());
        assertEquals(manifest.yaml(), of(manifest.json()).yaml());
    }

    @ParameterizedTest
    @CsvSource({ "day: !!timestamp 2026-01-01, part.yml: day is neither", "'a: [', part.yml: while parsing",
        "'? [a]\n: b', 'part.yml: the key [a] is no text'", "a: !!binary YQ==, part.yml: a is neither" })
    void yaml_that_is_no_json_is_told_by_its_file(String part, String message) {
        String told = assertThrows(BuildFailure.class, () -> complete("apiVersion: v1\nkind: New\n" + part)).getMessage();
        assertTrue(told.startsWith(message), told);
        assertFalse(told.contains("\n"), told);
    }

    @Test
    void parts_have_the_endings_that_kubectl_reads(@TempDir Path folder) throws IOException {
        for (String name : List.of("a.yml", "b.yaml", "c.json", "d.yaml~", ".e.swp")) {
            Files.writeString(folder.resolve(name), "{apiVersion: v1, kind: New}");
        }
        List<String> told = new ArrayList<>();
        assertEquals(List.of("a.yml", "b.yaml", "c.json"),
                ManifestPart.in(folder, told::add).stream().map(ManifestPart::file).toList());
        assertEquals(List.of("d.yaml~ is not read: parts end in one of .yml, .yaml, .json"), told);
    }

    /** As the extension writes it, and what is set. The parts' are 0 and 1. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', nullValues = "-", value = {
            "- | - | - | - | type: RollingUpdate rollingUpdate: maxUnavailable: 0 maxSurge: 1",
            "{`type`: `Recreate`} | recreate | - | - | type: Recreate",
            "{`type`: `RollingUpdate`, `rollingUpdate`: {`maxSurge`: `25%`, `maxUnavailable`: `25%`}} | rolling-update | - | - | "
                    + "type: RollingUpdate rollingUpdate: maxUnavailable: 0 maxSurge: 1",
            "{`type`: `RollingUpdate`, `rollingUpdate`: {`maxSurge`: `50%`, `maxUnavailable`: `25%`}} | rolling-update "
                    + "| 50% | - | type: RollingUpdate rollingUpdate: maxSurge: 50% maxUnavailable: 0",
            "- | - | 50% | - | type: RollingUpdate rollingUpdate: maxSurge: 50% maxUnavailable: 0",
            "- | - | 3 | 2 | type: RollingUpdate rollingUpdate: maxSurge: 3 maxUnavailable: 2",
    })
    void a_rollout_is_as_it_is_set_and_else_the_parts(String written, String strategy, String surge, String unavailable,
            String expected) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of("quarkus.kubernetes.name", "shop"));
        settings.put("quarkus.kubernetes.strategy", strategy);
        settings.put("quarkus.kubernetes.rolling-update.max-surge", surge);
        settings.put("quarkus.kubernetes.rolling-update.max-unavailable", unavailable);
        Manifest manifest = Manifest.of(written == null ? WRITTEN : WRITTEN.replace("\"replicas\"", "\"strategy\": "
                + written.replace('`', '"') + ", \"replicas\""), name -> Optional.ofNullable(settings.get(name)), "web-server",
                "1.0.0");
        Path part = Path.of("src/main/kubernetes/parts/deployment.yml");
        for (int i = 0; i < 2; i++) {
            manifest.complete(ManifestPart.of("deployment.yml", Files.readString(part)));
            String yaml = flat(manifest.yaml());
            String after = yaml.substring(yaml.indexOf("strategy: ") + "strategy: ".length());
            assertTrue((after + " ").startsWith(expected + " ") && !after.startsWith(expected + " rolling"), after);
        }
    }

    @Test
    void a_rollout_that_can_take_no_step_is_refused() {
        assertThrows(BuildFailure.class,
                () -> complete(DEPLOYMENT + "spec: {strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}}}"));
    }

    @Test
    void without_replicas_there_is_no_autoscaler() {
        Manifest manifest = Manifest.of(WRITTEN.replace("\"replicas\": 3", "\"replicas\": 0"), name -> Optional.ofNullable(
                Map.of("quarkus.kubernetes.name", "shop", "quarkus.kubernetes.replicas", "0").get(name)), "web-server", "1.0.0");
        manifest.complete(parts("apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec: {minReplicas: '${replicas}'}"));
        assertTrue(manifest.yaml().contains("replicas: 0"), manifest.yaml());
        assertFalse(manifest.yaml().contains("Autoscaler"), manifest.yaml());
        assertEquals(List.of("part.yml: no HorizontalPodAutoscaler, for quarkus.kubernetes.replicas is 0"), manifest.notes());
    }

    /** Variables of the pod are ahead of what is built in. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = { "-, -, -, 9", "-, -, 60s, 65", "60s, -, 1s, 65", "20s, 5s, -, 30",
        "PT1M30S, 500ms, -, 96", "1h, 1h, -, 7205" })
    void a_pod_has_as_long_to_end_as_it_takes(String timeout, String delay, String built, int seconds) {
        String variable = "{\"name\": \"QUARKUS_SHUTDOWN_%s\", \"value\": \"%s\"}, ";
        String written = WRITTEN.replace("\"env\": [", "\"env\": ["
                + (timeout == null ? "" : variable.formatted("TIMEOUT", timeout)) + (delay == null ? "" : variable.formatted("DELAY", delay)));
        Map<String, String> settings = new HashMap<>(Map.of("quarkus.kubernetes.name", "shop"));
        settings.put("quarkus.shutdown.timeout", built);
        Manifest manifest = Manifest.of(written, name -> Optional.ofNullable(settings.get(name)), "web-server", "1.0.0");
        manifest.complete(parts("apiVersion: v1\nkind: New\na: ${grace-period}"));
        assertTrue(manifest.yaml().endsWith("a: " + seconds + "\n"), manifest.yaml());
    }

    @Test
    void each_of_a_list_of_hosts_has_its_rule() {
        Manifest manifest = of(WRITTEN.replaceFirst("\\[", """
                [{"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "shop"},
                  "spec": {"rules": [{"host": "a.org, b.org", "http": {"paths": []}}, {"http": {"paths": []}}]}},
                """));
        manifest.complete(List.of());
        assertTrue(flat(manifest.yaml()).contains("rules: - host: a.org http: paths: [] - host: b.org http: paths: [] "
                + "- http: paths: [] ---"), manifest.yaml());
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
        manifest.complete(parts("apiVersion: v1\nkind: New\na: ${version}"));
        assertTrue(manifest.yaml().endsWith("a: blue\n"), manifest.yaml());
    }

    @Test
    void another_kind_than_a_deployment_is_refused_with_the_setting() {
        String message = assertThrows(BuildFailure.class,
                () -> of(WRITTEN.replace("\"Deployment\"", "\"StatefulSet\""))).getMessage();
        assertEquals("the manifest has no Deployment shop, and nothing else is completed: "
                + "set quarkus.kubernetes.deployment-kind to Deployment", message);
    }

    @Test
    void no_anchors_are_needed() throws IOException {
        List<String> parts = new ArrayList<>();
        try (var files = Files.list(Path.of("src/main/kubernetes/parts"))) {
            for (Path file : files.toList()) {
                parts.add(Files.readString(file));
            }
        }
        assertEquals(List.of(), notes(WRITTEN, parts.toArray(String[]::new)));
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
        manifest.complete(parts("""
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
        manifest.complete(parts(parts));
        return manifest.yaml();
    }

    private static List<String> notes(String written, String... parts) {
        Manifest manifest = of(written);
        manifest.complete(parts(parts));
        return manifest.notes();
    }

    private static List<ManifestPart> parts(String... parts) {
        return Stream.of(parts).flatMap(part -> ManifestPart.of("part.yml", part).stream()).toList();
    }

    private static Manifest of(String written) {
        return Manifest.of(written, ManifestTest::setting, "web-server", "1.0.0");
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(Map.of("setting", "set", "number", "12", "list", "a, b", "quarkus.kubernetes.name", "shop",
                "quarkus.kubernetes.replicas", "30", "quarkus.application.version", "1.0+5/x-").get(name));
    }

    private static String flat(String yaml) {
        return yaml.strip().replaceAll("\\s+", " ");
    }
}
