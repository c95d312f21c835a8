package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesSettingsTest {

    private static final String LONGEST = "a23456789-b23456789-c23456789-d23456789-e23456789-f23456789-g23";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "quarkus.kubernetes.deploy=yes                  | would apply the manifest before it is complete",
            "quarkus.knative.deploy=true                    | would apply the manifest before it is complete",
            "quarkus.kubernetes.app-secret=a                | has the server read files of settings",
            "quarkus.kubernetes.app-config-map=a            | has the server read files of settings",
            "quarkus.openshift.app-config-map=a             | has the server read files of settings",
            "quarkus.kubernetes.env.vars.SMALLRYE_CONFIG_LOCATIONS=/a | has the server read files of settings",
            "quarkus.kubernetes.deployment-target=kind      | needs the extension quarkus-kind in pom.xml",
            "quarkus.kubernetes.deployment-target=kubernetes,minikube | needs the extension quarkus-minikube in pom.xml",
            "quarkus.kubernetes.name=My_Shop                | 'My_Shop' is no name for a Service",
            "quarkus.kubernetes.name=9shop                  | '9shop' is no name for a Service",
            "quarkus.kubernetes.name=shop-                  | 'shop-' is no name for a Service",
            "quarkus.application.name=my.shop               | 'my.shop' is no name for a Service",
            "quarkus.kubernetes.name=" + LONGEST + "a | at most 63",
            "quarkus.kubernetes.namespace=Prod_1            | Kubernetes takes at most 63",
            "quarkus.kubernetes.container-name=a.b          | Kubernetes takes at most 63",
            "quarkus.kubernetes.ingress.host=WWW.a.org      | is no host name",
            "quarkus.kubernetes.ingress.host=10.0.0.1       | is no host name",
            "web-server.hostname=a.org,b_c.org              | web-server.hostname=b_c.org is no host name",
            "quarkus.kubernetes.replicas=-1                 | is no number from 0",
            "quarkus.kubernetes.replicas=two                | is no number from 0",
            "quarkus.kubernetes.env.vars.PORT=9090          | set quarkus.kubernetes.ports.http.container-port",
            "quarkus.kubernetes.env.vars.QUARKUS_HTTP_PORT=9090 | set quarkus.kubernetes.ports.http.container-port",
            "quarkus.management.enabled=true quarkus.kubernetes.ports.http.container-port=9000 | port 9000 is both",
            "quarkus.management.enabled=true quarkus.management.port=8080 | port 8080 is both",
            "quarkus.kubernetes.rolling-update.max-surge=half | is no number of pods, as 1 or 25%",
            "quarkus.kubernetes.resources.limits.memory=96m quarkus.kubernetes.resources.requests.memory=16Mi | limits.memory=96m is less than",
            "quarkus.kubernetes.resources.limits.memory=64 quarkus.kubernetes.resources.requests.memory=16Mi | limits.memory=64 is less than",
            "quarkus.kubernetes.resources.limits.cpu=500m quarkus.kubernetes.resources.requests.cpu=1 | limits.cpu=500m is less than",
            "quarkus.kubernetes.resources.limits.memory=64MB | is no quantity, as 64Mi or 500m",
            "quarkus.kubernetes.strategy=Recreate quarkus.kubernetes.rolling-update.max-surge=1 | has no quarkus",
    })
    void what_no_cluster_takes_is_refused_in_a_line(String settings, String message) {
        String told = assertThrows(BuildFailure.class, () -> check(settings)).getMessage();
        assertEquals(message, told.contains(message) ? message : told);
        assertEquals(1, told.lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.kubernetes.deploy=false", "quarkus.kubernetes.name=shop-2",
        "quarkus.kubernetes.namespace=9", "quarkus.kubernetes.ingress.host=a.org,*.b.org",
        "quarkus.kubernetes.resources.limits.memory=64Mi quarkus.kubernetes.resources.requests.memory=16384Ki",
        "quarkus.kubernetes.resources.limits.memory=64M quarkus.kubernetes.resources.requests.memory=6e7",
        "quarkus.kubernetes.resources.limits.cpu=.5 quarkus.kubernetes.resources.requests.cpu=500m",
        "web-server.hostname=localhost", "quarkus.kubernetes.replicas=0",
        "quarkus.kubernetes.env.vars.PORT=9000 quarkus.kubernetes.ports.http.container-port=9000",
        "quarkus.management.enabled=true", "quarkus.kubernetes.deployment-target=kubernetes,openshift,known",
        "quarkus.kubernetes.strategy=recreate" })
    void what_a_cluster_takes_is_not(String settings) {
        assertDoesNotThrow(() -> check(settings));
        KubernetesSettings.checkName(LONGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = { "kind", "minikube" })
    void a_target_may_have_its_extension(String target) {
        assertDoesNotThrow(() -> KubernetesSettings.check(
                key -> Optional.of(target).filter(value -> key.endsWith("deployment-target")), ("quarkus-" + target)::equals));
        assertTrue(KubernetesSettings.hasExtension("quarkus-kubernetes"));
    }

    private static void check(String settings) {
        Map<String, String> values = new HashMap<>();
        Arrays.stream(settings.split(" ")).forEach(setting -> values.put(setting.split("=")[0], setting.split("=")[1]));
        KubernetesSettings.check(key -> Optional.ofNullable(values.get(key)));
    }
}
