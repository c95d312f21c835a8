package org.bakedpage.build;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes {@code web-server.cdx.json} of the list of Maven artifacts that the CycloneDX plugin writes: without those that
 * Quarkus has not given to the image builder, and with what is in the executable and no Maven artifact. What was linked into an
 * executable that was given, and not built, the list beside that tells.
 */
public final class Sbom {

    static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)\\}");

    private final Path folder;
    private final LinkedParts linked;

    private Sbom(Path folder, LinkedParts linked) {
        this.folder = folder;
        this.linked = linked;
    }

    /**
     * Lets every user run the executables, and lists what is in them.
     *
     * @param arguments the project's folder; its target folder; the folders in that with an executable each; and whether they
     *     were built in a container
     */
    public static void main(String... arguments) throws IOException {
        Path project = Path.of(arguments[0]);
        Path target = Path.of(arguments[1]);
        for (String folder : arguments[2].split(",")) {
            // A Dockerfile's COPY keeps what the umask has left, and the image's user is another one.
            File executable = target.resolve(folder).resolve("web-server").toFile();
            executable.setReadable(true, false);
            executable.setExecutable(true, false);
        }
        Path artifacts = target.resolve("bom.json");
        if (!Files.exists(artifacts)) {
            for (String folder : arguments[2].split(",")) {
                Files.deleteIfExists(target.resolve(folder).resolve(Publish.SBOM));
            }
            System.out.println("web-server: there is no " + Publish.SBOM + ": Maven lists the artifacts only without -o, once "
                    + "for a pom.xml");
            return;
        }
        for (String folder : arguments[2].split(",")) {
            Path executable = target.resolve(folder).resolve("web-server");
            JsonArray parts = new JsonArray(Files.readString(project.resolve("src/build/native.json")));
            LinkedParts.keepNotes(executable);
            boolean isGiven = LinkedParts.isGiven(executable);
            boolean isBuiltHere = !isGiven && !Boolean.parseBoolean(arguments[3]);
            LinkedParts linked = LinkedParts.of(executable, isBuiltHere ? nativeImageHome(project) : null, objects(parts));
            if (isGiven && !linked.versions().containsKey("graalvm")) {
                System.out.println("web-server: " + Publish.SBOM + " is without the versions of what was linked: no list was beside "
                        + "the executable that was given, under its name and .cdx.json");
            }
            Sbom sbom = new Sbom(executable.getParent(), linked);
            JsonObject document = new JsonObject(Files.readString(artifacts));
            sbom.removeUnused(document);
            sbom.addParts(document, parts);
            Files.writeString(sbom.folder.resolve(Publish.SBOM), document.encodePrettily() + "\n");
        }
    }

    private static Path nativeImageHome(Path project) throws IOException {
        Process finder = new ProcessBuilder("bash", project.resolve("toolchain/native-image-home").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String home = new String(finder.getInputStream().readAllBytes()).strip();
        if (finder.onExit().join().exitValue() != 0) {
            throw new BuildFailure("there is no native-image");
        }
        return Path.of(home);
    }

    /** Quarkus names a jar after its group, and {@code modified-} where it has changed a class in it. */
    private void removeUnused(JsonObject document) {
        Set<String> jars = new HashSet<>();
        for (String jar : folder.resolve(LinkedParts.BUILDER_INPUT).resolve("lib").toFile().list()) {
            jars.add(jar.replaceFirst("^modified-", ""));
        }
        Set<Object> unused = new HashSet<>();
        Set<String> unlisted = new TreeSet<>(jars);
        for (JsonObject artifact : objects(document.getJsonArray("components"))) {
            String name = artifact.getString("group") + "." + artifact.getString("name") + "-" + artifact.getString("version");
            unlisted.removeIf(jar -> jar.startsWith(name));
            if (jars.stream().noneMatch(jar -> jar.startsWith(name))) {
                unused.add(artifact.getString("bom-ref"));
            }
        }
        if (!unlisted.isEmpty()) {
            // The list is kept while pom.xml is the same; -D may have changed what is built.
            throw new BuildFailure("bom.json is the list of another build, without " + unlisted + ": run ./mvnw clean first");
        }
        list(document.getJsonArray("components")).removeIf(entry -> unused.contains(((Map<?, ?>) entry).get("bom-ref")));
        list(document.getJsonArray("dependencies")).removeIf(entry -> unused.contains(((Map<?, ?>) entry).get("ref")));
        objects(document.getJsonArray("dependencies")).forEach(
                entry -> list(entry.getJsonArray("dependsOn", new JsonArray())).removeAll(unused));
    }

    private void addParts(JsonObject document, JsonArray parts) {
        JsonArray refs = new JsonArray();
        for (JsonObject part : objects(parts)) {
            String ref = part.getString("bom-ref");
            if (!linked.absent().contains(ref)) {
                document.getJsonArray("components").add(withVersion(part));
                document.getJsonArray("dependencies").add(new JsonObject().put("ref", ref));
                refs.add(ref);
            }
        }
        String program = document.getJsonObject("metadata").getJsonObject("component").getString("bom-ref");
        for (JsonObject entry : objects(document.getJsonArray("dependencies"))) {
            if (entry.getString("ref").equals(program)) {
                entry.getJsonArray("dependsOn").addAll(refs);
            }
        }
    }

    private static List<?> list(JsonArray array) {
        return array.getList();
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    /** Fills in {@code {NAME}}, or takes out the fields that ask for it. */
    private JsonObject withVersion(JsonObject part) {
        for (String field : List.of("version", "purl", "cpe")) {
            Matcher placeholder = PLACEHOLDER.matcher(part.getString(field, ""));
            if (placeholder.find()) {
                String version = linked.versions().get(placeholder.group(1));
                if (version == null) {
                    part.remove(field);
                } else {
                    String value = switch (field) {
                        case "purl" -> version.replace("+", "%2B");
                        case "cpe" -> version.replaceFirst("\\+.*", "");
                        default -> version;
                    };
                    part.put(field, placeholder.replaceFirst(value));
                }
            }
        }
        return part;
    }
}
