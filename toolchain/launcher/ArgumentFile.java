package org.bakedpage.nativeimage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of arguments in the syntax of the {@code java} command: arguments are separated by white space, {@code #}
 * starts a comment, single and double quotes keep white space, and within quotes a backslash escapes: {@code \n},
 * {@code \r}, {@code \t}, {@code \f}, any other character standing for itself, a line's end for nothing (the white
 * space at the start of the next line is dropped too). Source: "java Command-Line Argument Files", the JDK's manual.
 */
final class ArgumentFile {

    private static final int END = -1;

    private final String text;
    private final List<String> arguments = new ArrayList<>();
    private StringBuilder argument;
    private int position;

    private ArgumentFile(String text) {
        this.text = text;
    }

    static List<String> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UsageError("cannot read the argument file %s: %s", file, e.getMessage());
        }
    }

    static List<String> parse(String text) {
        ArgumentFile file = new ArgumentFile(text);
        file.parse();
        return file.arguments;
    }

    private void parse() {
        for (int c = next(); c != END; c = next()) {
            switch (c) {
                case ' ', '\t', '\r', '\n', '\f' -> endArgument();
                case '#' -> comment();
                case '"', '\'' -> quoted(c);
                default -> append(c);
            }
        }
        endArgument();
    }

    private int next() {
        return position < text.length() ? text.charAt(position++) : END;
    }

    private void append(int c) {
        begin().append((char) c);
    }

    private StringBuilder begin() {
        if (argument == null) {
            argument = new StringBuilder();
        }
        return argument;
    }

    private void endArgument() {
        if (argument != null) {
            arguments.add(argument.toString());
            argument = null;
        }
    }

    /** A number sign counts wherever quotes do not hide it, as in java itself. */
    private void comment() {
        endArgument();
        int lineEnd = text.indexOf('\n', position);
        position = lineEnd < 0 ? text.length() : lineEnd;
    }

    /** Quotes left open end with their line, as in java. */
    private void quoted(int quote) {
        begin();
        for (int c = next(); c != quote && c != END; c = next()) {
            switch (c) {
                case '\n', '\r' -> {
                    endArgument();
                    return;
                }
                case '\\' -> escaped();
                default -> append(c);
            }
        }
    }

    private void escaped() {
        if (skipLineEnd()) {
            return;
        }
        int c = next();
        switch (c) {
            case END -> { }
            case 'n' -> append('\n');
            case 'r' -> append('\r');
            case 't' -> append('\t');
            case 'f' -> append('\f');
            default -> append(c);
        }
    }

    private boolean skipLineEnd() {
        int start = position;
        if (position < text.length() && text.charAt(position) == '\r') {
            position++;
        }
        if (position < text.length() && text.charAt(position) == '\n') {
            position++;
        }
        if (position == start) {
            return false;
        }
        while (position < text.length() && " \t\f".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        return true;
    }
}
