package org.bakedpage;

import static io.restassured.RestAssured.given;
import static io.restassured.config.DecoderConfig.decoderConfig;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SystemProperties.class)
class PageRouteTest {

    private static final Path PAGES = Path.of("src/main/resources/META-INF/resources");

    @BeforeAll
    static void sends_requests_as_they_are_written() {
        RestAssured.urlEncodingEnabled = false;
        RestAssured.config = RestAssured.config().decoderConfig(decoderConfig().noContentDecoders());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /                   | index.html  | text/html;charset=utf-8
            /index.html         | index.html  | text/html;charset=utf-8
            /%69ndex.html       | index.html  | text/html;charset=utf-8
            /index.html?a=b     | index.html  | text/html;charset=utf-8
            /x/../index.html    | index.html  | text/html;charset=utf-8
            /../../index.html   | index.html  | text/html;charset=utf-8
            /404.html           | 404.html    | text/html;charset=utf-8
            /favicon.svg        | favicon.svg | image/svg+xml;charset=utf-8
            /favicon.ico        | favicon.ico | image/vnd.microsoft.icon
            """)
    void get_sends_the_file_byte_for_byte(String path, String file, String contentType) throws IOException {
        byte[] expected = Files.readAllBytes(PAGES.resolve(file));
        byte[] content = given().get(path).then().statusCode(200)
                .header("Content-Type", equalTo(contentType))
                .header("Content-Length", equalTo(Integer.toString(expected.length)))
                .header("ETag", matchesPattern("\"[A-Za-z0-9_-]{24}\""))
                .extract().asByteArray();
        assertArrayEquals(expected, content);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/favicon.svg", "/nothing-here" })
    void head_sends_the_fields_of_get_and_no_content(String path) {
        var get = given().get(path);
        given().head(path).then().statusCode(get.statusCode()).body(emptyString())
                .header("Content-Type", equalTo(get.header("Content-Type")))
                .header("Content-Length", equalTo(get.header("Content-Length")))
                .header("ETag", equalTo(get.header("ETag")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/nothing-here", "/index.html/", "/META-INF/resources/index.html", "/application.properties",
            "/%2e%2e/application.properties", "/..%2fapplication.properties", "/org/bakedpage/Main.class" })
    void a_path_without_a_page_gets_404_and_the_page_for_it(String path) throws IOException {
        given().get(path).then().statusCode(404).body(equalTo(Files.readString(PAGES.resolve("404.html"))));
    }

    @ParameterizedTest
    @ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "TRACE" })
    void another_method_gets_405_and_the_allowed_ones(String method) {
        given().request(method, "/").then().statusCode(405).header("Allow", equalTo("GET, HEAD, OPTIONS"));
    }

    @Test
    void options_gets_the_allowed_methods() {
        given().options("/").then().statusCode(204).header("Allow", equalTo("GET, HEAD, OPTIONS"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "%s", "*", "\"other\", %s", "W/%s" })
    void a_client_that_has_the_page_gets_304(String condition) {
        String etag = given().get("/").header("ETag");
        given().header("If-None-Match", condition.formatted(etag)).get("/").then().statusCode(304)
                .header("ETag", equalTo(etag)).body(emptyString());
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"other\"", "W/\"other\"", "nonsense" })
    void a_client_that_has_another_page_gets_it_whole(String condition) {
        given().header("If-None-Match", condition).get("/").then().statusCode(200).body(not(emptyString()));
    }
}
