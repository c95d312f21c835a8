package org.bakedpage.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a registry is spoken to, and what is said of one that does not do what it should. */
class RegistryRepositoryTest {

    private static final Duration SHORT_LIMIT = Duration.ofMillis(500);
    private static final Document BLOB = new Document("a/b", "content".getBytes(UTF_8));
    private static final Document MANIFEST = new Document(Document.MANIFEST, "{}".getBytes(UTF_8));

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> config = new HashMap<>();
    private RegistryStandIn registry;
    private Duration limit = RegistryHttp.DEFAULT_LIMIT;
    private RegistryLogin.Access access = RegistryLogin.Access.PUSH;

    @BeforeEach
    void start_a_registry() throws IOException {
        registry = new RegistryStandIn();
        registry.store("manifests/1.0", MANIFEST);
    }

    @AfterEach
    void stop_it() {
        registry.close();
    }

    @Test
    void a_blob_that_is_there_is_not_sent_again() throws IOException {
        repository().upload(BLOB);
        repository().upload(BLOB);
        assertArrayEquals(BLOB.content(), registry.at("blobs/" + BLOB.descriptor().digest()).content());
        assertEquals(1, registry.requests().stream().filter(request -> request.startsWith("PUT")).count());
    }

    @Test
    void a_token_is_had_with_what_docker_login_keeps() throws IOException {
        login("DOCKER_CONFIG", "config.json");
        registry.protect("Bearer", "t1");
        RegistryRepository repository = repository();
        repository.manifest("1.0");
        repository.upload(BLOB);
        assertEquals(List.of("GET manifests/1.0", "GET /token", "GET manifests/1.0"), registry.requests().subList(0, 3));
        assertEquals(List.of("scope=repository:group/page:pull,push"), registry.scopes());
    }

    /** Who only pulls may have no other right. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PULL |                                               | scope=repository:group/page:pull
            PULL | scope=""                                      | scope=repository:group/page:pull
            PULL | scope="repository:group/page:pull"            | scope=repository:group/page:pull
            PULL | scope="repository:a/b:pull repository:c:pull" | scope=repository:a/b:pull&scope=repository:c:pull
            PUSH |                                               | scope=repository:group/page:pull,push
            PUSH | scope="repository:group/page:pull"            | scope=repository:group/page:pull,push
            PUSH | scope="repository:group/page:pull,push"       | scope=repository:group/page:pull,push
            PUSH | scope="repository:a/b:pull"                   | scope=repository:a/b:pull&scope=repository:group/page:pull,push
            """)
    void a_token_is_for_what_the_registry_names_and_to_push_only_where_that_is_done(RegistryLogin.Access access, String scope,
            String asked) throws IOException {
        useSettings();
        registry.protect("Bearer", "t");
        registry.answer("GET manifests/1.0", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate",
                    registry.challenge("Bearer") + (scope == null ? "" : "," + scope));
            exchange.sendResponseHeaders(401, -1);
            return true;
        });
        this.access = access;
        assertFails("GET " + registry.address("manifests/1.0") + " was answered by 401; " + advice());
        assertEquals(List.of(asked), registry.scopes());
    }

    @ParameterizedTest
    @ValueSource(strings = { "<html>log in</html>", "", "null", "[]", "{}", "{\"token\":null}", "{\"token\":1}",
            "{\"token\":\"\"}", "{\"token\":\"a\\nb\"}" })
    void what_is_no_token_is_told_in_one_line(String content) {
        registry.protect("Bearer", "t");
        registry.answer("GET /token", 200, content);
        assertFails("http://" + registry.host() + "/token gave no token but something else with 200");
    }

    @Test
    void a_token_may_have_the_name_that_it_has_in_oauth() throws IOException {
        registry.protect("Bearer", "t");
        registry.answer("GET /token", 200, "{\"access_token\":\"t\"}");
        assertEquals(MANIFEST.descriptor(), repository().manifest("1.0").descriptor());
    }

    @Test
    void podmans_file_will_do_for_the_scheme_basic() throws IOException {
        login("REGISTRY_AUTH_FILE", "");
        registry.protect("Basic", "");
        assertEquals(MANIFEST.descriptor(), repository().manifest("1.0").descriptor());
    }

    @Test
    void a_token_that_has_expired_is_had_anew() throws IOException {
        useSettings();
        registry.protect("Bearer", "t1");
        RegistryRepository repository = repository();
        repository.manifest("1.0");
        registry.protect("Bearer", "t2");
        repository.upload(BLOB);
        assertEquals(BLOB.descriptor(), Descriptor.of("a/b", registry.at("blobs/" + BLOB.descriptor().digest()).content()));
    }

    @Test
    void who_is_not_logged_in_is_told_how() {
        registry.protect("Basic", "");
        assertFails("no credentials: " + advice());
        registry.protect("Bearer", "t");
        assertFails("http://" + registry.host() + "/token gave no token but 403; " + advice());
    }

    @Test
    void a_token_that_is_of_no_use_is_not_asked_for_again_and_again() {
        useSettings();
        registry.protect("Bearer", "t");
        registry.answer("GET manifests/1.0", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", registry.challenge("Bearer"));
            exchange.sendResponseHeaders(401, -1);
            return true;
        });
        assertFails("GET " + registry.address("manifests/1.0") + " was answered by 401; " + advice());
        assertEquals(3, registry.requests().size(), registry.requests()::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            404 |                                                                | 404
            404 | <html>not here</html>                                          | 404
            500 | {"errors":[]}                                                  | 500
            400 | {"errors":[{"code":"MANIFEST_INVALID"},{"code":"B","message":"no"}]} | 400 MANIFEST_INVALID, B no
            404 | null                                                           | 404
            404 | []                                                             | 404
            404 | {"errors":null}                                                | 404
            404 | {"errors":{}}                                                  | 404
            404 | {"errors":[null,1,{"code":null},{"code":"A","message":2}]}     | 404 A
            429 | {"errors":[{"code":"TOOMANYREQUESTS","message":"wait, please"}]} | 429 TOOMANYREQUESTS wait, please
            """)
    void what_the_registry_says_is_told_in_one_line(int status, String content, String told) {
        registry.answer("GET manifests/1.0", status, content == null ? "" : content);
        assertFails("GET " + registry.address("manifests/1.0") + " was answered by " + told);
    }

    @Test
    void who_may_not_push_is_told_so() {
        registry.answer("GET manifests/1.0", 403, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"access\\nis denied\"}]}");
        assertFails("GET " + registry.address("manifests/1.0") + " was answered by 403 DENIED access is denied; " + advice());
    }

    @Test
    void a_registry_that_does_not_listen_is_named() {
        registry.close();
        Exception error = assertThrows(IOException.class, () -> repository().manifest("1.0"));
        assertTrue(error.getMessage().matches("GET " + registry.address("manifests/1.0") + " failed: \\S.*"), error::getMessage);
    }

    @Test
    void a_connection_that_breaks_is_told() {
        registry.answer("GET manifests/1.0", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(1);
            return true;
        });
        Exception error = assertThrows(IOException.class, () -> repository().manifest("1.0"));
        assertTrue(error.getMessage().startsWith("GET " + registry.address("manifests/1.0") + " failed: "), error::getMessage);
    }

    @Test
    void an_answer_that_does_not_end_is_given_up() {
        CountDownLatch end = new CountDownLatch(1);
        registry.answer("GET manifests/1.0", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
        limit = SHORT_LIMIT;
        assertFails("GET " + registry.address("manifests/1.0") + " was not answered within 0 s");
        end.countDown();
    }

    @Test
    void a_blob_of_another_digest_is_not_taken() {
        Descriptor wanted = BLOB.descriptor();
        byte[] other = "c0ntent".getBytes(UTF_8);
        registry.store("blobs/" + wanted.digest(), new Document("a/b", other));
        String sent = Descriptor.of("a/b", other).digest();
        String told = "the registry sent " + sent + " of 7 bytes for " + wanted.digest() + " of 7";
        Path file = folder.resolve("blob");
        assertEquals(told, assertThrows(IOException.class, () -> repository().blob(wanted)).getMessage());
        assertEquals(told, assertThrows(IOException.class, () -> repository().download(wanted, file)).getMessage());
    }

    /** As those do that keep their blobs with a cloud's storage. */
    @Test
    void credentials_are_not_sent_where_a_registry_redirects_to() throws IOException {
        useSettings();
        registry.protect("Bearer", "t");
        try (RegistryStandIn storage = new RegistryStandIn()) {
            Descriptor blob = storage.storeBlob("a/b", BLOB.content());
            registry.answer("GET blobs/", exchange -> {
                if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                    return false;
                }
                exchange.getResponseHeaders().add("Location", storage.address("blobs/" + blob.digest() + "?signature=x"));
                exchange.sendResponseHeaders(307, -1);
                return true;
            });
            repository().download(blob, folder.resolve("blob"));
            assertArrayEquals(BLOB.content(), Files.readAllBytes(folder.resolve("blob")));
            assertNull(storage.fields().get(0).getFirst("Authorization"));
        }
    }

    @Test
    void redirects_have_an_end() {
        registry.answer("GET manifests/1.0", exchange -> {
            exchange.getResponseHeaders().add("Location", registry.address("manifests/1.0"));
            exchange.sendResponseHeaders(302, -1);
            return true;
        });
        assertFails(registry.address("manifests/1.0") + " was redirected more than 5 times");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ftp://a/b | the registry named ftp://a/b, which is no address of HTTP
            http://[  | the registry named an address that is none: Expected closing bracket for IPv6 address at index 8: http://[
            a b       | the registry named an address that is none: Illegal character in path at index 1: a b
            """)
    void an_address_that_is_none_is_told(String location, String told) {
        registry.answer("GET manifests/1.0", exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
            return true;
        });
        assertFails(told);
    }

    @Test
    void a_realm_that_is_no_address_is_told() {
        registry.answer("GET manifests/1.0", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"http://a b/\"");
            exchange.sendResponseHeaders(401, -1);
            return true;
        });
        assertFails("the registry named an address that is none: Illegal character in authority at index 7: "
                + "http://a b/?scope=repository%3Agroup%2Fpage%3Apull%2Cpush");
    }

    /** SECURITY: it is the realm that gets the password. */
    @Test
    void a_password_is_not_sent_in_the_clear_for_a_registry_that_has_tls() {
        useSettings();
        RegistryLogin login = new RegistryLogin(ImageName.of("registry.example.org/page"), access, BuildConfig.of(config),
                environment);
        String challenge = "Bearer realm=\"http://example.org/token\"";
        Exception error = assertThrows(IOException.class, () -> login.answer(challenge, request -> {
            throw new AssertionError("sent " + request);
        }));
        assertTrue(error.getMessage().startsWith("registry.example.org has no https address"), error::getMessage);
    }

    @Test
    void an_index_need_not_be_there() throws IOException {
        assertFalse(repository().index("none").isPresent());
    }

    @ParameterizedTest
    @CsvSource({ "credsStore", "credHelpers" })
    void a_helper_that_docker_login_names_is_asked(String key) throws IOException {
        registry.protect("Basic", "");
        helper(key, "[ \"$1 $(cat)\" = 'get " + registry.host() + "' ] && echo '{\"Username\":\"" + RegistryStandIn.USER
                + "\",\"Secret\":\"" + RegistryStandIn.PASSWORD + "\"}'");
        repository().manifest("1.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "exit 1                                          | no credentials: ADVICE",
            "cat; exit 1                                     | no credentials: ADVICE",
            "echo '{\"Username\":\"\",\"Secret\":\"\"}'         | no credentials: ADVICE",
            "echo nonsense                                   | docker-credential-standin did not answer as a credential helper does",
            "echo '{\"Username\":\"a\"}'                      | docker-credential-standin did not answer as a credential helper does",
            "echo '{\"Username\":\"<token>\",\"Secret\":\"\"}' | docker-credential-standin has a token for HOST and no password; ADVICE",
    })
    void a_helper_that_knows_no_password_is_told(String script, String message) throws IOException {
        registry.protect("Basic", "");
        helper("credsStore", script);
        assertFails(message.replace("ADVICE", advice()).replace("HOST", registry.host()));
    }

    @ParameterizedTest
    @CsvSource({ "nowhere", "''" })
    void without_the_helper_it_is_what_the_file_has(String name) throws IOException {
        registry.protect("Basic", "");
        login("DOCKER_CONFIG", "config.json");
        Path file = folder.resolve("config.json");
        Files.writeString(file, new JsonObject(Files.readString(file)).put("credsStore", name).encode());
        assertEquals(MANIFEST.descriptor(), repository().manifest("1.0").descriptor());
    }

    private void helper(String key, String script) throws IOException {
        Path helper = Files.writeString(folder.resolve("docker-credential-standin"), "#!/bin/sh\n" + script + "\n");
        assertTrue(helper.toFile().setExecutable(true));
        Files.writeString(folder.resolve("config.json"), new JsonObject()
                .put("auths", new JsonObject().put(registry.host(), new JsonObject()))
                .put(key, key.equals("credsStore") ? "standin" : new JsonObject().put(registry.host(), "standin")).encode());
        environment.put("DOCKER_CONFIG", folder.toString());
        environment.put("PATH", folder + ":/usr/bin:/bin");
    }

    private RegistryRepository repository() {
        RegistryLogin login = new RegistryLogin(registry.image("1.0"), access, BuildConfig.of(config), environment);
        return new RegistryRepository(new RegistryHttp(URI.create(registry.address("")), login, limit));
    }

    private void assertFails(String message) {
        assertEquals(message, assertThrows(IOException.class, () -> repository().manifest("1.0")).getMessage());
    }

    private String advice() {
        return "log in to " + registry.host() + " for group/page, "
                + "with docker login or QUARKUS_CONTAINER_IMAGE_USERNAME and QUARKUS_CONTAINER_IMAGE_PASSWORD";
    }

    private void useSettings() {
        config.put("quarkus.container-image.username", RegistryStandIn.USER);
        config.put("quarkus.container-image.password", RegistryStandIn.PASSWORD);
    }

    private void login(String variable, String name) throws IOException {
        Path file = name.isEmpty() ? folder.resolve("auth.json") : folder.resolve(name);
        Files.writeString(file, new JsonObject().put("auths", new JsonObject().put(registry.host(),
                new JsonObject().put("auth", RegistryStandIn.basic()))).encode());
        environment.put(variable, (name.isEmpty() ? file : folder).toString());
    }
}
