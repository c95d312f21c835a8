package org.bakedpage;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an executable measures: its size in bytes, the parts of it that are the site and padding, and what the image
 * builder's statistics tell of the rest, by their own names, like {@code image_details.code_area.bytes}.
 */
record Measures(SortedMap<String, Long> values) {

    static final String EXECUTABLE = "executable.bytes";
    private static final String SITE = "site.bytes";
    private static final String PADDING = "heap.padding.bytes";
    private static final int CHUNK_BYTES = 128 << 10;
    private static final String STATISTICS = "web-server-build-output-stats.json";

    /** Of the folder that Maven builds in. Without statistics, as where the executable was brought along, it has less. */
    static Measures of(Path target) throws IOException {
        SortedMap<String, Long> values = new TreeMap<>();
        byte[] executable = Files.readAllBytes(target.resolve("web-server"));
        values.put(EXECUTABLE, (long) executable.length);
        values.put(PADDING, (long) longestRunOfZeros(executable));
        values.put(SITE, Files.size(target.resolve("classes").resolve(SiteResource.NAME)));
        Path statistics = target.resolve(STATISTICS);
        if (Files.exists(statistics)) {
            JsonObject json = new JsonObject(Files.readString(statistics));
            for (String part : new String[] { "image_details", "analysis_results" }) {
                addNumbers(part, json.getJsonObject(part), values);
            }
        }
        return new Measures(values);
    }

    /**
     * What the last of the heap's chunks leaves empty, which is less than a chunk. Where that is next to nothing it is the
     * largest empty array instead, of 32 KiB.
     */
    private static int longestRunOfZeros(byte[] bytes) {
        int longest = 0;
        int run = 0;
        for (byte b : bytes) {
            run = b == 0 ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return Math.min(longest, CHUNK_BYTES - 1);
    }

    private static void addNumbers(String name, JsonObject json, SortedMap<String, Long> values) {
        for (Map.Entry<String, Object> entry : json) {
            String key = name + "." + entry.getKey();
            if (entry.getValue() instanceof JsonObject object) {
                addNumbers(key, object, values);
            } else if (entry.getValue() instanceof Number number && number.longValue() >= 0) {
                // -1 is how the builder says that it did not count
                values.put(key, number.longValue());
            }
        }
    }

    static Measures read(Path file) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        SortedMap<String, Long> values = new TreeMap<>();
        properties.forEach((key, value) -> values.put((String) key, Long.valueOf((String) value)));
        return new Measures(values);
    }

    void write(Path file, String comment) throws IOException {
        Files.writeString(file, values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue() + "\n")
                .collect(Collectors.joining("", "# " + comment + "\n", "")));
    }

    /**
     * The size of the program, without the pages that whoever uses it has put in. Without padding: growth hides in it until
     * a chunk is full, and then two builds of one source can differ by a whole one.
     */
    long programBytes() {
        return values.get(EXECUTABLE) - values.get(SITE) - values.get(PADDING);
    }

    /** One line for each value that differs from those of the other, which may lack some. */
    String growthSince(Measures other) {
        return values.entrySet().stream()
                .filter(e -> other.values.containsKey(e.getKey()) && !e.getValue().equals(other.values.get(e.getKey())))
                .map(e -> line(e.getKey(), other.values.get(e.getKey()), e.getValue()))
                .collect(Collectors.joining());
    }

    private static String line(String name, long before, long after) {
        return "%-45s %,14d -> %,14d  %+,d%n".formatted(name, before, after, after - before);
    }
}
