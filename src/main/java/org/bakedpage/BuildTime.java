package org.bakedpage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** The time that a build records, by which all of its pages were last modified. */
final class BuildTime {

    private BuildTime() {
    }

    /**
     * What the reproducible-builds conventions give, the first of: project.build.outputTimestamp (Maven), the variable
     * SOURCE_DATE_EPOCH, the time of the commit. Outside a repository nothing tells more than the clock.
     *
     * @param outputTimestamp in the form of ISO 8601 or in seconds since 1970; null where it is not set
     */
    static Instant of(String outputTimestamp, Path project) {
        String epoch = System.getenv("SOURCE_DATE_EPOCH");
        if (outputTimestamp != null) {
            return parse("project.build.outputTimestamp", outputTimestamp);
        }
        if (epoch != null && !epoch.isEmpty()) {
            return parse("SOURCE_DATE_EPOCH", epoch);
        }
        String commit = commitTime(project);
        return commit.isEmpty() ? Instant.now() : Instant.ofEpochSecond(Long.parseLong(commit));
    }

    static Instant parse(String setting, String value) {
        try {
            return value.matches("[0-9]{1,12}") ? Instant.ofEpochSecond(Long.parseLong(value)) : Instant.parse(value);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(setting + "=" + value + " is not a time: give seconds since 1970, or a time "
                    + "like 2026-01-31T12:00:00Z", e);
        }
    }

    /** Empty where there is no git or no commit. */
    private static String commitTime(Path project) {
        try {
            Process git = new ProcessBuilder("git", "-C", project.toString(), "log", "-1", "--format=%ct")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String time = new String(git.getInputStream().readAllBytes(), US_ASCII).strip();
            return git.waitFor() == 0 ? time : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while git told the time of the commit", e);
        }
    }
}
