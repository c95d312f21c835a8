package org.bakedpage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What docs/sites.md says to Maven for a generator, below the heading of its name. */
record Recipe(String directory, List<String> settings) {

    private static final String COMMAND = "./mvnw package ";
    private static final String DIRECTORY = "-Dsite.directory=../";

    static Recipe of(String name) throws IOException {
        List<String> words = Files.readAllLines(Path.of("docs/sites.md")).stream()
                .dropWhile(line -> !line.equals("## " + name))
                .filter(line -> line.startsWith(COMMAND)).findFirst()
                .map(line -> Arrays.asList(line.split(" "))).orElseThrow(() -> new IOException("docs/sites.md has no " + name));
        return new Recipe(
                words.stream().filter(word -> word.startsWith(DIRECTORY)).findFirst().orElseThrow().substring(DIRECTORY.length()),
                words.stream().filter(word -> word.startsWith("-D") && !word.startsWith(DIRECTORY)).toList());
    }
}
