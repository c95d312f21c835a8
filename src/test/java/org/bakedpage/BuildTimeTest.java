package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildTimeTest {

    private static final String AUTHOR = "-c user.name=a -c user.email=a@example.org ";

    @TempDir
    private Path noRepository;

    @TempDir
    private Path repository;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-01-31T12:00:00Z | 2026-02-28T12:00:00Z | 951782400 | 2026-01-31T12:00:00Z
            2026-01-31T12:00:00Z | tuesday              | tuesday   | 2026-01-31T12:00:00Z
                                 | 2026-02-28T12:00:00Z | 951782400 | 2026-02-28T12:00:00Z
                                 |                      | 951782400 | 2000-02-29T00:00:00Z
                                 |                      | 0         | 1970-01-01T00:00:00Z
            """)
    void the_first_that_is_given_holds(String lastModified, String outputTimestamp, String sourceDateEpoch, Instant time) {
        assertEquals(time, BuildTime.of(lastModified, outputTimestamp, sourceDateEpoch, noRepository, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2099-01-01T00:00:00Z        |              | site.last-modified=2099-01-01T00:00:00Z is in the future: nothing was last modified then
            +10000-01-01T00:00:00Z      |              | site.last-modified=+10000-01-01T00:00:00Z is in the future: nothing was last modified then
            1969-12-31T23:59:59Z        |              | site.last-modified=1969-12-31T23:59:59Z is before 1970: nothing was last modified then
                                        | 999999999999 | SOURCE_DATE_EPOCH=999999999999 is in the future: nothing was last modified then
            """)
    void a_time_that_no_field_may_have_is_refused(String lastModified, String sourceDateEpoch, String error) {
        assertEquals(error, assertThrows(IllegalArgumentException.class,
                () -> BuildTime.of(lastModified, null, sourceDateEpoch, noRepository, false)).getMessage());
    }

    @Test
    void outside_a_repository_it_is_now() {
        Instant before = Instant.now();
        Instant time = BuildTime.of(null, null, "", noRepository, false);
        assertFalse(time.isBefore(before) || time.isAfter(Instant.now()), time::toString);
    }

    /** What is changed, new or left out of the repository has no time of a commit. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            site/index.html | committed | site    | true
            other.txt       | changed   | site    | true
            site/index.html | changed   | site    | false
            site/new.html   | new       | site    | false
            dist/index.html | ignored   | dist    | false
            dist/index.html | ignored   | site    | true
            site/.DS_Store  | new       | site    | true
            site/a/.a.swp   | new       | site    | true
            site/a.html~    | new       | site    | true
            site/.git-a/b   | new       | site    | true
            site/.well-known/a | new    | site    | false
            .site/index.html | new      | .site   | false
            """)
    void pages_that_are_committed_have_the_time_of_the_commit(String path, String content, String pages, boolean committed)
            throws Exception {
        write("site/index.html", "committed");
        write("other.txt", "committed");
        write(".gitignore", "dist");
        commit("2001-02-03T04:05:06Z");
        write(path, content);
        Instant time = BuildTime.of(null, null, null, repository.resolve(pages), false);
        assertEquals(committed, time.equals(Instant.parse("2001-02-03T04:05:06Z")), time::toString);
    }

    /** A commit of something else must not have every browser load all pages anew. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            README.md       | changed | false | 2001-01-01T00:00:00Z
            site/b.html     | changed | false | 2002-02-02T00:00:00Z
            site/_headers   | changed | false | 2002-02-02T00:00:00Z
            site/a.html     | deleted | false | 2002-02-02T00:00:00Z
            README.md       | changed | true  | 2002-02-02T00:00:00Z
            """)
    void the_commit_is_the_last_that_changed_the_pages(String path, String content, boolean hasOthers, Instant time)
            throws Exception {
        write("site/a.html", "a");
        write("site/kept.html", "a");
        commit("2001-01-01T00:00:00Z");
        if (content.equals("deleted")) {
            Files.delete(repository.resolve(path));
        } else {
            write(path, content);
        }
        commit("2002-02-02T00:00:00Z");
        assertEquals(time, BuildTime.of(null, null, null, repository.resolve("site"), hasOthers));
    }

    @Test
    void what_a_merge_brings_has_the_time_of_the_merge() throws Exception {
        write("site/a.html", "a");
        commit("2001-01-01T00:00:00Z");
        git("checkout -q -b branch", "2001-01-01T00:00:00Z");
        write("site/b.html", "b");
        commit("2002-02-02T00:00:00Z");
        git("checkout -q -", "2002-02-02T00:00:00Z");
        write("site/c.html", "c");
        commit("2003-03-03T00:00:00Z");
        git(AUTHOR + "merge -q --no-edit branch", "2004-04-04T00:00:00Z");
        assertEquals(Instant.parse("2004-04-04T00:00:00Z"), BuildTime.of(null, null, null, repository.resolve("site"), false));
    }

    /** In a worktree git tells its hooks where the repository is, and not where the worktree begins. */
    @Test
    void in_a_hook_of_git_it_is_the_same() throws Exception {
        write("site/index.html", "committed");
        commit("2001-02-03T04:05:06Z");
        Command.Result result = new Command(Command.JAVA, "-cp",
                System.getProperty("java.class.path"), InHook.class.getName(), repository.resolve("site").toString())
                .with(Map.of("GIT_DIR", repository.resolve(".git").toString())).run();
        assertEquals("2001-02-03T04:05:06Z", result.out().strip(), result::err);
    }

    /** A process, which has an environment of its own. */
    static final class InHook {

        public static void main(String... arguments) {
            System.out.println(BuildTime.of(null, null, null, Path.of(arguments[0]), false));
        }
    }

    private void commit(String time) throws Exception {
        if (!Files.exists(repository.resolve(".git"))) {
            git("init -q", time);
        }
        git("add .", time);
        git(AUTHOR + "commit -q -m a", time);
    }

    private void write(String path, String content) throws Exception {
        Files.createDirectories(repository.resolve(path).getParent());
        Files.writeString(repository.resolve(path), content);
    }

    private void git(String command, String time) throws Exception {
        List<String> words = new ArrayList<>(List.of("git", "-C", repository.toString()));
        words.addAll(List.of(command.split(" ")));
        ProcessBuilder git = new ProcessBuilder(words);
        git.environment().putAll(Map.of("GIT_COMMITTER_DATE", time, "GIT_AUTHOR_DATE", time));
        assertEquals(0, git.inheritIO().start().waitFor());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            monday |         |               | site.last-modified=monday is not a time like 2026-01-31T12:00:00Z
                   | tuesday |               | project.build.outputTimestamp=tuesday is not a time like 2026-01-31T12:00:00Z
                   |         | -1            | SOURCE_DATE_EPOCH=-1 is not a time: give seconds since 1970
                   |         | 2026-01-31    | SOURCE_DATE_EPOCH=2026-01-31 is not a time: give seconds since 1970
                   |         | 1234567890123 | SOURCE_DATE_EPOCH=1234567890123 is not a time: give seconds since 1970
            """)
    void what_is_not_a_time_is_named(String lastModified, String outputTimestamp, String sourceDateEpoch, String message) {
        Exception error = assertThrows(IllegalArgumentException.class,
                () -> BuildTime.of(lastModified, outputTimestamp, sourceDateEpoch, noRepository, false));
        assertEquals(message, error.getMessage());
    }
}
