package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a router of Vert.x, to which routes are added as an application does. */
class OtherRoutesTest {

    private static final Vertx VERTX = Vertx.vertx();

    private final Router router = Router.router(VERTX);

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api        | /api          | true
            /api        | /api/         | true
            /api        | /apis         | false
            /api        | /api/x        | false
            /api        | /             | false
            /api/       | /api          | true
            /api/*      | /api          | true
            /api/*      | /api/         | true
            /api/*      | /api/x/y      | true
            /api/*      | /ap           | false
            /api/*      | /index.html   | false
            /api*       | /apis         | true
            /api/:id    | /api/1        | true
            /api/:id    | /api/         | true
            /api/:id    | /             | false
            /api/:id    | /index.html   | false
            /:page      | /index.html   | true
            /a/:b/c/:d  | /a/1/c/2      | true
            /a/:b/c/:d  | /b            | false
            /           | /             | true
            /           | /index.html   | false
            """)
    void a_route_with_a_path_covers_what_it_may_match(String route, String path, boolean covered) {
        router.route(route).handler(RoutingContext::next);
        OtherRoutes others = others();
        assertEquals(covered, others.cover(path));
        assertFalse(others.isEmpty());
        assertNull(others.filter());
    }

    @Test
    void a_route_for_every_path_is_a_filter() {
        router.route("/*").handler(new Filter());
        assertEquals(Filter.class.getName(), others().filter());
    }

    @Test
    void a_route_without_a_path_is_a_filter() {
        router.route().handler(new Filter());
        assertEquals(Filter.class.getName(), others().filter());
    }

    @Test
    void a_regular_expression_is_a_filter_for_it_may_match_any_path() {
        router.routeWithRegex("/api/.*").handler(new Filter());
        assertEquals(Filter.class.getName(), others().filter());
    }

    @Test
    void a_filter_is_found_among_routes_that_are_none() {
        router.route("/api").handler(RoutingContext::next);
        router.route().handler(new Filter());
        router.route("/other").handler(RoutingContext::next);
        OtherRoutes others = others();
        assertEquals(Filter.class.getName(), others.filter());
        assertTrue(others.cover("/api") && others.cover("/other"));
    }

    @ParameterizedTest
    @CsvSource({ "POST, false", "PUT, false", "OPTIONS, false", "GET, true", "HEAD, true" })
    void a_route_counts_where_it_takes_the_methods_of_pages(String method, boolean counts) {
        router.route(HttpMethod.valueOf(method), "/api").handler(RoutingContext::next);
        router.route().method(HttpMethod.valueOf(method)).handler(new Filter());
        OtherRoutes others = others();
        assertEquals(counts, others.cover("/api"));
        assertEquals(counts, others.filter() != null);
    }

    @Test
    void one_method_of_several_is_enough() {
        router.route("/api").method(HttpMethod.POST).method(HttpMethod.HEAD).handler(RoutingContext::next);
        assertTrue(others().cover("/api"));
    }

    @Test
    void what_stands_behind_the_pages_does_not_count() {
        Route pages = router.route().order(1).handler(RoutingContext::next);
        router.route("/late").order(2).handler(RoutingContext::next);
        router.route().order(3).handler(new Filter());
        OtherRoutes others = new OtherRoutes(router.getRoutes(), pages, null);
        assertNull(others.filter());
        assertTrue(others.isEmpty());
        assertFalse(others.cover("/late"));
    }

    /** By its order, not by when it was added. */
    @Test
    void what_is_put_before_the_pages_later_counts() {
        Route pages = router.route().order(1).handler(RoutingContext::next);
        router.route("/early").order(0).handler(RoutingContext::next);
        assertTrue(new OtherRoutes(router.getRoutes(), pages, null).cover("/early"));
    }

    @Test
    void a_router_of_its_own_below_a_path_covers_what_is_below_it() {
        router.route("/sub/*").subRouter(Router.router(VERTX));
        OtherRoutes others = others();
        assertTrue(others.cover("/sub/x") && !others.cover("/x"));
        assertNull(others.filter());
    }

    @ParameterizedTest
    @CsvSource({ "10000, GET, true", "10000, POST, false", "1, GET, false" })
    void who_stands_behind_the_pages_is_asked_for_what_is_none(int order, String method, boolean asked) {
        router.route(HttpMethod.valueOf(method), "/*").order(order).handler(RoutingContext::next);
        router.route().order(order).failureHandler(RoutingContext::next);
        assertEquals(asked, others().isFollowed());
    }

    @ParameterizedTest
    @CsvSource({ "/item/:id, /item/1, true", "/item/:id, /item/1/, true", "/item/:id, /item, false", "/item/:id, /item/1/2, false",
            "/a, /a, true", "/a, /a/b, false", "/a/*, /a/b, true", "/a/*, /b, false" })
    void a_path_has_the_methods_of_the_routes_that_match_it(String route, String path, boolean matches) {
        router.get(route).handler(RoutingContext::next);
        router.delete(route).handler(RoutingContext::next);
        assertEquals(matches ? Set.of(HttpMethod.GET, HttpMethod.DELETE) : Set.of(), others().methods(path));
    }

    @Test
    void a_route_for_failures_sees_no_request() {
        router.route().failureHandler(RoutingContext::next);
        OtherRoutes others = others();
        assertNull(others.filter());
        assertFalse(others.mayKeepContent());
    }

    @ParameterizedTest
    @CsvSource({ "POST, /api, 0", "GET, /api, 10000", "PUT, /*, 0", "PUT, /*, 10000" })
    void whoever_is_not_known_may_keep_content(String method, String path, int order) {
        router.route(HttpMethod.valueOf(method), path).order(order).handler(RoutingContext::next);
        assertTrue(others().mayKeepContent());
    }

    private OtherRoutes others() {
        Route pages = router.route().order(9_999).handler(RoutingContext::next);
        Route last = router.route().order(Integer.MAX_VALUE).handler(RoutingContext::next);
        return new OtherRoutes(router.getRoutes(), pages, last);
    }

    private static final class Filter implements Handler<RoutingContext> {
        @Override
        public void handle(RoutingContext context) {
            context.next();
        }
    }
}
