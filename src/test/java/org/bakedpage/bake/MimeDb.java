package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** mime-db as pom.xml pins it, and which of several types that claim an extension is taken. */
final class MimeDb {

    private static final String ARTIFACT = "org.webjars.npm/mime-db";

    /** What a browser plays or shows before what it may only hand on; application/xml before text/xml, RFC 7303 section 9.2. */
    private static final List<String> KINDS = List.of("video", "audio", "image", "font", "model", "application", "text");

    private static final Comparator<Claim> ORDER = Comparator.<Claim, Boolean>comparing(claim -> !claim.source().equals("iana"))
            .thenComparing(claim -> claim.source().isEmpty())
            // RFC 6838 section 3: a vendor's or an unregistered name after one of the standards tree.
            .thenComparing(claim -> claim.type().matches("[^/]+/(vnd\\.|prs\\.|x-).*"))
            .thenComparing(claim -> Math.floorMod(KINDS.indexOf(claim.type().split("/")[0]), KINDS.size() + 1))
            .thenComparing(Claim::type);

    private record Claim(String type, String source) {
    }

    private final SortedMap<String, List<Claim>> claims = new TreeMap<>();
    private final String version;

    MimeDb() {
        Properties artifact = new Properties();
        try (InputStream properties = resource("META-INF/maven/" + ARTIFACT + "/pom.properties").openStream()) {
            artifact.load(properties);
            version = artifact.getProperty("version");
            try (InputStream db = resource("META-INF/resources/webjars/mime-db/" + version + "/db.json").openStream()) {
                new JsonObject(new String(db.readAllBytes(), UTF_8)).forEach(type -> add(type.getKey(), (JsonObject) type.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL resource(String name) {
        return MimeDb.class.getClassLoader().getResource(name);
    }

    private void add(String type, JsonObject entry) {
        for (Object extension : entry.getJsonArray("extensions", new JsonArray())) {
            claims.computeIfAbsent((String) extension, key -> new ArrayList<>()).add(new Claim(type, entry.getString("source", "")));
        }
    }

    /** All types of each extension. */
    SortedMap<String, List<String>> types() {
        SortedMap<String, List<String>> types = new TreeMap<>();
        claims.forEach((extension, all) -> types.put(extension, all.stream().map(Claim::type).toList()));
        return types;
    }

    /** As in Apache's mime.types: a type and its extensions in a line. */
    String list() {
        SortedMap<String, List<String>> list = new TreeMap<>();
        claims.forEach((extension, all) -> list.computeIfAbsent(all.stream().min(ORDER).orElseThrow().type(), type -> new ArrayList<>())
                .add(extension));
        StringBuilder text = new StringBuilder("# Media types by extension, of mime-db " + version + " (MIT licence, its authors' copyright).\n"
                + "# Written by MediaTypesTest, see there.\n");
        list.forEach((type, extensions) -> text.append(type).append(' ').append(String.join(" ", extensions)).append('\n'));
        return text.toString();
    }
}
