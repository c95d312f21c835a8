package org.bakedpage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bakedpage.bake.LeaveOut;

/** The time that a build records, at which the last of its pages was modified. */
final class BuildTime {

    /** Maven's user property of this name is a system property of its JVM; what pom.xml gives it is none. */
    static final String OUTPUT_TIMESTAMP = "project.build.outputTimestamp";

    /** See reproducible-builds.org/specs/source-date-epoch. */
    static final String SOURCE_DATE_EPOCH = "SOURCE_DATE_EPOCH";

    /** Which git sets for its hooks, githooks(5): of the hook's repository, and the pages are in one of their own. */
    private static final Set<String> OF_HOOKS = Set.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR",
            "GIT_OBJECT_DIRECTORY");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private BuildTime() {
    }

    /**
     * The first of the three that is given, else the time of the last commit that changed the pages; else, where they are not
     * what is committed or there is no repository, now: a page that has changed must not have the time that it had before.
     *
     * @param lastModified {@code site.last-modified}, or null
     * @param outputTimestamp {@code -Dproject.build.outputTimestamp}, or null
     * @param sourceDateEpoch in seconds since 1970, or null
     * @param pages their folder
     * @param hasOthers whether there are pages of dependencies besides, which any commit may have changed
     * @throws IllegalArgumentException if the one that is taken is not a time, or none that Last-Modified may have: before 1970, or
     *     in the future (RFC 9110 section 8.8.2.1)
     */
    static Instant of(String lastModified, String outputTimestamp, String sourceDateEpoch, Path pages, boolean hasOthers) {
        if (lastModified != null) {
            return parse("site.last-modified", lastModified);
        }
        if (outputTimestamp != null) {
            return parse(OUTPUT_TIMESTAMP, outputTimestamp);
        }
        Instant now = Instant.now();
        if (sourceDateEpoch == null || sourceDateEpoch.isEmpty()) {
            String commitTime = commitTime(pages, hasOthers);
            Instant committed = SECONDS.matcher(commitTime).matches() ? Instant.ofEpochSecond(Long.parseLong(commitTime)) : now;
            // Where it was committed the clock may be fast.
            return committed.isAfter(now) ? now : committed;
        }
        if (!SECONDS.matcher(sourceDateEpoch).matches()) {
            throw new IllegalArgumentException(
                    SOURCE_DATE_EPOCH + "=" + sourceDateEpoch + " is not a time: give seconds since 1970");
        }
        return past(SOURCE_DATE_EPOCH, sourceDateEpoch, Instant.ofEpochSecond(Long.parseLong(sourceDateEpoch)));
    }

    private static Instant past(String setting, String value, Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.now())) {
            throw new IllegalArgumentException(setting + "=" + value + " is " + (time.isBefore(Instant.EPOCH) ? "before 1970" : "in the future")
                    + ": nothing was last modified then");
        }
        return time;
    }

    private static Instant parse(String setting, String value) {
        try {
            return past(setting, value, Instant.parse(value));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(setting + "=" + value + " is not a time like 2026-01-31T12:00:00Z", e);
        }
    }

    /** Empty where there is none that is right. */
    private static String commitTime(Path pages, boolean hasOthers) {
        String changed = git(pages, "status", "--porcelain", "-z", "--untracked-files=all", "--ignored", "--", ".");
        String prefix = git(pages, "rev-parse", "--show-prefix").strip();
        String tracked = git(pages, "ls-files", "--", ".");
        boolean isChanged = Stream.of(changed.split("\0")).anyMatch(entry -> !entry.isEmpty() && isOfTheSite(entry, prefix));
        if (isChanged || tracked.isEmpty()) {
            return "";
        }
        // A merge changes the pages when it is made: what it brings has a commit of before, perhaps of before the last release.
        return git(pages, "log", "-1", "--first-parent", "--format=%ct", "--", hasOthers ? ":/" : ".").strip();
    }

    /**
     * What the build leaves out changes no page.
     *
     * @param entry two letters and a space are ahead of the path, git-status(1)
     * @param prefix from the repository's folder to that of the pages
     */
    private static boolean isOfTheSite(String entry, String prefix) {
        if (!entry.startsWith(prefix, 3)) {
            return true;
        }
        String path = entry.substring(3 + prefix.length());
        boolean folder = path.endsWith("/");
        return LeaveOut.reason(List.of((folder ? path.substring(0, path.length() - 1) : path).split("/")), folder) == null;
    }

    private static String git(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeAll(OF_HOOKS);
            Process git = builder.start();
            return new String(git.getInputStream().readAllBytes(), US_ASCII);
        } catch (IOException e) {
            // There is no git.
            return "";
        }
    }
}
