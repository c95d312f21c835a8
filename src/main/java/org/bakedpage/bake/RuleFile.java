package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The lines of {@code _redirects} or {@code _headers}: UTF-8, with or without a byte order mark, ended by LF or CRLF. */
final class RuleFile {

    /** Further ones are counted. */
    static final int MAX_ERRORS = 20;

    private final String name;
    private final List<Warning> warnings = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private int line;

    RuleFile(String name) {
        this.name = name;
    }

    /**
     * Each line without white space around it, but for empty ones and comments.
     *
     * @param maxLength of a line, in characters
     * @throws IllegalArgumentException if lines are refused: each in a line of the message
     */
    void read(byte[] content, int maxLength, Consumer<String> reader) {
        String text = decode(content);
        line = 0;
        for (String raw : text.split("\n", -1)) {
            line++;
            String stripped = raw.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            try {
                check(stripped, maxLength);
                reader.accept(stripped);
            } catch (IllegalArgumentException e) {
                errors.add(error(e.getMessage()).getMessage());
            }
        }
        if (!errors.isEmpty()) {
            String rest = errors.size() <= MAX_ERRORS ? ""
                    : "\n" + name + ": " + (errors.size() - MAX_ERRORS) + " more lines are refused";
            throw new IllegalArgumentException(errors.stream().limit(MAX_ERRORS).collect(Collectors.joining("\n")) + rest);
        }
    }

    private static void check(String line, int maxLength) {
        if (line.length() > maxLength) {
            throw new IllegalArgumentException("a line may have " + maxLength + " characters, this has " + line.length());
        }
        if (line.chars().anyMatch(c -> c < ' ' && c != '\t' || c >= 0x7F && c < 0xA0)) {
            throw new IllegalArgumentException("a control character");
        }
    }

    private String decode(byte[] content) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(content);
        CharBuffer out = CharBuffer.allocate(content.length);
        if (decoder.decode(in, out, true).isError()) {
            line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += content[i] == '\n' ? 1 : 0;
            }
            throw error("not UTF-8");
        }
        String text = out.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The number of the line that is read, from 1. */
    int line() {
        return line;
    }

    IllegalArgumentException error(String reason) {
        return error(line, reason);
    }

    IllegalArgumentException error(int line, String reason) {
        return new IllegalArgumentException(name + ":" + line + ": " + Warning.visible(reason));
    }

    void warn(String text) {
        warn(line, text);
    }

    void warn(int line, String text) {
        warnings.add(new Warning(name, line, text));
    }

    /** By line. */
    List<Warning> warnings() {
        return warnings.stream().sorted(Comparator.comparingInt(Warning::line)).toList();
    }
}
