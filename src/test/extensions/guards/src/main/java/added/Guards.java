package added;

import io.quarkus.vertx.web.RouteFilter;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

@Provider
public class Guards implements ContainerRequestFilter {

    /** Of endpoints only. */
    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getUriInfo().getPath().equals("/api/secret")) {
            request.abortWith(Response.status(403).build());
        }
    }

    /** Of all requests. */
    @RouteFilter(100)
    void filter(RoutingContext context) {
        context.response().putHeader("X-Filtered", "yes");
        context.next();
    }
}
