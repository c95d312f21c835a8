package features;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Prints a resource whose name is known at run time only. */
final class Resource {

    private Resource() {
    }

    static void main(String[] arguments) throws IOException {
        try (InputStream stream = Resource.class.getResourceAsStream(arguments[0])) {
            System.out.print(stream == null ? "none\n" : new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
