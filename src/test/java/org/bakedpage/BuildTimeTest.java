package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ReproducibleIT has the time of a commit. */
class BuildTimeTest {

    @TempDir
    private Path noRepository;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-01-31T12:00:00Z | 2026-02-28T12:00:00Z | 951782400 | 2026-01-31T12:00:00Z
            2026-01-31T12:00:00Z | tuesday              | tuesday   | 2026-01-31T12:00:00Z
                                 | 2026-02-28T12:00:00Z | 951782400 | 2026-02-28T12:00:00Z
                                 |                      | 951782400 | 2000-02-29T00:00:00Z
                                 |                      | 0         | 1970-01-01T00:00:00Z
            """)
    void the_first_that_is_given_holds(String lastModified, String outputTimestamp, String sourceDateEpoch, Instant time) {
        assertEquals(time, BuildTime.of(lastModified, outputTimestamp, sourceDateEpoch, noRepository));
    }

    @Test
    void outside_a_repository_it_is_now() {
        Instant before = Instant.now();
        Instant time = BuildTime.of(null, null, null, noRepository);
        assertFalse(time.isBefore(before) || time.isAfter(Instant.now()), time::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            monday |         |               | site.last-modified=monday is not a time like 2026-01-31T12:00:00Z
                   | tuesday |               | project.build.outputTimestamp=tuesday is not a time like 2026-01-31T12:00:00Z
                   |         | ''            | SOURCE_DATE_EPOCH= is not a time: give seconds since 1970
                   |         | -1            | SOURCE_DATE_EPOCH=-1 is not a time: give seconds since 1970
                   |         | 2026-01-31    | SOURCE_DATE_EPOCH=2026-01-31 is not a time: give seconds since 1970
                   |         | 1234567890123 | SOURCE_DATE_EPOCH=1234567890123 is not a time: give seconds since 1970
            """)
    void what_is_not_a_time_is_named(String lastModified, String outputTimestamp, String sourceDateEpoch, String message) {
        Exception error = assertThrows(IllegalArgumentException.class,
                () -> BuildTime.of(lastModified, outputTimestamp, sourceDateEpoch, noRepository));
        assertEquals(message, error.getMessage());
    }
}
