package org.bakedpage;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The recipes of docs/sites.md, as a browser sees them: with -Dsites=FOLDER, in which src/test/sites/build has built the sites.
 * -Dsites.only=NAME runs those whose names begin so.
 */
class SitesIT {

    /**
     * For each heading of docs/sites.md: which files are immutable; what an unknown path gets; the links to click, by text,
     * with the path and the first heading that they lead to. After ! a link loads a document.
     */
    private static final String SITES = """
            Vite with React   | /assets/.*           | 200                | About > /about > About page; Ada > /users/ada.lovelace > User ada.lovelace; Home > / > Home page
            Angular           | /(main|chunk|styles|media/.*)-.* | 200    | About > /about > About page; Ada > /users/ada.lovelace > User ada.lovelace; Home > / > Home page
            Next.js           | /_next/static/.*     | 404 404            | About > /about > About page; First > /posts/first > Post first
            Astro             | /_astro/.*           | 404 Not found      | !About > /about/ > About page; !First > /posts/first/ > First post; !Home > / > Home page
            SvelteKit         | /_app/immutable/.*   | 404                | About > /about > About page; Home > / > Home page; First > /posts/first > Post first
            Docusaurus        | /assets/.*           | 404 Page Not Found | Tutorial > /docs/intro > Tutorial Intro; My Site > / > My Site
            VitePress         | /assets/.*           | 404 404            | Guide > /guide/ > Guide page; About > /about > About page; Start > /guide/start > Start page
            Hugo              | .*\\.[0-9a-f]{64}\\..* | 404 Not found    | !About > /about/ > About page; !Posts > /posts/ > Posts; !First post > /posts/first/ > First post
            Quarkus Roq       | /static/bundle/.*    | 404 Not found      | !About > /about/ > About page; !First > /posts/first-post/ > First post
            Quarkus Web Bundler | /static/bundle/.*  | 404                |
            """;

    private static final Path FOLDER = Path.of(System.getProperty("sites", "")).toAbsolutePath();
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    /** Its pages are the tests' own, and are read by {@link Readability} too. */
    private static final String READ_BY_EVERYBODY = "Vite with React";

    private final HttpClient client = HttpClient.newHttpClient();
    private Path root;
    private PublishedSite site;

    private record Link(String text, String path, String heading, boolean loadsDocument) {

        static Link of(String part) {
            String[] words = part.strip().split(" *> ?");
            return new Link(words[0].replace("!", ""), words[1], words.length < 3 ? null : words[2], words[0].startsWith("!"));
        }
    }

    private record Row(String name, String immutable, String unknown, List<Link> links) {

        static Row of(String line) {
            String[] cells = Arrays.stream(line.split(" \\|", -1)).map(String::strip).toArray(String[]::new);
            return new Row(cells[0], cells[1], cells[2],
                    Arrays.stream(cells[3].split(";")).filter(part -> !part.isBlank()).map(Link::of).toList());
        }
    }

    @TestFactory
    Stream<DynamicTest> a_site_works_in_a_browser() {
        return SITES.lines().filter(line -> System.getProperty("sites") != null).map(Row::of)
                .filter(row -> row.name().startsWith(System.getProperty("sites.only", "")))
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> serve(row)));
    }

    private void serve(Row row) throws Exception {
        Recipe recipe = Recipe.of(row.name(), FOLDER);
        root = recipe.directory();
        try (Containers containers = new Containers();
                PublishedSite published = new PublishedSite(containers, Ingress.HAPROXY, recipe.settings())) {
            site = published;
            assertAll(row.name(), () -> read(row), () -> files_are_sent_as_what_they_are(row), () -> unknown_paths(row),
                    () -> assertEquals(List.of(), site.log()));
        }
    }

    private void read(Row row) throws Exception {
        try (Chromium chromium = site.chromium(); Tab tab = chromium.open()) {
            tab.open(site.address());
            assertAll(() -> row.links().forEach(link -> follow(tab, link)), () -> goBackAndForth(tab, row.links()),
                    () -> assertEquals("", String.join("\n", tab.visit().faults()), "a first visit"),
                    () -> visitAgain(tab, row), () -> readByEverybody(tab, row));
        }
    }

    private void visitAgain(Tab tab, Row row) {
        tab.open(URI.create("about:blank"));
        tab.visit().clear();
        tab.open(site.address());
        row.links().forEach(link -> tab.open(site.address().resolve(link.path())));
        List<String> transfers = tab.visit().transfers();
        assertTrue(transfers.contains("304 " + site.address()), transfers::toString);
        assertEquals("", transfers.stream().filter(line -> !line.startsWith("304 ")).collect(joining("\n")), "a second visit");
        assertEquals("", String.join("\n", tab.visit().faults()), "a second visit");
    }

    private static void follow(Tab tab, Link link) {
        tab.evaluate("window.isSame = true");
        tab.click(link.text());
        assertShown(tab, link);
        assertEquals(!link.loadsDocument(), Boolean.TRUE.equals(tab.evaluate("window.isSame === true")), link + " is client-side");
        tab.reload();
        assertShown(tab, link);
    }

    private static void goBackAndForth(Tab tab, List<Link> links) {
        for (int i = links.size() - 2; i >= 0; i--) {
            tab.evaluate("history.back()");
            assertShown(tab, links.get(i));
        }
        for (int i = 1; i < links.size(); i++) {
            tab.evaluate("history.forward()");
            assertShown(tab, links.get(i));
        }
    }

    private void readByEverybody(Tab tab, Row row) {
        if (row.name().equals(READ_BY_EVERYBODY)) {
            URI page = site.address().resolve(row.links().get(0).path());
            Readability.assertForEverybody(tab, page, row.name().toLowerCase().replace(' ', '-'));
            row.links().forEach(link -> {
                tab.enter(link.text());
                assertShown(tab, link);
            });
        }
    }

    private static void assertShown(Tab tab, Link link) {
        tab.await("location.pathname === '" + link.path() + "'");
        if (link.heading() != null) {
            // VitePress ends it with a link of a zero-width space.
            tab.await("document.querySelector('h1')?.innerText.replace('\\u200b', '').trim() === '" + link.heading() + "'");
        }
        tab.awaitQuiet();
    }

    /** Media type and Cache-Control of each file of the site. */
    private void files_are_sent_as_what_they_are(Row row) throws Exception {
        List<String> faults = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(SitesIT::isServed).sorted()::iterator) {
                String path = "/" + root.relativize(file);
                HttpResponse<String> response = ask("HEAD", path, "*/*");
                String type = response.headers().firstValue("content-type").orElse("none");
                String rule = response.headers().firstValue("cache-control").orElse("none");
                if (response.statusCode() != 200 || type.equals("application/octet-stream")
                        || rule.contains("immutable") != path.matches(row.immutable())) {
                    faults.add(response.statusCode() + " " + path + " " + type + " " + rule);
                }
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    /** A file like .nojekyll is for the generator's own host. */
    private static boolean isServed(Path file) {
        return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".");
    }

    private void unknown_paths(Row row) throws Exception {
        HttpResponse<String> page = ask("GET", "/no/such-page", "text/html");
        assertEquals(row.unknown().substring(0, 3), Integer.toString(page.statusCode()));
        assertTrue(page.body().contains(row.unknown().substring(3).strip()), page.body());
        assertEquals(404, ask("GET", "/assets/gone-CRPI5XY3.js", "*/*").statusCode());
    }

    private HttpResponse<String> ask(String method, String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(site.server().resolve(Path.of(path).toUri().getRawPath())).timeout(ANSWER_LIMIT)
                .header("Accept", accept).method(method, BodyPublishers.noBody()).build();
        return client.send(request, BodyHandlers.ofString());
    }
}
