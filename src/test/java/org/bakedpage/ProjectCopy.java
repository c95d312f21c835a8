package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/** What a build needs of this project, in a temporary folder, so that a test can build and edit it. */
final class ProjectCopy implements AutoCloseable {

    private static final List<String> PARTS = List.of("pom.xml", "mvnw", ".mvn", "src/build", "src/main", "toolchain",
            "Dockerfile", ".dockerignore");

    private final Folder folder = new Folder("web-server-copy");

    ProjectCopy() {
        with(PARTS);
    }

    Path path() {
        return folder.path();
    }

    /** The project's version, which is the first one in pom.xml. */
    static String version() throws IOException {
        return new Scanner(Files.readString(Containers.PROJECT.resolve("pom.xml"))).findWithinHorizon("(?<=<version>)[^<]+", 0);
    }

    /** Takes over these files or folders as well. */
    ProjectCopy with(List<String> parts) {
        parts.forEach(part -> folder.copy(Containers.PROJECT, part));
        return this;
    }

    /** Adds what {@code src/test/extensions/NAME} has in it, and these artifacts as dependencies, of Quarkus' version. */
    ProjectCopy withExtension(String name, String... artifacts) throws IOException {
        folder.copy(Containers.PROJECT.resolve("src/test/extensions").resolve(name), "");
        StringBuilder dependencies = new StringBuilder();
        for (String artifact : artifacts) {
            String[] parts = artifact.split(":");
            dependencies.append("<dependency><groupId>").append(parts[0]).append("</groupId><artifactId>").append(parts[1])
                    .append("</artifactId></dependency>\n");
        }
        return inPom("</dependencyManagement>\\s+<dependencies>", "$0\n" + dependencies);
    }

    /** Changes pom.xml where a regular expression is found first. */
    ProjectCopy inPom(String regex, String replacement) throws IOException {
        return in("pom.xml", "(?s)" + regex, replacement);
    }

    /** Changes a file where a regular expression is found first. */
    ProjectCopy in(String file, String regex, String replacement) throws IOException {
        String changed = read(file).replaceFirst(regex, replacement);
        assertNotEquals(read(file), changed, regex);
        folder.write(file, changed);
        return this;
    }

    /** Adds lines to application.properties. */
    ProjectCopy withSettings(String... lines) throws IOException {
        Files.write(folder.path().resolve("src/main/resources/application.properties"), List.of(lines), StandardOpenOption.APPEND);
        return this;
    }

    /** Takes over the executable as well, and what the image builder noted, so that it need not be built once more. */
    ProjectCopy withExecutable() {
        folder.copy(Containers.PROJECT, "target/web-server");
        folder.copy(Containers.PROJECT, "target/web-server-build-output-stats.json");
        return this;
    }

    /** The folder of the pages. */
    Path pages() {
        return folder.path().resolve("src/main/resources/META-INF/resources");
    }

    Command maven(String... arguments) {
        return maven(path(), arguments);
    }

    /** Of a copy that was made in another way. */
    static Command maven(Path project, String... arguments) {
        List<String> words = new ArrayList<>(List.of("./mvnw", "--batch-mode", "--no-transfer-progress"));
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            words.add("-Dmaven.repo.local=" + repository);
        }
        words.addAll(List.of(arguments));
        return new Command(words).in(project);
    }

    String read(String file) throws IOException {
        return Files.readString(folder.path().resolve(file));
    }

    @Override
    public void close() {
        folder.close();
    }
}
