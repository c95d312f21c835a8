package org.bakedpage;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields that Quarkus' settings and pages set both, and a prefix that a proxy has taken away. */
@QuarkusTest
@QuarkusTestResource(SystemProperties.class)
@TestProfile(FieldPrecedenceTest.Settings.class)
class FieldPrecedenceTest {

    public static final class Settings implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.header.\"Vary\".value", "Origin",
                    "quarkus.http.header.\"Cache-Control\".value", "no-store",
                    "quarkus.http.header.\"cache-control\".value", "max-age=7",
                    "quarkus.http.header.\"cache-control\".path", "/favicon.ico",
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.allow-x-forwarded", "true",
                    "quarkus.http.proxy.enable-forwarded-prefix", "true");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /            | 200 | no-cache  | accept-encoding, Origin
            /favicon.ico | 200 | max-age=7 | accept-encoding, Origin
            /nope        | 404 | no-store  | accept-encoding, Origin
            """)
    void vary_is_joined_and_caching_by_path_is_ahead(String path, int status, String caching, String vary) {
        Response response = given().when().get(path);
        assertEquals(status, response.statusCode());
        assertEquals(caching, response.header("Cache-Control"));
        assertEquals(vary, response.header("Vary"));
    }

    @ParameterizedTest
    @CsvSource({ "/, 200", "/favicon.ico, 200", "/nope, 404" })
    void a_page_is_found_whatever_prefix_a_proxy_has_taken_away(String path, int status) {
        assertEquals(status, given().header("X-Forwarded-Prefix", "/app").when().get(path).statusCode());
    }
}
