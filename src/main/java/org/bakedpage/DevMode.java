package org.bakedpage;

import static io.quarkus.vertx.http.runtime.RouteConstants.ROUTE_ORDER_DEFAULT;
import static io.quarkus.vertx.http.runtime.RouteConstants.ROUTE_ORDER_HEADERS;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What dev mode has besides the pages: a page that tells what is baked, browsers that hear of changes by Server-Sent Events, and
 * the Dev UI, which may run.
 */
@Singleton
@IfBuildProfile("dev")
final class DevMode {

    private static final long INTERVAL_MILLIS = 100;
    private static final String UNCACHED = "no-store";
    private static final String TYPE = "text/event-stream";
    private static final String SCRIPT = """
            const script = document.currentScript;
            const changes = new EventSource(new URL("changes" + new URL(script.src).search, script.src));
            changes.onmessage = ({ data, lastEventId }) => {
              if (data !== "css") {
                changes.close();
                location.reload();
                return;
              }
              for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
                const url = new URL(link.href);
                if (url.origin === location.origin) {
                  url.searchParams.set("changed", lastEventId);
                  const changed = link.cloneNode();
                  changed.href = url;
                  changed.onload = changed.onerror = () => link.remove();
                  link.after(changed);
                }
              }
            };
            """;

    @Inject
    Vertx vertx;

    private final Map<HttpServerResponse, Long> timers = new ConcurrentHashMap<>();

    void install(@Observes Router router) {
        router.route("/q/*").order(ROUTE_ORDER_HEADERS + 1).handler(context -> {
            // The Dev UI is Quarkus's own, and is made of inline scripts.
            context.response().headers().remove(SiteBuilder.POLICY);
            context.next();
        });
        router.get(DevSite.PATH + "reload.js").order(ROUTE_ORDER_DEFAULT - 2).handler(context -> context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/javascript;charset=utf-8").putHeader(HttpHeaders.CACHE_CONTROL, UNCACHED)
                .end(SCRIPT));
        router.get(DevSite.PATH).order(ROUTE_ORDER_DEFAULT - 2).blockingHandler(context -> context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=utf-8").putHeader(HttpHeaders.CACHE_CONTROL, UNCACHED)
                .end(DevSite.report()));
        router.get(DevSite.PATH + "changes").order(ROUTE_ORDER_DEFAULT - 2).handler(this::tellChanges);
    }

    private void tellChanges(RoutingContext context) {
        HttpServerResponse response = context.response().setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, UNCACHED);
        // After a restart a browser is to be here again at once.
        response.write("retry: 100\n\n");
        String[] version = { context.request().getHeader("Last-Event-ID") };
        if (version[0] == null) {
            version[0] = context.request().query();
        }
        timers.put(response, vertx.setPeriodic(INTERVAL_MILLIS, timer -> vertx.executeBlocking(() -> DevSite.changeSince(version[0]))
                .onSuccess(change -> {
                    if (change != null && !response.ended()) {
                        version[0] = DevSite.version();
                        response.write("id: " + version[0] + "\ndata: " + change + "\n\n");
                    }
                })));
        response.closeHandler(closed -> stop(response));
    }

    private void stop(HttpServerResponse response) {
        Long timer = timers.remove(response);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    /** A live reload has another class loader: what is left of this one would be in its way. */
    void end(@Observes ShutdownEvent event) {
        timers.keySet().forEach(response -> {
            stop(response);
            response.end();
        });
    }
}
