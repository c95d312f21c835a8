package org.bakedpage;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What docs/sites.md says to Maven for a generator, below the heading of its name: what follows -D. */
record Recipe(Map<String, String> settings) {

    private static final String DIRECTORY = "site.directory";

    /** @param folder which has the sites: the one above the project to the reader of the document */
    static Recipe of(String name, Path folder) throws IOException {
        List<String> words = Files.readAllLines(Path.of("docs/sites.md")).stream()
                .dropWhile(line -> !line.equals("## " + name))
                .filter(line -> line.startsWith("./mvnw package ")).findFirst()
                .map(line -> Arrays.asList(line.split(" "))).orElseThrow(() -> new IOException("docs/sites.md has no " + name));
        Map<String, String> settings = words.stream().filter(word -> word.startsWith("-D")).map(word -> word.substring(2).split("=", 2))
                .collect(toMap(pair -> pair[0], pair -> pair[1]));
        settings.computeIfPresent(DIRECTORY, (key, value) -> folder.resolve(value.substring("../".length())).toString());
        return new Recipe(settings);
    }

    Path directory() {
        return Path.of(settings.get(DIRECTORY));
    }
}
