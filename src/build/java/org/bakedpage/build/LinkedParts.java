package org.bakedpage.build;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bakedpage.Executable;

/**
 * What was linked into an executable and is no Maven artifact, by the names that {@code src/build/native.json} has for it.
 *
 * @param versions of those whose version can be found; in a build in a container that is not all
 * @param absent what this executable has not
 */
record LinkedParts(Map<String, String> versions, Set<String> absent) {

    /** Where Quarkus calls the image builder. */
    static final String BUILDER_INPUT = "web-server-native-image-source-jar";

    private static final String STATISTICS = "web-server-build-output-stats.json";
    /** The list that was beside an executable that was given, see toolchain/same-input. */
    private static final String LIST = "given.cdx.json";

    /** What the end of a packed executable says, without the second dot. */
    private static final Pattern UPX = Pattern.compile("\\$Id: UPX (\\d+\\.\\d)(\\d)");
    /** With the padding in front of a segment. */
    private static final int END_BYTES = 72 << 10;

    /**
     * Reads what the image builder has left beside an executable, and what it has linked; or the list of who has built it.
     *
     * @param home of native-image, whose libraries are looked at; null where another one has built the executable
     * @param listed the parts that may be in it
     */
    static LinkedParts of(Path executable, Path home, List<JsonObject> listed) throws IOException {
        LinkedParts parts = new LinkedParts(new HashMap<>(), new HashSet<>());
        Path folder = executable.getParent();
        if (isGiven(executable)) {
            parts.readList(folder.resolve(LIST), listed);
        } else if (Files.exists(folder.resolve(STATISTICS))) {
            parts.readStatistics(folder.resolve(STATISTICS));
        }
        if (home != null) {
            parts.readLibraries(executable, home);
        }
        parts.readEnd(executable);
        return parts;
    }

    /** Keeps what tells how the executable came about: Quarkus deletes the folder that has it with the next build. */
    static void keepNotes(Path executable) throws IOException {
        keep(STATISTICS, executable.getParent(), LIST);
        keep(LIST, executable.getParent(), STATISTICS);
    }

    /** Whether it was not built by this build. */
    static boolean isGiven(Path executable) {
        return Files.exists(executable.resolveSibling(LIST));
    }

    /** @param other is of an earlier build */
    private static void keep(String file, Path folder, String other) throws IOException {
        Path noted = folder.resolve(BUILDER_INPUT).resolve(file);
        if (Files.exists(noted)) {
            Files.copy(noted, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(folder.resolve(other));
        }
    }

    private void readStatistics(Path file) throws IOException {
        JsonObject info = Document.parse(Files.readAllBytes(file))
                .flatMap(json -> Document.find(json, "general_info", JsonObject.class)).orElseGet(JsonObject::new);
        find("graalvm", "([0-9.]+)", text(info, "graalvm_version"));
        find("openjdk", "([0-9.]+\\+[0-9]+)", text(info, "java_version"));
        String compiler = text(info, "c_compiler");
        find("libgcc", ", ([0-9.]+)\\)", compiler);
        if (!compiler.isEmpty() && !compiler.contains("musl")) {
            absent.add("musl");
        }
    }

    private void readList(Path file, List<JsonObject> listed) throws IOException {
        JsonArray components = Document.parse(Files.readAllBytes(file))
                .flatMap(json -> Document.find(json, "components", JsonArray.class)).orElseGet(JsonArray::new);
        for (JsonObject part : listed) {
            Optional<JsonObject> component = components.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
                    .filter(other -> part.getString("bom-ref").equals(other.getValue("bom-ref"))).findFirst();
            if (component.isEmpty() && !components.isEmpty()) {
                absent.add(part.getString("bom-ref"));
            }
            Matcher name = Sbom.PLACEHOLDER.matcher(part.getString("version", ""));
            component.flatMap(other -> Document.find(other, "version", String.class)).filter(version -> name.matches())
                    .ifPresent(version -> versions.put(name.group(1), version));
        }
    }

    /** Builders differ in what they note. */
    private static String text(JsonObject info, String name) {
        return Document.find(info, name, String.class).orElse("");
    }

    private void readLibraries(Path executable, Path home) throws IOException {
        for (Path archive : linkedArchives(executable, home)) {
            String content = Files.readString(archive, StandardCharsets.ISO_8859_1);
            switch (archive.getFileName().toString()) {
                case "libc.a" -> find("musl", "\0([0-9]+\\.[0-9]+\\.[0-9]+)\0", content);
                case "libz.a" -> find("zlib", "inflate ([0-9.]+) Copyright", content);
                default -> { }
            }
        }
    }

    private void readEnd(Path executable) throws IOException {
        Matcher packed = UPX.matcher(new String(Executable.end(executable, END_BYTES), StandardCharsets.ISO_8859_1));
        if (packed.find()) {
            versions.put("upx", packed.group(1) + "." + packed.group(2));
            absent.remove("upx");
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
    private static List<Path> linkedArchives(Path executable, Path home) throws IOException {
        Architecture architecture = Architecture.of(executable);
        String compiler = Stream.of("bin", "aarch64/bin").map(bin -> home.resolve(bin).resolve(architecture.compiler()))
                .filter(Files::exists).findFirst().map(Path::toString).orElse(architecture.compiler());
        Path nothing = Files.writeString(executable.resolveSibling("sbom.c"), "int main(void) { return 0; }\n");
        try {
            Process linker = new ProcessBuilder(compiler, "-static", "-L" + home.resolve(architecture.libraries()),
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
}
