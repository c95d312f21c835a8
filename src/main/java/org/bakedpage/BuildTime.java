package org.bakedpage;

import java.time.DateTimeException;
import java.time.Instant;

/** The time that a build records, by which all of its pages were last modified. */
final class BuildTime {

    private BuildTime() {
    }

    /** @param outputTimestamp project.build.outputTimestamp, which the build sets itself where it is not given */
    static Instant of(String outputTimestamp) {
        try {
            return Instant.parse(outputTimestamp);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("project.build.outputTimestamp=" + outputTimestamp
                    + " is not a time like 2026-01-31T12:00:00Z", e);
        }
    }
}
