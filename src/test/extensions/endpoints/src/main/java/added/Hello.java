package added;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

@Path("/api")
public class Hello {

    @GET
    @Path("hello")
    public String hello() {
        return "hello";
    }

    @POST
    @Path("echo")
    public String echo(String content) {
        return content;
    }

    /** There is a page at this path, too. */
    @GET
    @Path("both")
    public String both() {
        return "endpoint";
    }

    @GET
    @Path("secret")
    public String secret() {
        return "secret";
    }
}
