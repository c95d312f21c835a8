package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The project's own pages in a browser: with -Dsites=FOLDER, in which src/test/sites/build has put axe-core. */
class OwnPageIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private interface Reading {
        void of(PublishedSite site, Tab tab) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> pages_are_readable_by_everybody() {
        return Stream.of("index", "404").filter(page -> System.getProperty("sites") != null).map(page -> read(Ingress.HAPROXY, page,
                (site, tab) -> Readability.assertForEverybody(tab, site.address().resolve(page + ".html"), page)));
    }

    @TestFactory
    Stream<DynamicTest> a_page_is_transferred_once() {
        return ingresses().map(ingress -> read(ingress, ingress.name(), (site, tab) -> {
            tab.open(site.address());
            assertAll("a first visit", () -> assertTrue(tab.visit().transfers().contains("200 " + site.address())),
                    () -> assertEquals("h2", tab.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol")),
                    () -> assertEquals(true, tab.evaluate("(page => page.encodedBodySize < page.decodedBodySize / 2)"
                            + "(performance.getEntriesByType('navigation')[0])"), "it is compressed"));
            tab.open(URI.create("about:blank"));
            tab.visit().clear();
            tab.open(site.address());
            tab.reload();
            assertEquals(List.of("304 " + site.address(), "304 " + site.address()), tab.visit().transfers(), "a second visit and a reload");
        }));
    }

    /** Nothing in an answer forbids what https://web.dev/articles/bfcache describes. */
    @TestFactory
    Stream<DynamicTest> a_page_that_is_gone_back_to_is_as_it_was_left() {
        return ingresses().map(ingress -> read(ingress, ingress.name(), (site, tab) -> {
            tab.open(site.address());
            tab.evaluate("window.isLeft = true");
            tab.open(site.address().resolve("404.html"));
            assertEquals("undefined", tab.evaluate("typeof isLeft"));
            tab.evaluate("history.back()");
            tab.await("location.pathname === '/'");
            assertEquals(true, tab.evaluate("window.isLeft === true"));
        }));
    }

    @TestFactory
    Stream<DynamicTest> links_are_followed_by_keyboard() {
        return ingresses().map(ingress -> read(ingress, ingress.name(), (site, tab) -> {
            URI unknown = site.address().resolve("no/such/page");
            tab.open(unknown);
            assertTrue(tab.visit().transfers().contains("404 " + unknown));
            tab.visit().clear();
            tab.press("Tab");
            tab.press("Enter");
            tab.await("location.pathname === '/'");
            tab.awaitQuiet();
            tab.press("Tab");
            tab.press("Enter");
            tab.await("location.hash === '#rule-2'");
            tab.evaluate("history.back()");
            tab.await("location.hash === ''");
        }));
    }

    /** And the browser tells of it: else the other tests would learn of nothing. */
    @TestFactory
    Stream<DynamicTest> the_policy_blocks_an_inline_script_that_is_not_the_page_s() {
        return ingresses().map(ingress -> read(ingress, ingress.name(), (site, tab) -> {
            tab.open(site.address());
            tab.evaluate("document.head.append(Object.assign(document.createElement('script'), { text: 'window.isRun = true' }))");
            assertEquals("undefined", tab.evaluate("typeof window.isRun"));
            Poll.until("a report", LIMIT, () -> tab.visit().faults().stream().filter(fault -> fault.contains("ContentSecurityPolicyIssue"))
                    .findFirst().orElse(null));
            tab.visit().clear();
        }));
    }

    private static Stream<Ingress> ingresses() {
        return Stream.of(Ingress.values()).filter(ingress -> System.getProperty("sites") != null);
    }

    private static DynamicTest read(Ingress ingress, String name, Reading reading) {
        return DynamicTest.dynamicTest(name, () -> {
            try (Containers containers = new Containers(); PublishedSite site = new PublishedSite(containers, ingress, Map.of());
                    Chromium chromium = site.chromium(); Tab tab = chromium.open()) {
                reading.of(site, tab);
                assertEquals(List.of(), tab.visit().faults());
                assertEquals(List.of(), tab.visit().warnings());
                assertEquals(List.of(), site.log());
            }
        });
    }
}
