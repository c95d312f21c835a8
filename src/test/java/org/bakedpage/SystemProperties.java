package org.bakedpage;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** What {@link Main} sets before Quarkus starts, for tests in which Quarkus is started without it. */
public final class SystemProperties implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        System.setProperty("vertx.disableURIValidation", "true");
        return Map.of();
    }

    @Override
    public void stop() {
    }
}
