import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Whether a contender answers what it should. One that does not is not ranked. */
final class Check {

    static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();

    private Check() {
    }

    /** The request's fields for this measure, as {@code Name: value}, once they have been seen to bring the right answer. */
    static List<String> fieldsFor(Contender contender, Measure measure) throws IOException, NotMeasured {
        URI address = URI.create(contender.url(measure));
        List<String> fields = switch (measure.asks()) {
            case IDENTITY -> List.of();
            case GZIP -> List.of("Accept-Encoding: gzip");
            case NOT_MODIFIED -> List.of(condition(get(address, List.of()).headers()));
        };
        HttpResponse<byte[]> response = get(address, fields);
        byte[] expected = Site.content(measure.path());
        switch (measure.asks()) {
            case IDENTITY -> {
                require(response.statusCode() == 200, "it answers " + response.statusCode());
                require(encoding(response).equals("identity"), "it sends " + encoding(response) + " unasked");
                require(Arrays.equals(response.body(), expected), "its content differs");
            }
            case GZIP -> {
                require(response.statusCode() == 200, "it answers " + response.statusCode());
                require(encoding(response).equals("gzip"), "it does not compress");
                require(Arrays.equals(gunzip(response.body()), expected), "its compressed content differs");
            }
            case NOT_MODIFIED -> require(response.statusCode() == 304 && response.body().length == 0,
                    "it answers " + response.statusCode() + " to a condition");
        }
        if (measure.keepsAlive()) {
            return fields;
        }
        List<String> withClose = new ArrayList<>(fields);
        withClose.add("Connection: close");
        return withClose;
    }

    /** What a client that has the page would send. */
    private static String condition(HttpHeaders headers) throws NotMeasured {
        var etag = headers.firstValue("ETag");
        var lastModified = headers.firstValue("Last-Modified");
        require(etag.isPresent() || lastModified.isPresent(), "it sends neither ETag nor Last-Modified");
        return etag.isPresent() ? "If-None-Match: " + etag.get() : "If-Modified-Since: " + lastModified.get();
    }

    private static HttpResponse<byte[]> get(URI address, List<String> fields) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5));
        for (String field : fields) {
            int colon = field.indexOf(": ");
            request.header(field.substring(0, colon), field.substring(colon + 2));
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server was asked", e);
        }
    }

    private static String encoding(HttpResponse<byte[]> response) {
        return response.headers().firstValue("Content-Encoding").orElse("identity");
    }

    private static byte[] gunzip(byte[] compressed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        }
    }

    private static void require(boolean isSo, String complaint) throws NotMeasured {
        if (!isSo) {
            throw new NotMeasured(complaint);
        }
    }
}
