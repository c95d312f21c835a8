package org.bakedpage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The requests of a stream by the grammar of RFC 9112, written down a second time and as simply as can be: what a decoder makes of the
 * same bytes is held against it. It knows no limits. A character is a byte.
 */
final class StrictReading {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    /** Section 3; a target of any visible bytes. */
    private static final Pattern REQUEST_LINE = Pattern.compile("(" + TOKEN + ") ([!-~\u0080-\u00ff]+) (HTTP/1\\.[0-9])");
    /** Section 5. */
    private static final Pattern FIELD_LINE = Pattern.compile("(" + TOKEN + "):[ \t]*([\t -~\u0080-\u00ff]*?)[ \t]*");
    /** Section 7.1; more digits than eight are no size of anything. */
    private static final Pattern CHUNK_LINE = Pattern.compile("([0-9A-Fa-f]{1,8})([ \t]*;[\t -~\u0080-\u00ff]*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final String stream;
    private final List<Message> messages = new ArrayList<>();
    private int at;
    private boolean extended;
    private String error;

    /**
     * A whole request.
     *
     * @param fields by their names in lower case, without trailers
     * @param extended whether it has trailers, or extensions of chunks: their own grammar, sections 7.1.1 and 7.1.2, is not looked at
     */
    record Message(String method, String target, String version, Map<String, List<String>> fields, int fieldsLength, String content,
            boolean extended) {

        String field(String name) {
            return String.join("\n", fields.getOrDefault(name, List.of()));
        }

        int lineLength() {
            return method.length() + target.length() + version.length() + 2;
        }

        /** Section 9.3. */
        boolean isLast() {
            return hasOption("close") || version.equals("HTTP/1.0") && !hasOption("keep-alive");
        }

        private boolean hasOption(String option) {
            return Stream.of(field("connection").split("[,\n]")).anyMatch(one -> one.strip().equalsIgnoreCase(option));
        }
    }

    /** What is not there yet, or is malformed. */
    private static final class Stop extends Exception {

        private static final long serialVersionUID = 1;

        Stop(String error) {
            super(error, null, false, false);
        }
    }

    StrictReading(String stream) {
        this.stream = stream;
        try {
            while (messages.isEmpty() || !messages.get(messages.size() - 1).isLast()) {
                messages.add(message());
            }
        } catch (Stop stop) {
            error = stop.getMessage();
        }
    }

    /** Those that are whole, up to the last one or to what is no request. */
    List<Message> messages() {
        return messages;
    }

    /** Why there is none behind them; null where it may still come, or may not come. */
    String error() {
        return error;
    }

    private Message message() throws Stop {
        String line = line();
        while (line.isEmpty()) {
            line = line();
        }
        Matcher words = matcher(REQUEST_LINE, line);
        extended = false;
        int start = at;
        Map<String, List<String>> fields = fields();
        int length = at - start - 2;
        List<String> codings = fields.get("transfer-encoding");
        List<String> lengths = fields.get("content-length");
        if (codings != null && (lengths != null || codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked"))
                || lengths != null && (lengths.size() > 1 || !LENGTH.matcher(lengths.get(0)).matches())) {
            throw new Stop("content of an unknown length");
        }
        String content = codings != null ? chunks() : take(lengths == null ? 0 : Long.parseLong(lengths.get(0)));
        extended |= codings != null && !fields().isEmpty();
        return new Message(words.group(1), words.group(2), words.group(3), fields, length, content, extended);
    }

    private Map<String, List<String>> fields() throws Stop {
        Map<String, List<String>> fields = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            Matcher field = matcher(FIELD_LINE, line);
            fields.computeIfAbsent(field.group(1).toLowerCase(Locale.ROOT), name -> new ArrayList<>()).add(field.group(2));
        }
        return fields;
    }

    private String chunks() throws Stop {
        StringBuilder content = new StringBuilder();
        for (long size = size(); size > 0; size = size()) {
            content.append(take(size));
            if (!line().isEmpty()) {
                throw new Stop("a chunk is longer than its size");
            }
        }
        return content.toString();
    }

    private long size() throws Stop {
        Matcher line = matcher(CHUNK_LINE, line());
        extended |= line.group(2) != null;
        return Long.parseLong(line.group(1), 16);
    }

    private static Matcher matcher(Pattern pattern, String line) throws Stop {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new Stop("not a line of " + pattern);
        }
        return matcher;
    }

    /** Section 2.2: up to CR LF, without either in it. */
    private String line() throws Stop {
        int end = stream.indexOf('\n', at);
        int cr = stream.indexOf('\r', at);
        if (end < 0) {
            throw new Stop(cr >= 0 && cr < stream.length() - 1 ? "CR without LF" : null);
        }
        if (cr < 0 || cr != end - 1) {
            throw new Stop("not CR LF");
        }
        String line = stream.substring(at, cr);
        at = end + 1;
        return line;
    }

    private String take(long length) throws Stop {
        if (length > stream.length() - at) {
            throw new Stop(null);
        }
        at += (int) length;
        return stream.substring(at - (int) length, at);
    }
}
