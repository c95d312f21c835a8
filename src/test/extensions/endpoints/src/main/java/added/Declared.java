package added;

import io.quarkus.vertx.web.Param;
import io.quarkus.vertx.web.Route;

public class Declared {

    @Route(path = "/declared/:id", methods = Route.HttpMethod.GET)
    String declared(@Param String id) {
        return "declared " + id;
    }
}
