package org.bakedpage;

import static io.quarkus.vertx.http.runtime.RouteConstants.ROUTE_ORDER_DEFAULT;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * Answers from memory and on its event loop, at two places among the routes: where Quarkus would serve static resources what
 * names a page, and past every other route what nobody has taken. Between the two are those that take what is left over, such
 * as quarkus-rest's.
 */
@Singleton
final class PageRoute implements Connections.Answers {

    /** RFC 9110 section 9.3 and RFC 5789: known, and therefore 405; all else is 501. */
    private static final Set<HttpMethod> KNOWN = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT,
            HttpMethod.DELETE, HttpMethod.PATCH, HttpMethod.TRACE, HttpMethod.CONNECT);
    /** What Quarkus's handler says that it is. */
    private static final String ACCESS_LOG = "AccessLogHandler{";
    private static final String AS_GET = PageRoute.class.getName();

    private static final Logger LOG = Logger.getLogger(PageRoute.class);
    /** Just before failures are dealt with. */
    private static final int LAST = Integer.MAX_VALUE - 2;

    @Inject
    SiteConfig config;

    @Inject
    Vertx vertx;

    private Router router;
    private FieldPrecedence precedence;
    private Supplier<OtherRoutes> routes;
    private volatile OtherRoutes others;
    private AccessLogPattern accessLog;

    void install(@Observes Router router) {
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            // A site that cannot be read is told at the start.
            Site.current();
        }
        precedence = new FieldPrecedence(http());
        accessLog = ownLog(http());
        if (precedence.notice() != null) {
            LOG.info(precedence.notice());
        }
        Route pages = router.route().order(ROUTE_ORDER_DEFAULT - 1).handler(this::answerPage);
        Route last = router.route().order(LAST).handler(this::answerOther);
        routes = () -> new OtherRoutes(router.getRoutes(), pages, last);
        this.router = router;
        Connections.use(this);
    }

    /** Looked at when it begins to listen, for until then routes are added; in dev mode it listens already. */
    private OtherRoutes others() {
        if (others == null) {
            others = routes.get();
        }
        return others;
    }

    private static VertxHttpConfig http() {
        return ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(VertxHttpConfig.class);
    }

    /** In the place of Quarkus's access log, which sees only what the router answers, where it can say what is wanted; else null. */
    private static AccessLogPattern ownLog(VertxHttpConfig http) {
        if (!http.accessLog().enabled() || LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            return null;
        }
        String pattern = http.accessLog().pattern();
        String error = AccessLogPattern.error(pattern);
        if (error != null) {
            throw new ConfigurationException("quarkus.http.access-log.pattern=" + pattern + " " + error, Set.of("quarkus.http.access-log.pattern"));
        }
        // Quarkus's stands ahead of the application's router too where its own endpoints are elsewhere.
        boolean elsewhere = NonApplicationRoot.besidePages(key -> ConfigProvider.getConfig().getOptionalValue(key, String.class)) == null;
        AccessLogPattern own = elsewhere || FastPath.isForwarded(http) ? null : AccessLogPattern.of(http.accessLog());
        if (own == null && AccessLogPattern.isOwn(pattern)) {
            throw new ConfigurationException("quarkus.http.access-log.pattern=" + pattern + " is not for quarkus.http.proxy, other"
                    + " settings of quarkus.http.access-log, nor a quarkus.http.non-application-root-path outside the root path",
                    Set.of("quarkus.http.access-log.pattern"));
        }
        return own;
    }

    @Override
    public AccessLogPattern accessLog() {
        return accessLog;
    }

    /** Those of every response, and what keeps it from caches: RFC 9110 section 15.5.15 lets them have a 414. */
    @Override
    public Map<CharSequence, CharSequence> refusalFields() {
        Map<CharSequence, CharSequence> fields = new LinkedHashMap<>();
        fields.put(HttpHeaders.CACHE_CONTROL, HttpHeaderValues.NO_CACHE);
        http().header().forEach((name, header) -> {
            if (FieldPrecedence.isOfAll(header)) {
                fields.put(new AsciiString(name), new AsciiString(header.value()));
            }
        });
        return fields;
    }

    @Override
    public boolean isContentKept() {
        return others().mayKeepContent();
    }

    @Override
    public FastPath fastPath() {
        if (accessLog != null) {
            OtherRoutes.remove(router, ACCESS_LOG);
        }
        if (!config.fastPath() || LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            return null;
        }
        VertxHttpConfig http = http();
        String obstacle = vertx.isMetricsEnabled() ? "metrics count every request" : FastPath.obstacle(others(), http);
        if (obstacle != null) {
            LOG.info("The fast path is off: " + obstacle);
            return null;
        }
        return new FastPath(Site.current(), http.header(), others());
    }

    /** Pages to who wants to have one. What else a path may be, the others know. */
    private void answerPage(RoutingContext context) {
        Answer answer = new Answer(context, precedence);
        if ((isGet(context) || context.request().method().equals(HttpMethod.HEAD)) && answer.isPage()) {
            awaitContent(context.request(), answer::page);
        } else {
            context.next();
        }
    }

    private static boolean isGet(RoutingContext context) {
        return context.request().method().equals(HttpMethod.GET);
    }

    /** What nobody has taken. */
    private void answerOther(RoutingContext context) {
        HttpMethod method = context.request().method();
        Answer answer = new Answer(context, precedence);
        Set<HttpMethod> allowed = others().methods(answer.routePath());
        if (method.equals(HttpMethod.HEAD) && allowed.contains(HttpMethod.GET) && context.get(AS_GET) == null) {
            // RFC 9110 section 9.3.2: who answers GET answers HEAD, which a route that was made for GET does not know.
            String query = context.request().query();
            context.put(AS_GET, true).reroute(HttpMethod.GET, context.request().path() + (query == null ? "" : "?" + query));
            return;
        }
        awaitContent(context.request(), () -> {
            if (method.equals(HttpMethod.OPTIONS)) {
                answer.allowed(allowed);
            } else if (!KNOWN.contains(method)) {
                answer.notAllowed(HttpResponseStatus.NOT_IMPLEMENTED, allowed);
            } else if ((allowed.isEmpty() || allowed.contains(method)) && (isGet(context) || method.equals(HttpMethod.HEAD))) {
                // A route that takes the method has passed the request on.
                answer.page();
            } else {
                answer.notAllowed(HttpResponseStatus.METHOD_NOT_ALLOWED, allowed);
            }
        });
    }

    /**
     * Chunks may turn out to be too many, or malformed, which decides the status. With Expect: 100-continue the client gets
     * the final response instead, RFC 9110 section 10.1.1.
     */
    private static void awaitContent(HttpServerRequest request, Runnable answer) {
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING) && !request.headers().contains(HttpHeaders.EXPECT)
                && !request.isEnded()) {
            request.endHandler(end -> answer.run()).resume();
        } else {
            answer.run();
        }
    }
}
