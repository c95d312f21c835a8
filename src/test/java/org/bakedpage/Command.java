package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program to be run as a process, without input and under a limit of time. */
final class Command {

    /** Of the JVM that runs the tests. */
    static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(1);

    private final ProcessBuilder builder;
    private Duration limit = DEFAULT_LIMIT;

    Command(String... words) {
        this(List.of(words));
    }

    Command(List<String> words) {
        builder = new ProcessBuilder(words).redirectInput(new File("/dev/null"));
    }

    Command in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    Command with(Map<String, String> variables) {
        builder.environment().putAll(variables);
        return this;
    }

    Command without(String variable) {
        builder.environment().remove(variable);
        return this;
    }

    Command within(Duration other) {
        limit = other;
        return this;
    }

    Program start() {
        try {
            return new Program(builder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + builder.command(), e);
        }
    }

    /** Runs it to its end. */
    Result run() {
        try (Program program = start()) {
            if (!program.process().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(this + " did not end within " + limit + "\n" + program.out() + program.err());
            }
            return new Result(program.process().exitValue(), program.out(), program.err());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs it to its end, which has to be a good one, and gives what it printed, without the last line break. */
    String succeed() {
        Result result = run();
        assertEquals(0, result.exitCode(), () -> this + "\n" + result.out() + result.err());
        return result.out().strip();
    }

    /** Whether it is installed and ends well. */
    boolean succeeds() {
        try {
            return run().exitCode() == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return String.join(" ", builder.command());
    }

    /** How a program ended and what it had to say. */
    record Result(int exitCode, String out, String err) {
    }
}
