package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Values that a parser may choke on. A character is a byte. */
final class NastyInput {

    private static final int MEGABYTE = 1 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final List<String> REPEATED = List.of("?", "%", "%4", "%41", "/", "/.", "/..", "/a/..", "\"", "\"a", "\"a\",",
            "\\", "\\\"", ",", ", ", ";", ";q", ";q=", ";q=0", ";q=0.", ";\"", "W/", "W/\"", "*", "-", "0", "9", "0-", ":", "[", ".",
            "a", "a:", "a,", "A", " ", "\t", "close", "#", "@", "\u0085", "\u00ff", "\u00c3\u00a9");

    private NastyInput() {
    }

    /** Fails if a parser needs more than linear time for a megabyte of any of them behind this beginning. */
    static void assertLinear(String beginning, Consumer<String> parser) {
        for (String part : REPEATED) {
            for (String end : List.of("", " #\"")) {
                String input = beginning + part.repeat(MEGABYTE / part.length()) + end;
                assertTimeoutPreemptively(LIMIT, () -> parser.accept(input), () -> beginning + part + " repeated, " + end);
            }
        }
    }

    /** The same values in each run, of up to ten of these parts. */
    static Stream<String> random(int count, String... parts) {
        Random random = new Random(count);
        return Stream.generate(() -> {
            StringBuilder value = new StringBuilder();
            for (int i = random.nextInt(11); i > 0; i--) {
                value.append(parts[random.nextInt(parts.length)]);
            }
            return value.toString();
        }).limit(count);
    }
}
