import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether a contender answers what it should. One that does not is not ranked. */
final class Check {

    private Check() {
    }

    /**
     * A measure in which a contender answers rightly.
     *
     * @param fields what the load adds to each request, as {@code Name: value}
     * @param response what has to come back to each
     */
    record Passed(List<String> fields, Exchange.Response response) {
    }

    static Passed of(Contender contender, Measure measure) throws IOException, NotMeasured {
        List<String> fields = new ArrayList<>();
        if (measure.asks() == Measure.Asks.GZIP) {
            fields.add("Accept-Encoding: gzip");
        }
        if (!measure.keepsAlive()) {
            fields.add("Connection: close");
        }
        if (measure.asks() == Measure.Asks.NOT_MODIFIED) {
            // The tag of the representation that it chooses for these very requests.
            fields.add(condition(get(contender, measure, fields)));
        }
        Exchange.Response response = get(contender, measure, fields);
        if (measure.asks() == Measure.Asks.NOT_MODIFIED) {
            require(response.status() == 304 && response.content().length == 0,
                    "it answers " + response.status() + " to a condition");
        } else {
            require(response.status() == 200, "it answers " + response.status());
            checkContent(contender, measure, response);
        }
        return new Passed(List.copyOf(fields), response);
    }

    private static void checkContent(Contender contender, Measure measure, Exchange.Response response)
            throws IOException, NotMeasured {
        String coding = response.coding();
        switch (measure.asks()) {
            case IDENTITY -> require(coding.equals("identity"), "it sends " + coding + " unasked");
            case GZIP -> require(coding.equals("gzip"), "it does not compress");
            default -> require(List.of("identity", "gzip", "br", "zstd").contains(coding), "it sends " + coding + " unasked");
        }
        byte[] expected = Site.content(measure.path());
        if (coding.equals("br") || coding.equals("zstd")) {
            // The JDK decodes neither; tests of the project do.
            require(response.content().length < expected.length, "its compressed content is longer than the page");
        } else {
            require(contender.hasItsOwnPage() || Arrays.equals(Exchange.decoded(response), expected), "its content differs");
        }
    }

    /** What a client that has the page would send. */
    private static String condition(Exchange.Response response) throws NotMeasured {
        var etag = response.field("ETag");
        var lastModified = response.field("Last-Modified");
        require(etag.isPresent() || lastModified.isPresent(), "it sends neither ETag nor Last-Modified");
        return etag.isPresent() ? "If-None-Match: " + etag.get() : "If-Modified-Since: " + lastModified.get();
    }

    private static Exchange.Response get(Contender contender, Measure measure, List<String> more) throws NotMeasured {
        List<String> fields = new ArrayList<>(measure.sends().isDistinct() ? IngressRequests.example()
                : List.of("Host: 127.0.0.1:" + contender.port(measure)));
        fields.addAll(more);
        try {
            return Exchange.get(contender.port(measure), measure.path(), fields);
        } catch (IOException e) {
            throw new NotMeasured("it does not answer: " + e.getMessage());
        }
    }

    private static void require(boolean isSo, String error) throws NotMeasured {
        if (!isSo) {
            throw new NotMeasured(error);
        }
    }
}
