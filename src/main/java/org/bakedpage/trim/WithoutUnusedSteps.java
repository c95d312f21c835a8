package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.StartupContext;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.StepTiming;
import io.quarkus.smallrye.context.runtime.SmallRyeContextPropagationRecorder;
import io.quarkus.vertx.http.runtime.attribute.ExchangeAttribute;
import io.quarkus.vertx.http.runtime.attribute.ExchangeAttributeParser;
import io.quarkus.vertx.http.runtime.attribute.SubstituteEmptyWrapper;
import io.quarkus.vertx.http.runtime.filters.accesslog.AccessLogHandler;
import io.quarkus.vertx.http.runtime.filters.accesslog.AccessLogReceiver;
import io.quarkus.vertx.http.runtime.filters.accesslog.DefaultAccessLogReceiver;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** Steps of a start that do nothing for a server of pages: each is empty, or says which setting asked for it. */
final class WithoutUnusedSteps {

    /** No request leaves its event loop, so no context has to follow it to another thread. */
    @TargetClass(SmallRyeContextPropagationRecorder.class)
    static final class ContextPropagation {

        @Substitute
        public void configureRuntime(ExecutorService executor, ShutdownContext shutdown) {
        }
    }

    /** For developers of Quarkus, who set a system property. */
    @TargetClass(StepTiming.class)
    static final class Times {

        @Substitute
        public static void printStepTime(StartupContext context) {
        }
    }

    /** The build has checked them; reading annotations again brings their proxies. */
    @TargetClass(className = "io.quarkus.arc.impl.Qualifiers")
    static final class Qualifiers {

        @Substitute
        private static void checkQualifiersForDuplicates(Map<Class<?>, Integer> counts) {
        }
    }

    /** An access log goes to the console, as every log does. */
    @TargetClass(DefaultAccessLogReceiver.class)
    static final class AccessLogFiles {

        @Substitute
        @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
        AccessLogFiles(Executor executor, File directory, String name, String suffix, boolean rotate) {
            throw new ConfigurationException("quarkus.http.access-log.log-to-file=true: this server writes its log to the console "
                    + "only", Set.of("quarkus.http.access-log.log-to-file"));
        }
    }

    /** What is not to be logged is a regular expression, which would be compiled at the start: see WithoutRegexCompiler. */
    @TargetClass(AccessLogHandler.class)
    static final class AccessLogExclusions {

        @Alias
        private AccessLogReceiver accessLogReceiver;

        @Alias
        private String formatString;

        @Alias
        private boolean consolidateReroutedRequests;

        @Alias
        private ExchangeAttribute tokens;

        @Substitute
        @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
        public AccessLogExclusions(AccessLogReceiver receiver, String format, boolean consolidated, ClassLoader loader,
                Optional<String> excluded) {
            if (excluded.isPresent()) {
                throw new ConfigurationException("quarkus.http.access-log.exclude-pattern=" + excluded.get()
                        + ": this server logs each request or none", Set.of("quarkus.http.access-log.exclude-pattern"));
            }
            this.accessLogReceiver = receiver;
            this.formatString = handleCommonNames(format);
            this.consolidateReroutedRequests = consolidated;
            this.tokens = new ExchangeAttributeParser(loader, List.of(new SubstituteEmptyWrapper("-"))).parse(formatString);
        }

        @Alias
        private static native String handleCommonNames(String format);
    }

    /** quarkus.uuid: a random number for who wants to be told apart brings every provider of random numbers. */
    @TargetClass(className = "io.quarkus.runtime.configuration.RuntimeConfigBuilder", innerClass = "UuidConfigSource")
    static final class RandomIds {

        @Substitute
        public String getValue(String property) {
            return null;
        }
    }
}
