package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.EnvConfigSource;
import java.util.HashMap;
import java.util.Map;

/** An empty variable is as an absent one: what makes containers often sets all that it knows. SmallRye Config refuses it. */
@TargetClass(EnvConfigSource.class)
final class EmptyVariables {

    @Substitute
    private static Map<String, String> getEnvProperties() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.values().removeIf(String::isEmpty);
        return variables;
    }
}
