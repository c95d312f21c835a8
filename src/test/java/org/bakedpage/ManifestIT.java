package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file that the build writes for Kubernetes, as the types of Kubernetes' own interface see it. */
class ManifestIT {

    private static final Path FILE = Path.of("target/kubernetes/kubernetes.yml");
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);

    @Test
    void every_object_is_one_that_kubernetes_knows() throws IOException {
        assertEquals("[Deployment, HorizontalPodAutoscaler, NetworkPolicy, PodDisruptionBudget, Service]",
                new TreeSet<>(objects(FILE).keySet()).toString());
    }

    /** kubernetes.io/docs/concepts/security/pod-security-standards, restricted. */
    @Test
    void it_passes_the_restricted_pod_security_standard() throws IOException {
        assertRestricted(get(FILE, Deployment.class));
    }

    private static void assertRestricted(Deployment deployment) {
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        assertTrue(pod.getSecurityContext().getRunAsNonRoot());
        assertEquals("RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
        assertEquals(List.of(), pod.getVolumes());
        assertNull(pod.getSecurityContext().getRunAsUser(), "it is the image's");
        for (Boolean shared : new Boolean[] { pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC() }) {
            assertNull(shared);
        }
        for (Container container : all(pod)) {
            assertEquals(false, container.getSecurityContext().getAllowPrivilegeEscalation());
            assertEquals(true, container.getSecurityContext().getReadOnlyRootFilesystem());
            assertEquals(List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
            assertEquals(List.of(), container.getSecurityContext().getCapabilities().getAdd());
            assertNull(container.getSecurityContext().getPrivileged());
        }
        assertEquals(false, pod.getAutomountServiceAccountToken());
    }

    private static List<Container> all(PodSpec pod) {
        List<Container> all = new ArrayList<>(pod.getContainers());
        all.addAll(pod.getInitContainers());
        return all;
    }

    private static Container container(Deployment deployment, String name) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream().filter(one -> one.getName().equals(name)).findFirst()
                .orElseThrow();
    }

    @Test
    void a_rollout_takes_no_pod_away_before_another_is_ready() throws IOException {
        Deployment deployment = get(FILE, Deployment.class);
        assertEquals("RollingUpdate", deployment.getSpec().getStrategy().getType());
        assertEquals(0, deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal());
        assertTrue(container(deployment, "web-server").getEnv().contains(new EnvVar("QUARKUS_SHUTDOWN_DELAY", "5s", null)));
        assertEquals(30, deployment.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds());
    }

    /** What kubectl makes of it was tried with kubectl 1.32, which a test machine need not have. */
    @Test
    void an_overlay_finds_what_the_build_has_written() throws IOException {
        assertTrue(Files.readAllLines(FILE.resolveSibling("kustomization.yml")).contains("  - kubernetes.yml"));
        Path overlay = Path.of("src/main/kubernetes/overlays/staging/kustomization.yml");
        String base = Files.readAllLines(overlay).stream().filter(line -> line.startsWith("  - ../")).findFirst().orElseThrow().substring(4);
        assertEquals(FILE.toAbsolutePath().getParent(), overlay.toAbsolutePath().resolveSibling(base).normalize());
    }

    /** Of a build of one's own: all objects have its name, are in its namespace, and mean its pods. */
    @Test
    void under_another_name_it_is_the_same() throws IOException {
        try (ProjectCopy project = new ProjectCopy()) {
            project.inPom("<artifactId>web-server</artifactId>", "<artifactId>other-site</artifactId>");
            project.inPom("<version>[^<]+</version>", "<version>2.1+5</version>");
            project.maven("package", "-DskipTests", "-Dquarkus.kubernetes.name=shop", "-Dquarkus.kubernetes.namespace=web",
                    "-Dquarkus.container-image.registry=registry.example.org:5000", "-Dquarkus.container-image.group=team",
                    "-Dquarkus.container-image.tag=blue", "-Dquarkus.kubernetes.ports.http.container-port=9000",
                    "-Dquarkus.kubernetes.replicas=12", "-Dquarkus.kubernetes.output-directory=manifests",
                    "-Dquarkus.kubernetes.sidecars.helper.image=helper:1", "-Dquarkus.kubernetes.init-containers.first.image=first:1",
                    "-Dquarkus.kubernetes.env.vars.SITE_ENV_DATE=2026-11-29", "-Dquarkus.kubernetes.env.vars.SITE_ENV_TIME=9:30",
                    "-Dquarkus.kubernetes.ingress.expose=true",
                    "-Dquarkus.kubernetes.ingress.host=www.example.org,example.org", "-Dweb-server.gateway=public",
                    "-Dweb-server.hostname=www.example.org,example.org", "-Dquarkus.kubernetes.rolling-update.max-surge=50%",
                    "-Dquarkus.shutdown.timeout=40s").within(BUILD_LIMIT).succeed();
            Path file = project.path().resolve("manifests/kubernetes.yml");
            Map<String, HasMetadata> objects = objects(file);
            assertEquals("[Deployment, HTTPRoute, HorizontalPodAutoscaler, Ingress, NetworkPolicy, PodDisruptionBudget, Service]",
                    new TreeSet<>(objects.keySet()).toString());
            objects.values().forEach(object -> {
                assertEquals("shop", object.getMetadata().getName(), object.getKind());
                assertEquals("web", object.getMetadata().getNamespace(), object.getKind());
            });
            Deployment deployment = get(file, Deployment.class);
            assertRestricted(deployment);
            assertEquals("2.1-5", deployment.getMetadata().getLabels().get("app.kubernetes.io/version"));
            Container server = container(deployment, "shop");
            assertEquals("registry.example.org:5000/team/other-site:blue", server.getImage());
            Map<String, String> variables = new TreeMap<>();
            server.getEnv().stream().filter(one -> one.getValue() != null).forEach(one -> variables.put(one.getName(), one.getValue()));
            assertEquals("{PORT=9000, QUARKUS_SHUTDOWN_DELAY=5s, QUARKUS_SHUTDOWN_TIMEOUT=40s, SITE_ENV_DATE=2026-11-29, "
                    + "SITE_ENV_TIME=9:30}", variables.toString());
            assertEquals(50, deployment.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds());
            assertEquals("50%", deployment.getSpec().getStrategy().getRollingUpdate().getMaxSurge().getStrVal());
            assertEquals(0, deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal());
            assertEquals(3, all(deployment.getSpec().getTemplate().getSpec()).size());
            assertNull(container(deployment, "helper").getLifecycle());
            assertNull(deployment.getSpec().getReplicas());
            assertMeansThePods(file, deployment);
            assertEquals(12, get(file, HorizontalPodAutoscaler.class).getSpec().getMinReplicas());
            assertEquals(12, get(file, HorizontalPodAutoscaler.class).getSpec().getMaxReplicas());
            assertEquals(9000, get(file, NetworkPolicy.class).getSpec().getIngress().get(0).getPorts().get(0).getPort().getIntVal());
            assertEquals(List.of("www.example.org", "example.org"),
                    get(file, Ingress.class).getSpec().getRules().stream().map(rule -> rule.getHost()).toList());
            HTTPRoute route = get(file, HTTPRoute.class);
            assertEquals("public", route.getSpec().getParentRefs().get(0).getName());
            assertEquals(List.of("www.example.org", "example.org"), route.getSpec().getHostnames());
            assertEquals("shop", route.getSpec().getRules().get(0).getBackendRefs().get(0).getName());
            assertEquals(get(file, Service.class).getSpec().getPorts().get(0).getPort(),
                    route.getSpec().getRules().get(0).getBackendRefs().get(0).getPort());
        }
    }

    /** With -Dschemas, for it needs npm. */
    @TestFactory
    Stream<DynamicTest> the_published_schemas_accept_it() {
        return System.getProperty("schemas") == null ? Stream.empty() : Stream.of(
                DynamicTest.dynamicTest("plain", () -> assertValid(FILE, "Service, Deployment, HorizontalPodAutoscaler, PodDisruptionBudget,"
                        + " NetworkPolicy")),
                DynamicTest.dynamicTest("with routes", () -> {
                    try (ProjectCopy project = new ProjectCopy()) {
                        project.maven("package", "-DskipTests", "-Dquarkus.kubernetes.ingress.expose=true",
                                "-Dquarkus.kubernetes.ingress.host=www.example.org", "-Dweb-server.gateway=public",
                                "-Dweb-server.hostname=www.example.org").within(BUILD_LIMIT).succeed();
                        assertValid(project.path().resolve(FILE), "Service, Deployment, Ingress, HorizontalPodAutoscaler,"
                                + " PodDisruptionBudget, NetworkPolicy, HTTPRoute");
                    }
                }));
    }

    private static void assertValid(Path file, String kinds) {
        try (Folder folder = new Folder("schemas")) {
            folder.copy(Path.of("src/test/kubernetes"), "package.json");
            folder.copy(Path.of("src/test/kubernetes"), "validate.js");
            new Command("npm", "install", "--no-audit", "--no-fund", "--silent").in(folder.path()).within(BUILD_LIMIT).succeed();
            assertEquals(Arrays.stream(kinds.split(", ")).sorted().toList(),
                    new Command("node", "validate.js", file.toAbsolutePath().toString()).in(folder.path()).succeed().lines().sorted().toList());
        }
    }

    private static void assertMeansThePods(Path file, Deployment deployment) throws IOException {
        Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
        List<Map<String, String>> selectors = new ArrayList<>(List.of(get(file, Service.class).getSpec().getSelector()));
        List<LabelSelector> others = new ArrayList<>(List.of(deployment.getSpec().getSelector(),
                get(file, NetworkPolicy.class).getSpec().getPodSelector(), get(file, PodDisruptionBudget.class).getSpec().getSelector()));
        deployment.getSpec().getTemplate().getSpec().getTopologySpreadConstraints()
                .forEach(constraint -> others.add(constraint.getLabelSelector()));
        others.forEach(selector -> selectors.add(selector.getMatchLabels()));
        assertEquals(6, selectors.size());
        for (Map<String, String> selector : selectors) {
            assertTrue(!selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet()), selector::toString);
        }
    }

    /** Before it is complete it must not reach a cluster. */
    @ParameterizedTest
    @CsvSource({
            "quarkus.kubernetes.deploy=true, kubectl apply -f target/kubernetes/kubernetes.yml",
            "quarkus.kind.deploy=true, kubectl apply -f target/kubernetes/kubernetes.yml",
            "quarkus.kubernetes.deployment-target=kind, needs the extension quarkus-kind in pom.xml",
            "quarkus.kubernetes.deployment-kind=StatefulSet, the manifest has no Deployment web-server",
            "web-server.gateway=public, the HTTPRoute needs web-server.hostname",
    })
    void what_would_be_incomplete_is_refused(String setting, String line) throws IOException {
        try (ProjectCopy project = new ProjectCopy()) {
            Command.Result result = project.maven("package", "-DskipTests", "-D" + setting).within(BUILD_LIMIT).run();
            assertEquals(1, result.exitCode());
            assertTrue(result.out().contains(line), result.out());
        }
    }

    private static <T extends HasMetadata> T get(Path file, Class<T> type) throws IOException {
        return type.cast(objects(file).get(type.getSimpleName()));
    }

    /** By kind. A field that its type does not have fails. */
    private static Map<String, HasMetadata> objects(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper(new YAMLFactory());
        Map<String, HasMetadata> objects = new TreeMap<>();
        try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                HasMetadata object = new KubernetesSerialization().unmarshal(document.toString());
                assertKnown(object.getKind(), document, withoutUnknown().valueToTree(object));
                assertNull(objects.put(object.getKind(), object), object.getKind());
            }
        }
        return objects;
    }

    /** The types keep what they do not know in a map, which is not written here. */
    private static ObjectMapper withoutUnknown() {
        return new ObjectMapper().setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
            private static final long serialVersionUID = 1;

            @Override
            public Boolean hasAnyGetter(Annotated annotated) {
                return annotated.getRawType() == Map.class && annotated.getName().equals("getAdditionalProperties") ? Boolean.FALSE
                        : super.hasAnyGetter(annotated);
            }
        });
    }

    private static void assertKnown(String place, JsonNode given, JsonNode known) {
        if (given.isObject()) {
            for (Iterator<String> names = given.fieldNames(); names.hasNext();) {
                String name = names.next();
                assertTrue(known != null && known.has(name), place + "." + name);
                assertKnown(place + "." + name, given.get(name), known.get(name));
            }
        }
        for (int i = 0; given.isArray() && i < given.size(); i++) {
            assertKnown(place + "[" + i + "]", given.get(i), known.get(i));
        }
    }
}
