package org.bakedpage.build;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.Converters;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URL;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bakedpage.NonApplicationRoot;
import org.eclipse.microprofile.config.spi.Converter;

/** Refuses settings of the Kubernetes extension of which no cluster takes what they make, or this server does not start. */
public final class KubernetesSettings {

    private static final String PREFIX = "quarkus.kubernetes.";
    private static final List<String> TARGETS = List.of("kubernetes", "openshift", "knative", "kind", "minikube");
    /** Targets that have an extension of their own. */
    private static final List<String> OTHER_EXTENSIONS = List.of("kind", "minikube");
    static final Converter<Boolean> BOOLEAN = Converters.getImplicitConverter(Boolean.class);
    /** kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity. */
    private static final Pattern QUANTITY = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2}|)");
    /** In steps of a thousand, the space for none; of 1024 a kilo is written as K. */
    private static final String SUFFIXES = "num kMGTPE";
    private static final int MAX_LABEL = 63;
    /** kubernetes.io/docs/concepts/overview/working-with-objects/names, RFC 1123 label. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    /** RFC 1035 label, for a Service. */
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    /** Of an Ingress and an HTTPRoute; an address is none. */
    private static final Pattern HOST = Pattern.compile("(?![0-9.]+$)(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");
    /** Of a rolling update, a number or per cent. */
    private static final Pattern PODS = Pattern.compile("\\d{1,9}%?");
    private static final int MAX_HOST = 253;

    private final Function<String, Optional<String>> settings;

    private KubernetesSettings(Function<String, Optional<String>> settings) {
        this.settings = settings;
    }

    /** @param settings of the build, whose class path has the extensions */
    public static void check(Function<String, Optional<String>> settings) {
        check(settings, KubernetesSettings::hasExtension);
    }

    /** @param hasExtension whether the project has the extension of Quarkus of this name */
    static void check(Function<String, Optional<String>> settings, Predicate<String> hasExtension) {
        KubernetesSettings checked = new KubernetesSettings(settings);
        TARGETS.forEach(checked::checkTarget);
        for (String target : list(checked.value("deployment-target"))) {
            if (OTHER_EXTENSIONS.contains(target) && !hasExtension.test("quarkus-" + target)) {
                throw new BuildFailure(PREFIX + "deployment-target=" + target + " needs the extension quarkus-" + target
                        + " in pom.xml; without it 'kubernetes' is for such a cluster too, see docs/kubernetes.md");
            }
        }
        checked.value("name").or(() -> settings.apply("quarkus.application.name")).ifPresent(KubernetesSettings::checkName);
        checked.checkLabel("namespace");
        checked.checkLabel("container-name");
        checked.checkHosts(PREFIX + "ingress.host");
        checked.checkHosts("web-server.hostname");
        replicas(settings);
        checked.checkResources();
        checked.checkPort();
        checked.checkStrategy();
    }

    static boolean hasExtension(String name) {
        try {
            ClassLoader project = KubernetesSettings.class.getClassLoader();
            for (URL file : Collections.list(project.getResources("META-INF/quarkus-extension.properties"))) {
                try (InputStream in = file.openStream()) {
                    Properties extension = new Properties();
                    extension.load(in);
                    if (extension.getProperty("deployment-artifact", "").contains(":" + name + "-deployment:")) {
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkTarget(String target) {
        String prefix = "quarkus." + target + ".";
        if (settings.apply(prefix + "deploy").filter(BOOLEAN::convert).isPresent()) {
            throw new BuildFailure(prefix + "deploy would apply the manifest before it is complete: build, "
                    + "then kubectl apply -f target/kubernetes/kubernetes.yml");
        }
        for (String key : List.of("app-secret", "app-config-map", "env.vars.SMALLRYE_CONFIG_LOCATIONS")) {
            if (settings.apply(prefix + key).isPresent()) {
                throw new BuildFailure(prefix + key + " has the server read files of settings, and it reads none: use " + prefix
                        + "env.secrets, env.configmaps or env.vars, for environment variables");
            }
        }
    }

    /** The number of pods, or the least of an autoscaler. */
    static int replicas(Function<String, Optional<String>> settings) {
        String value = settings.apply(PREFIX + "replicas").orElse("2");
        try {
            int replicas = Integer.parseInt(value);
            if (replicas >= 0) {
                return replicas;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new BuildFailure(PREFIX + "replicas=" + value + " is no number from 0");
    }

    /** @param name of the Deployment, its Service and all others, and the value of a label */
    static void checkName(String name) {
        if (name.length() > MAX_LABEL || !SERVICE.matcher(name).matches()) {
            throw new BuildFailure("'" + name + "' is no name for a Service: set " + PREFIX + "name to at most " + MAX_LABEL
                    + " of a-z, 0-9 and '-', the first a letter, the last no '-'");
        }
    }

    private void checkLabel(String key) {
        value(key).filter(label -> label.length() > MAX_LABEL || !LABEL.matcher(label).matches()).ifPresent(label -> {
            throw new BuildFailure(PREFIX + key + "=" + label + ": Kubernetes takes at most " + MAX_LABEL
                    + " of a-z, 0-9 and '-', neither the first nor the last a '-'");
        });
    }

    private void checkHosts(String key) {
        for (String host : list(settings.apply(key))) {
            if (host.length() > MAX_HOST || !HOST.matcher(host).matches()) {
                throw new BuildFailure(key + "=" + host + " is no host name: Kubernetes takes labels of a-z, 0-9 and '-' "
                        + "with dots between them, the first may be '*'");
            }
        }
    }

    private void checkResources() {
        for (String resource : List.of("memory", "cpu")) {
            String request = "resources.requests." + resource;
            String limit = "resources.limits." + resource;
            Optional<BigDecimal> least = quantity(request);
            Optional<BigDecimal> most = quantity(limit);
            if (least.isPresent() && most.isPresent() && most.get().compareTo(least.get()) < 0) {
                throw new BuildFailure(PREFIX + limit + "=" + value(limit).get() + " is less than " + PREFIX + request + "="
                        + value(request).get());
            }
        }
    }

    private Optional<BigDecimal> quantity(String key) {
        return value(key).map(value -> {
            Matcher quantity = QUANTITY.matcher(value);
            if (!quantity.matches()) {
                throw new BuildFailure(PREFIX + key + "=" + value + " is no quantity, as 64Mi or 500m");
            }
            String suffix = quantity.group(2);
            if (suffix.matches("[eE].+")) {
                return new BigDecimal(quantity.group(1) + suffix);
            }
            BigDecimal number = new BigDecimal(quantity.group(1));
            int power = suffix.isEmpty() ? 0 : SUFFIXES.indexOf(suffix.charAt(0) == 'K' ? 'k' : suffix.charAt(0)) - SUFFIXES.indexOf(' ');
            return suffix.endsWith("i") ? number.multiply(BigDecimal.valueOf(1024).pow(power)) : number.scaleByPowerOfTen(3 * power);
        });
    }

    private void checkPort() {
        String port = value("ports.http.container-port").orElse("8080");
        for (String key : List.of("env.vars.PORT", "env.vars.QUARKUS_HTTP_PORT")) {
            value(key).filter(other -> !other.equals(port)).ifPresent(other -> {
                throw new BuildFailure(PREFIX + key + "=" + other + " is not the pods' port: set " + PREFIX
                        + "ports.http.container-port");
            });
        }
        if (port.equals(Integer.toString(NonApplicationRoot.of(settings).port()))) {
            throw new BuildFailure("port " + port + " is both quarkus.management.port and " + PREFIX
                    + "ports.http.container-port: set one of them to another");
        }
    }

    private void checkStrategy() {
        if (value("strategy").filter("recreate"::equalsIgnoreCase).isPresent()
                && value("rolling-update.max-surge").or(() -> value("rolling-update.max-unavailable")).isPresent()) {
            throw new BuildFailure(PREFIX + "strategy=recreate has no " + PREFIX + "rolling-update");
        }
        for (String key : List.of("rolling-update.max-surge", "rolling-update.max-unavailable")) {
            value(key).filter(pods -> !PODS.matcher(pods).matches()).ifPresent(pods -> {
                throw new BuildFailure(PREFIX + key + "=" + pods + " is no number of pods, as 1 or 25%");
            });
        }
    }

    /** How long a pod may take to end: what it is given itself, and 5 seconds. */
    static int gracePeriod(Map<String, String> variables, Function<String, Optional<String>> settings) {
        Duration all = duration("quarkus.shutdown.delay", "0s", variables, settings)
                .plus(duration("quarkus.shutdown.timeout", "4s", variables, settings)).plusMillis(5_999);
        return Math.toIntExact(all.toSeconds());
    }

    private static Duration duration(String key, String otherwise, Map<String, String> variables,
            Function<String, Optional<String>> settings) {
        String name = StringUtil.replaceNonAlphanumericByUnderscores(key).toUpperCase(Locale.ROOT);
        String variable = variables.getOrDefault(name, "");
        String value = variable.isEmpty() ? settings.apply(key).orElse(otherwise) : variable;
        try {
            return DurationConverter.parseDuration(value);
        } catch (IllegalArgumentException e) {
            throw new BuildFailure(key + "=" + value + " is no time, as 20s");
        }
    }

    private Optional<String> value(String key) {
        return settings.apply(PREFIX + key);
    }

    static List<String> list(Optional<String> value) {
        return value.stream().flatMap(text -> Stream.of(StringUtil.split(text))).map(String::strip)
                .filter(one -> !one.isEmpty()).toList();
    }
}
