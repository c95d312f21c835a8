package org.bakedpage;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpStatusClass;
import io.quarkus.vertx.http.runtime.HeaderConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which of two counts where quarkus.http.header or quarkus.http.filter has set a field that pages set as well. Vary is joined. Of
 * Cache-Control that with a path is ahead of the page's, and that without is for what is no page: errors and redirects.
 */
final class FieldPrecedence {

    private static final String CACHE_CONTROL = "Cache-Control";
    private static final String EVERY_PATH = "/*";

    private final Set<String> cachingByPath = new HashSet<>();
    private boolean cachingWithoutPath;

    FieldPrecedence(VertxHttpConfig http) {
        for (Map.Entry<String, HeaderConfig> field : http.header().entrySet()) {
            if (field.getKey().equalsIgnoreCase(CACHE_CONTROL)) {
                if (field.getValue().path().equals(EVERY_PATH)) {
                    cachingWithoutPath = true;
                } else {
                    cachingByPath.add(field.getValue().value());
                }
            }
        }
        http.filter().values().forEach(filter -> filter.header().forEach((name, value) -> {
            if (name.equalsIgnoreCase(CACHE_CONTROL)) {
                cachingByPath.add(value);
            }
        }));
    }

    /** Whether every response has it. */
    static boolean isOfAll(HeaderConfig field) {
        return field.methods().isEmpty() && field.path().equals(EVERY_PATH);
    }

    /** What to tell of it at the start; null for nothing. */
    String notice() {
        return cachingWithoutPath ? "quarkus.http.header.\"Cache-Control\" without a path is for errors and redirects only: "
                + "pages have site.cache.*" : null;
    }

    /** Sets the fields of an answer beside those that the response has. */
    void set(Outcome outcome, HttpServerResponse response) {
        boolean isPage = outcome.status().codeClass() == HttpStatusClass.SUCCESS || outcome.status().code() == 304;
        if (outcome.representation() != null && outcome.page().field(HttpHeaderNames.SET_COOKIE) != null) {
            response.headers().remove(HttpHeaderNames.SET_COOKIE);
        }
        outcome.fields((name, value) -> {
            String other = response.headers().get(name);
            if (value == null) {
                response.headers().remove(name);
            } else if (HttpHeaderNames.SET_COOKIE.contentEqualsIgnoreCase(name)) {
                // The one field that may be there several times without being a list, RFC 9110 section 5.3.
                response.headers().add(name, value);
            } else if (other != null && HttpHeaderNames.VARY.contentEqualsIgnoreCase(name)) {
                response.putHeader(name, FieldList.joined(value.toString(), other));
            } else if (other == null || !HttpHeaderNames.CACHE_CONTROL.contentEqualsIgnoreCase(name)
                    || isPage && !cachingByPath.contains(other)) {
                response.putHeader(name, value);
            }
        });
    }
}
