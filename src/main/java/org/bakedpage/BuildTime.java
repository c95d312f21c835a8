package org.bakedpage;

import java.time.DateTimeException;
import java.time.Instant;

/** The time that a build records, by which all of its pages were last modified. */
final class BuildTime {

    private BuildTime() {
    }

    /**
     * @param setting what gave it: site.last-modified, or project.build.outputTimestamp, which pom.xml sets where it is not
     *        given
     */
    static Instant parse(String setting, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(setting + "=" + value + " is not a time like 2026-01-31T12:00:00Z", e);
        }
    }
}
