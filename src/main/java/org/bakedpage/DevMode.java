package org.bakedpage;

import static io.quarkus.vertx.http.runtime.RouteConstants.ROUTE_ORDER_DEFAULT;
import static io.quarkus.vertx.http.runtime.RouteConstants.ROUTE_ORDER_HEADERS;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
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
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What dev mode has besides the pages: a page that tells what is baked, browsers that hear of changes by Server-Sent Events, and
 * the Dev UI, which may run.
 */
@Singleton
@IfBuildProfile("dev")
final class DevMode {

    private static final String STATIC_RESOURCES = "io.quarkus.vertx.http.runtime.StaticResourcesRecorder$";
    private static final String TYPE = "text/event-stream";
    /** Quarkus looks whether settings have changed when it is asked for something, but not again within 2 s. */
    private static final long RESTART_MILLIS = 2_100;
    /** A block, or its names would be the page's too. Only the tab that is seen listens: a browser has six connections to a server. */
    private static final String SCRIPT = """
            {
              const source = new URL(document.currentScript.src);
              const address = new URL("changes" + source.search, source);
              let changes;
              const change = ({ data, lastEventId }) => {
                address.search = lastEventId;
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
              const listen = () => {
                changes?.close();
                if (!document.hidden) {
                  changes = new EventSource(address);
                  changes.onmessage = change;
                }
              };
              document.addEventListener("visibilitychange", listen);
              listen();
            }
            """;

    @Inject
    Vertx vertx;

    /** The version that each open tab has. */
    private final Map<HttpServerResponse, String> tabs = new ConcurrentHashMap<>();
    private boolean watching;
    private DevSite restarting;
    private Router router;

    void install(@Observes Router router) {
        this.router = router;
        String path = DevSite.path();
        router.route(uiRoute()).order(ROUTE_ORDER_HEADERS + 1).handler(context -> {
            // The Dev UI is Quarkus's own, and is made of inline scripts.
            context.response().headers().remove(SiteBuilder.POLICY);
            context.next();
        });
        router.get(path + "reload.js").order(ROUTE_ORDER_DEFAULT - 2).handler(context ->
                response(context, "text/javascript;charset=utf-8").end(SCRIPT));
        // Without the slash at its end it is for both.
        router.get(path.substring(0, path.length() - 1)).order(ROUTE_ORDER_DEFAULT - 2).blockingHandler(context ->
                response(context, "text/html;charset=utf-8").end(DevSite.asOf(System.nanoTime()).report()));
        router.get(path + "changes").order(ROUTE_ORDER_DEFAULT - 2).handler(this::openTab);
        // Ahead of the pages, which are answered as their files are now.
        router.route().order(ROUTE_ORDER_DEFAULT - 2).handler(context ->
                look().onSuccess(site -> context.next()).onFailure(context::fail));
    }

    /** Where Quarkus's own endpoints have the root of the pages, it is the Dev UI alone. */
    private static String uiRoute() {
        String root = NonApplicationRoot.inDevMode(key -> ConfigProvider.getConfig().getOptionalValue(key, String.class));
        return (root.isEmpty() ? "/dev-ui" : root) + "/*";
    }

    private static HttpServerResponse response(RoutingContext context, String type) {
        return context.response().putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, DevEncoder.UNCACHED);
    }

    private Future<DevSite> look() {
        long asked = System.nanoTime();
        return vertx.executeBlocking(() -> DevSite.asOf(asked)).onSuccess(site -> tell());
    }

    private void openTab(RoutingContext context) {
        HttpServerResponse response = response(context, TYPE).setChunked(true);
        // After a restart a browser is to be here again at once.
        response.write("retry: 100\n\n");
        String last = context.request().getHeader("Last-Event-ID");
        String loaded = context.request().query();
        response.closeHandler(closed -> tabs.remove(response));
        tabs.put(response, last != null ? last : loaded != null ? loaded : "");
        watch(true);
    }

    /** One look after the other, for as long as there is a tab. */
    private synchronized void watch(boolean start) {
        if (start && watching) {
            return;
        }
        watching = !tabs.isEmpty();
        if (watching) {
            look().onComplete(done -> vertx.setTimer(DevSite.pause().toMillis(), timer -> watch(false)));
        }
    }

    /** In the order of the versions, each change with its own. */
    private synchronized void tell() {
        DevSite site = DevSite.current();
        tabs.forEach((response, version) -> tell(response, version, site, site.changeSince(version)));
        if (site.hasNewSettings() && site != restarting) {
            restarting = site;
            vertx.setTimer(RESTART_MILLIS, timer -> tabs.forEach((response, version) -> tell(response, version, site, "page")));
        }
    }

    private void tell(HttpServerResponse response, String version, DevSite site, String change) {
        if (change != null && tabs.replace(response, version, site.version())) {
            response.write("id: " + site.version() + "\ndata: " + change + "\n\n");
        }
    }

    /** SECURITY: Quarkus's route for static resources has the same folder, and with it what is left out of the site. */
    void hideFolder(@Observes StartupEvent event) {
        OtherRoutes.remove(router, STATIC_RESOURCES);
    }

    /** A live reload has another class loader: what is left of this one would be in its way. */
    void end(@Observes ShutdownEvent event) {
        tabs.keySet().forEach(response -> {
            tabs.remove(response);
            response.end();
        });
    }
}
