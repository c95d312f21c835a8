import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Makes the contenders that no package has, each once: what goes into it is in its folder's name. */
final class Builds {

    private static final Path FOLDER = Path.of("target/bench/build");
    /** What a build of the project is made of. */
    static final List<String> PROJECT_PARTS = List.of("pom.xml", "src/build", "src/main", "toolchain");
    private static final List<String> MAVEN = List.of("./mvnw", "--batch-mode", "--no-transfer-progress");
    private static final String JWEBSERVER_SETTINGS = "sun.net.httpserver.ServerConfig";

    private interface Step {
        void into(Path folder) throws IOException, NotMeasured;
    }

    private Builds() {
    }

    /** A copy of the project, by the README's command; with the files of known sizes, or plain, as it ships. */
    static Path webServer(boolean withFiles) throws IOException, NotMeasured {
        List<Path> inputs = new ArrayList<>(PROJECT_PARTS.stream().map(Path::of).toList());
        if (withFiles) {
            inputs.add(Site.ALL_PAGES);
        }
        String name = withFiles ? "web-server-with-files" : "web-server";
        return made(name, inputs, nativeImageHome(), "target/web-server", folder -> {
            for (String part : PROJECT_PARTS) {
                copy(Path.of(part), folder.resolve(part));
            }
            if (withFiles) {
                copy(Site.ALL_PAGES, folder.resolve(Site.OWN_PAGES));
            }
            maven(folder, Map.of(), "--file=" + folder.resolve("pom.xml"), "package", "-Pnative", "-DskipTests");
        });
    }

    /** A copy of an executable that was built before: it may be built anew while it is measured. */
    static Path given(String name, Path executable) throws IOException, NotMeasured {
        if (!Files.isExecutable(executable)) {
            throw new NotMeasured("there is no executable " + executable);
        }
        Path copy = FOLDER.resolve("given").resolve(name);
        Path unfinished = copy.resolveSibling(name + ".unfinished");
        Files.createDirectories(copy.getParent());
        Files.copy(executable, unfinished, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        return Files.move(unfinished, copy, StandardCopyOption.REPLACE_EXISTING);
    }

    static Path stock(boolean withFiles) throws IOException, NotMeasured {
        Path pages = withFiles ? Site.ALL_PAGES : Site.OWN_PAGES;
        String home = nativeImageHome();
        String name = withFiles ? "stock-with-files" : "stock";
        String version = "-Dquarkus.platform.version=" + quarkusVersion();
        return made(name, List.of(Path.of("bench/stock"), pages), home + version, "stock", folder ->
                maven(folder, Map.of("GRAALVM_HOME", home), "--file=bench/stock/pom.xml", "package", version,
                        "-Dpages=" + pages.toAbsolutePath(), "-DbuildFolder=" + folder.toAbsolutePath()));
    }

    private static String quarkusVersion() throws IOException {
        String property = "<quarkus.platform.version>";
        String pom = Files.readString(Path.of("pom.xml"));
        int from = pom.indexOf(property) + property.length();
        return pom.substring(from, pom.indexOf('<', from));
    }

    /** As GraalVM's own guide builds it, but for its settings: they would else be the build's. */
    static Path jwebserver() throws IOException, NotMeasured {
        String home = nativeImageHome();
        return made("jwebserver", List.of(), home + JWEBSERVER_SETTINGS, "jwebserver", folder ->
                Processes.run(List.of(home + "/bin/native-image", "--static", "--libc=musl", "-m", "jdk.httpserver",
                        "--initialize-at-run-time=" + JWEBSERVER_SETTINGS, "-o", folder.resolve("jwebserver").toString()),
                        Map.of(), log(folder)));
    }

    static Path c(String source, String name) throws IOException, NotMeasured {
        Contenders.require("gcc", "gcc");
        return made(name, List.of(Path.of(source)), "", name, folder ->
                Processes.run(List.of("gcc", "-O3", "-Wall", "-pthread", "-o", folder.resolve(name).toString(), source),
                        Map.of(), log(folder)));
    }

    private static Path made(String name, List<Path> inputs, String tool, String result, Step step)
            throws IOException, NotMeasured {
        Path folder = FOLDER.resolve(name + "-" + digest(inputs, tool));
        Path executable = folder.resolve(result);
        if (!Files.isExecutable(executable)) {
            System.err.println("bench: building " + name + ", log in " + log(folder));
            Files.createDirectories(folder);
            step.into(folder);
        }
        return executable;
    }

    private static void maven(Path folder, Map<String, String> environment, String... words) throws IOException, NotMeasured {
        List<String> command = new ArrayList<>(MAVEN);
        command.addAll(List.of(words));
        Processes.run(command, environment, log(folder));
    }

    private static Path log(Path folder) {
        return Path.of(folder + ".log");
    }

    private static String nativeImageHome() throws IOException, NotMeasured {
        return Processes.outputOf(List.of("toolchain/native-image-home"), Map.of(), FOLDER.resolve("toolchain.log")).strip();
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : filesOf(from)) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted(Comparator.comparing(Path::toString)).toList();
        }
    }

    private static String digest(List<Path> inputs, String tool) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(tool.getBytes(StandardCharsets.UTF_8));
            for (Path input : inputs) {
                for (Path file : filesOf(input)) {
                    digest.update((file + "\0").getBytes(StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
