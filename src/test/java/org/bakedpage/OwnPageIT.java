package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The project's own pages in a browser: with -Dsites=FOLDER, in which src/test/sites/build has put axe-core. Screenshots are
 * left in target/screenshots, for a person to look at.
 */
class OwnPageIT {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Path AXE = Path.of(System.getProperty("sites", ""), "axe/node_modules/axe-core/axe.min.js");

    /** What axe-core finds, a line each: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md */
    private static final String VIOLATIONS = """
            axe.run().then(result => result.violations.map(
                found => found.id + ' ' + found.nodes.map(node => node.target + ': ' + node.failureSummary)).join('\\n'))
            """;

    @TestFactory
    Stream<DynamicTest> a_page_is_readable_by_everybody() {
        return Stream.of("index", "404").filter(page -> System.getProperty("sites") != null)
                .flatMap(page -> Stream.of("light", "dark")
                        .flatMap(scheme -> Stream.of(360, 1280).map(width -> DynamicTest.dynamicTest(
                                page + " " + scheme + " " + width, () -> look(page, scheme, width)))));
    }

    private static void look(String page, String scheme, int width) throws Exception {
        try (BakedSite site = new BakedSite(Map.of()); Server server = Server.start(site.path().resolve("target/web-server").toString());
                Chromium chromium = new Chromium(); Tab tab = chromium.open()) {
            tab.show(width, scheme);
            tab.open(URI.create("http://127.0.0.1:" + server.port() + "/" + page + ".html"));
            save(page + "-" + scheme + "-" + width + ".png", tab.screenshot());
            tab.evaluate(Files.readString(AXE));
            assertAll(() -> assertEquals("", tab.evaluate(VIOLATIONS)),
                    () -> assertEquals(width, tab.evaluate("document.documentElement.scrollWidth"), "nothing is beside the screen"),
                    () -> assertEquals(List.of(), tab.visit().faults()));
        }
    }

    private static void save(String name, byte[] image) throws IOException {
        Files.write(Files.createDirectories(SCREENSHOTS).resolve(name), image);
    }
}
