package added;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

@Singleton
public class Items {

    void add(@Observes Router router) {
        router.get("/item/:id").handler(context -> context.response().end("item " + context.pathParam("id")));
        router.get("/favicon.svg").handler(context -> context.response().end("route"));
    }
}
