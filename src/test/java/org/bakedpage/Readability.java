package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/**
 * Whether everybody can read a page, whatever the screen, its colours, and the device that they point with. The questions are
 * JavaScript that gives what is wrong, a line each. Screenshots are left in target/screenshots, for a person to look at.
 */
final class Readability {

    /** 320: WCAG 2.2, success criterion 1.4.10. */
    private static final List<Integer> WIDTHS = List.of(320, 360, 768, 1280, 1920);

    /** What a reader may have set, https://www.w3.org/TR/mediaqueries-5/#mf-user-preferences */
    private static final Map<String, Map<String, String>> PREFERENCES = new TreeMap<>(Map.of(
            "light", Map.of("prefers-color-scheme", "light"),
            "dark", Map.of("prefers-color-scheme", "dark"),
            "still", Map.of("prefers-reduced-motion", "reduce"),
            "forced", Map.of("forced-colors", "active")));

    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Path AXE = Path.of(System.getProperty("sites", ""), "axe/node_modules/axe-core/axe.min.js");

    /** https://github.com/dequelabs/axe-core/blob/develop/doc/API.md */
    private static final String VIOLATIONS = """
            axe.run({ rules: { 'target-size': { enabled: true } } }).then(result => result.violations.map(
                found => found.id + ' ' + found.nodes.map(node => node.target + ': ' + node.failureSummary)).join('\\n'))
            """;

    private static final String BESIDE_THE_SCREEN = """
            document.documentElement.scrollWidth <= innerWidth ? '' : [...document.querySelectorAll('*')]
                .filter(element => element.getBoundingClientRect().right > innerWidth)
                .map(element => element.outerHTML.slice(0, 80)).join('\\n')
            """;

    private static final String MOVING_ALL_THE_SAME = """
            !matchMedia('(prefers-reduced-motion: reduce)').matches ? '' : document.getAnimations().map(animation => animation.effect.target).concat([...document.querySelectorAll('*')]
                .filter(element => parseFloat(getComputedStyle(element).transitionDuration) > 0
                    || getComputedStyle(element).scrollBehavior === 'smooth'))
                .map(element => element.outerHTML.slice(0, 80)).join('\\n')
            """;

    /** What the key Tab leads to, in order. */
    private static final String STOPS = """
            window.stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
                .filter(element => element.tabIndex >= 0 && !element.disabled && element.checkVisibility());
            stops.length
            """;

    /** WCAG 2.2, success criteria 2.4.3, 2.4.7 and 2.4.11. */
    private static final String NOT_SEEN_AT_STOP = """
            (() => {
              const stop = stops[%d], style = getComputedStyle(stop), box = stop.getClientRects()[0];
              const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return stop !== document.activeElement ? document.activeElement.outerHTML.slice(0, 80) + ' ahead of ' + stop.outerHTML
                  : style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0 ? 'no outline at ' + stop.outerHTML
                  : !stop.contains(top) ? 'not on the screen, or hidden: ' + stop.outerHTML : '';
            })()
            """;

    private Readability() {
    }

    /** @param name of the page's screenshots */
    static void assertForEverybody(Tab tab, URI address, String name) {
        Stream<Executable> looks = PREFERENCES.entrySet().stream().flatMap(preference -> WIDTHS.stream().map(width -> () -> {
            tab.show(width, preference.getValue());
            tab.open(address);
            assertRead(tab, name + "-" + preference.getKey() + "-" + width);
        }));
        assertAll(Stream.concat(looks, Stream.of(
                () -> assertEquals(List.of(), tab.visit().faults(), name), () -> assertEquals(List.of(), tab.visit().warnings(), name))));
    }

    private static void assertRead(Tab tab, String name) throws IOException {
        Files.write(Files.createDirectories(SCREENSHOTS).resolve(name + ".png"), tab.screenshot());
        assertAll(name,
                () -> assertEquals("", tab.evaluate(BESIDE_THE_SCREEN), "beside the screen"),
                () -> assertEquals("", tab.evaluate(MOVING_ALL_THE_SAME), "moving"),
                () -> assertEquals("", notSeenByKeyboard(tab), "by keyboard"),
                () -> assertEquals("", violations(tab), "by axe-core"));
    }

    private static String notSeenByKeyboard(Tab tab) {
        int stops = ((Number) tab.evaluate(STOPS)).intValue();
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < stops; i++) {
            tab.press("Tab");
            faults.add(String.valueOf(tab.evaluate(NOT_SEEN_AT_STOP.formatted(i))));
        }
        faults.removeIf(String::isEmpty);
        return String.join("\n", faults);
    }

    private static Object violations(Tab tab) {
        try {
            tab.evaluate(Files.readString(AXE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tab.evaluate(VIOLATIONS);
    }
}
