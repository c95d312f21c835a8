import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes {@code web-server.cdx.json} of the list of Maven artifacts that the CycloneDX plugin writes: without those that
 * Quarkus has not given to the image builder, and with what is in the executable and no Maven artifact. Run by Maven as
 * {@code java Sbom.java NATIVE_JSON TARGET_FOLDER NATIVE_IMAGE_HOME}.
 *
 * <p>The versions are those of what was linked. Where one cannot be found, as in a build in a container, it is left out.
 */
final class Sbom {

    private static final String STATISTICS = "web-server-build-output-stats.json";

    /** What the end of a packed executable says, without the second dot. */
    private static final Pattern UPX = Pattern.compile("\\$Id: UPX (\\d+\\.\\d)(\\d)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)\\}");
    private static final int END_BYTES = 8192;

    private final Path target;
    private final Path home;
    private final Map<String, String> versions = new HashMap<>();
    private final Set<String> absent = new HashSet<>();
    private String compiler = "x86_64-linux-musl-gcc";

    private Sbom(Path target, Path home) {
        this.target = target;
        this.home = home;
    }

    public static void main(String... arguments) throws IOException {
        Path target = Path.of(arguments[1]);
        Sbom sbom = new Sbom(target, Path.of(arguments.length > 2 ? arguments[2] : ""));
        sbom.findVersions();
        JsonArray parts = new JsonArray(Files.readString(Path.of(arguments[0])));
        JsonObject document = new JsonObject(Files.readString(target.resolve("bom.json")));
        sbom.removeUnused(document);
        sbom.addParts(document, parts);
        Files.writeString(target.resolve("web-server.cdx.json"), document.encodePrettily() + "\n");
    }

    private void findVersions() throws IOException {
        Path statistics = target.resolve(STATISTICS);
        if (Files.exists(statistics)) {
            JsonObject info = new JsonObject(Files.readString(statistics)).getJsonObject("general_info");
            find("graalvm", "([0-9.]+)", info.getString("graalvm_version"));
            find("openjdk", "([0-9.]+\\+[0-9]+)", info.getString("java_version"));
            String name = info.getString("c_compiler");
            find("libgcc", ", ([0-9.]+)\\)", name);
            if (name.contains("musl")) {
                compiler = name.split(" ")[0];
            } else {
                absent.add("musl");
            }
        }
        for (Path archive : linkedArchives()) {
            String content = Files.readString(archive, StandardCharsets.ISO_8859_1);
            switch (archive.getFileName().toString()) {
                case "libc.a" -> find("musl", "\0([0-9]+\\.[0-9]+\\.[0-9]+)\0", content);
                case "libz.a" -> find("zlib", "inflate ([0-9.]+) Copyright", content);
                default -> { }
            }
        }
        Matcher packed = UPX.matcher(end(target.resolve("web-server")));
        if (packed.find()) {
            versions.put("upx", packed.group(1) + "." + packed.group(2));
        } else {
            absent.add("upx");
        }
    }

    private void find(String name, String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (matcher.find()) {
            versions.put(name, matcher.group(1));
        }
    }

    /** The static libraries that musl's compiler takes: the linker tells with {@code --trace}. */
    private List<Path> linkedArchives() throws IOException {
        String command = Stream.of("bin", "aarch64/bin").map(folder -> home.resolve(folder).resolve(compiler))
                .filter(Files::exists).map(Path::toString).findFirst().orElse(compiler);
        String libraries = "lib/static/linux-" + (compiler.startsWith("aarch64") ? "aarch64" : "amd64") + "/musl";
        Path nothing = Files.writeString(target.resolve("sbom.c"), "int main(void) { return 0; }\n");
        try {
            Process linker = new ProcessBuilder(command, "-static", "-L" + home.resolve(libraries),
                    nothing.toString(), "-lz", "-Wl,--trace", "-o", "/dev/null")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            return new String(linker.getInputStream().readAllBytes()).lines()
                    .filter(line -> line.endsWith(".a")).distinct().map(Path::of).toList();
        } catch (IOException e) {
            // no such compiler here
            return List.of();
        } finally {
            Files.delete(nothing);
        }
    }

    private static String end(Path executable) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(executable.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(file.length(), END_BYTES)];
            file.seek(file.length() - end.length);
            file.readFully(end);
            return new String(end, StandardCharsets.ISO_8859_1);
        }
    }

    /** Quarkus names a jar after its group, and {@code modified-} where it has changed a class in it. */
    private void removeUnused(JsonObject document) {
        Set<String> jars = new HashSet<>();
        for (String jar : target.resolve("web-server-native-image-source-jar/lib").toFile().list()) {
            jars.add(jar.replaceFirst("^modified-", ""));
        }
        Set<Object> unused = new HashSet<>();
        for (JsonObject artifact : objects(document.getJsonArray("components"))) {
            String name = artifact.getString("group") + "." + artifact.getString("name") + "-" + artifact.getString("version");
            if (jars.stream().noneMatch(jar -> jar.startsWith(name))) {
                unused.add(artifact.getString("bom-ref"));
            }
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
            if (!absent.contains(ref)) {
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
                String version = versions.get(placeholder.group(1));
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
