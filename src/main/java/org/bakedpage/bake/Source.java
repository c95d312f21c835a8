package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.bakedpage.Location;
import org.bakedpage.RedirectPattern;
import org.bakedpage.RequestPath;

/** The paths that a rule of {@code _redirects} or {@code _headers} is for. */
final class Source {

    private static final Pattern PLACEHOLDER = Pattern.compile(":[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

    private static final int MAX_PLACEHOLDERS = 20;
    /** Noncharacters of Unicode, which no file has: the first stands for the first placeholder, and so on. */
    static final char FIRST_SAMPLE = '\uFDD0';
    static final char SPLAT_SAMPLE = '\uFDEF';

    private Source() {
    }

    /**
     * As {@link RedirectPattern} reads it: however a path is written, it is the same text.
     *
     * @throws IllegalArgumentException with the reason, if it is none
     */
    static String of(String word) {
        if (SCHEME.matcher(word).matches() || word.startsWith("//")) {
            throw new IllegalArgumentException(word + " is of one domain: a site is the same under every name; give the path alone");
        }
        if (!word.startsWith("/")) {
            throw new IllegalArgumentException(word + " is no path: it must begin with a slash");
        }
        if (word.indexOf('?') >= 0) {
            throw new IllegalArgumentException(word + " has a query: rules are for paths, whatever the query is");
        }
        if (word.indexOf('*') != word.lastIndexOf('*')) {
            throw new IllegalArgumentException(word + " has more than one asterisk");
        }
        StringBuilder source = new StringBuilder();
        Set<String> names = new HashSet<>();
        String[] segments = word.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].isEmpty() && i < segments.length - 1) {
                throw new IllegalArgumentException(word + " has an empty segment, which no request has: they are removed");
            }
            source.append('/').append(segment(segments[i], word, names));
        }
        return source.toString();
    }

    private static String segment(String segment, String word, Set<String> names) {
        int star = segment.indexOf('*');
        if (star >= 0) {
            unique(RedirectPattern.SPLAT, word, names);
            return literal(segment.substring(0, star), word) + "*" + literal(segment.substring(star + 1), word);
        }
        if (!PLACEHOLDER.matcher(segment).matches()) {
            return literal(segment, word);
        }
        if (names.contains(RedirectPattern.SPLAT)) {
            throw new IllegalArgumentException(word + " has a placeholder behind its asterisk");
        }
        unique(segment.substring(1), word, names);
        return segment;
    }

    private static void unique(String name, String word, Set<String> names) {
        if (!names.add(name)) {
            throw new IllegalArgumentException(word + " has :" + name + " twice");
        }
        if (names.size() > MAX_PLACEHOLDERS) {
            throw new IllegalArgumentException(word + " has more than " + MAX_PLACEHOLDERS + " placeholders");
        }
    }

    /** Hosts differ on a placeholder that is a part of a segment: to some it is text. */
    private static String literal(String text, String word) {
        if (PLACEHOLDER.matcher(text).find()) {
            throw new IllegalArgumentException(word + " has a placeholder that is no whole segment; a colon itself is %3A");
        }
        String decoded = RequestPath.of(bytes("/" + text));
        if (decoded == null) {
            throw new IllegalArgumentException(word + " has an invalid percent-encoding");
        }
        if (decoded.length() == 1 && !text.isEmpty()) {
            throw new IllegalArgumentException(word + " has a dot segment, which no request has: they are removed");
        }
        return Location.encode(decoded.substring(1));
    }

    /** Each character a byte, as in a request. */
    static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    /** A path that matches, of characters that no rule has in its text: what is true of it is true of all but a few. */
    static String sample(String source, String splat) {
        StringBuilder sample = new StringBuilder();
        char next = FIRST_SAMPLE;
        for (String segment : source.substring(1).split("/", -1)) {
            boolean placeholder = PLACEHOLDER.matcher(segment).matches();
            sample.append('/').append(placeholder ? String.valueOf(next++) : segment.replace("*", splat));
        }
        return RequestPath.of(bytes(sample.toString()));
    }
}
