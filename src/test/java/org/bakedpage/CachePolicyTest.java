package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachePolicyTest {

    @ParameterizedTest
    @CsvSource({ "/app.0a1b2c3d.js, hashed", "/assets/index-DiwrgTda1.css, hashed", "/a/app-0123abcd4567.min.js, hashed",
            "/app.js, other", "/app.12345678.js, other", "/app.abcdefgh.js, other", "/app.deadbeef.js, other",
            "/jquery-3.7.1.min.js, other", "/0a1b2c3d/app.js, other", "/app.0a1b2c3.js, other", "/0a1b2c3d4e.js, other",
            "/app-Copyright2026.pdf, hashed", "/index.0a1b2c3d.html, html" })
    void a_name_with_a_hash_is_kept_for_a_year(String path, String policy) {
        CachePolicy policies = new CachePolicy(new SiteConfig.Cache() {
            @Override
            public String html() {
                return "html";
            }

            @Override
            public String hashed() {
                return "hashed";
            }

            @Override
            public String other() {
                return "other";
            }

            @Override
            public String errors() {
                return "errors";
            }

            @Override
            public Optional<List<String>> immutable() {
                return Optional.empty();
            }
        });
        assertEquals(policy, policies.of(path, path.endsWith(".html") ? "text/html;charset=utf-8" : "text/javascript"));
    }
}
