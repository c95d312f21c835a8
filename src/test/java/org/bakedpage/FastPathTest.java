package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the answer may depend on that the fast path does not look at. */
class FastPathTest {

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            quarkus.http.idle-timeout,                          5m,     none
            quarkus.http.header."X".value,                      a,      none
            quarkus.http.header."X".path,                       /x,     quarkus.http.header."X" is not for every request
            quarkus.http.header."X".methods,                    GET,    quarkus.http.header."X" is not for every request
            quarkus.http.header."Cache-Control".value,          a,      quarkus.http.header."Cache-Control" is a field that pages set as well
            quarkus.http.header."etag".value,                   a,      quarkus.http.header."etag" is a field that pages set as well
            quarkus.http.filter."x".matches,                    /x,     quarkus.http.filter sets fields by path
            quarkus.http.proxy.proxy-address-forwarding,        true,   quarkus.http.proxy lets requests say where they come from
            quarkus.http.proxy.allow-forwarded,                 true,   quarkus.http.proxy lets requests say where they come from
            quarkus.http.proxy.allow-x-forwarded,               true,   quarkus.http.proxy lets requests say where they come from
            quarkus.http.record-request-start-time,             true,   quarkus.http.record-request-start-time notes when each request began
            quarkus.http.root-path,                             /app,   none
            """)
    void a_setting_that_it_does_not_know_of_is_an_obstacle(String key, String value, String obstacle) {
        SmallRyeConfigBuilder settings = new SmallRyeConfigBuilder().withMapping(VertxHttpConfig.class)
                .withDefaultValue("quarkus.http.host", "x").withDefaultValue(key, value).withValidateUnknown(false);
        if (key.startsWith("quarkus.http.header")) {
            settings.withDefaultValue(key.substring(0, key.lastIndexOf('.')) + ".value", "a");
        }
        var config = settings.addDiscoveredConverters().build();
        Vertx vertx = Vertx.vertx();
        try {
            Router router = Router.router(vertx);
            assertEquals(obstacle, FastPath.obstacle(new OtherRoutes(router.getRoutes(), router.route(), null),
                    config.getConfigMapping(VertxHttpConfig.class)));
        } finally {
            vertx.close();
        }
    }
}
