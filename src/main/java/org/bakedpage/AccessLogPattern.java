package org.bakedpage;

import io.netty.util.AsciiString;
import io.quarkus.vertx.http.runtime.AccessLogConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a line of the access log says, {@code quarkus.http.access-log.pattern}: {@code common}, {@code combined}, {@code json}, or
 * Quarkus's short attributes. What of a client is in it is escaped, so that nobody writes lines but the server.
 */
final class AccessLogPattern {

    /** Where there is nothing to say, as other servers have it. */
    static final String NOTHING = "-";

    private static final String COMMON = "%h %l %u %t \"%r\" %s %b";
    private static final String COMBINED = COMMON + " \"%{i,Referer}\" \"%{i,User-Agent}\"";
    private static final String JSON = "json";
    private static final String FIELD = "{i,";
    private static final String ATTRIBUTES = "%ahltumrHUqsbB";
    /** SECURITY: characters of one value, or a client would fill a log with its own. */
    private static final int MAX_LENGTH = 1_024;
    private static final AsciiString[] FIELDS = { AsciiString.cached("referer"), AsciiString.cached("user-agent"),
        AsciiString.cached("x-forwarded-for"), AsciiString.cached("x-request-id") };
    private static final String[] JSON_NAMES = { "referer", "user_agent", "x_forwarded_for", "x_request_id" };

    private final List<Element> elements;

    /** What is answered, of which a refused request is null. */
    record Entry(String client, String time, LoggedRequest request, int status, long bytes) {
    }

    /**
     * A part of a line.
     *
     * @param attribute the letter of one, or TEXT, FIELD or JSON
     * @param text of TEXT
     * @param field of FIELD, in lower case
     */
    private record Element(char attribute, String text, AsciiString field) {

        static final char TEXT = '"';
        static final char FIELD = '{';
        static final char JSON = '}';
    }

    private AccessLogPattern(List<Element> elements) {
        this.elements = elements;
    }

    /** @return null where only Quarkus's own log can do what is wanted */
    static AccessLogPattern of(AccessLogConfig config) {
        boolean plain = !config.logToFile() && config.excludePattern().isEmpty() && !config.consolidateReroutedRequests()
                && config.maskedHeaders().isEmpty() && config.maskedCookies().isEmpty();
        return plain ? of(config.pattern()) : null;
    }

    /** @return null if it has an attribute that is not known here */
    static AccessLogPattern of(String pattern) {
        return switch (pattern) {
            case "common" -> compile(COMMON);
            case "combined" -> compile(COMBINED);
            // Of several lines.
            case "long" -> null;
            case JSON -> new AccessLogPattern(List.of(new Element(Element.JSON, null, null)));
            default -> compile(pattern);
        };
    }

    /** Whether it is one that Quarkus's own log would take for a text. */
    static boolean isOwn(String pattern) {
        return pattern.equals(JSON);
    }

    private static AccessLogPattern compile(String pattern) {
        List<Element> elements = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            int percent = pattern.indexOf('%', at);
            int end = percent < 0 ? pattern.length() : percent;
            if (end > at) {
                elements.add(new Element(Element.TEXT, pattern.substring(at, end), null));
            }
            at = end;
            if (percent >= 0) {
                boolean field = pattern.startsWith(FIELD, percent + 1) && pattern.indexOf('}', percent) > 0;
                at = field ? pattern.indexOf('}', percent) + 1 : Math.min(percent + 2, pattern.length());
                if (field) {
                    String name = pattern.substring(percent + 1 + FIELD.length(), at - 1).strip();
                    elements.add(new Element(Element.FIELD, null, new AsciiString(name.toLowerCase(Locale.ROOT))));
                } else if (at == percent + 2 && ATTRIBUTES.indexOf(pattern.charAt(at - 1)) >= 0) {
                    elements.add(new Element(pattern.charAt(at - 1), null, null));
                } else {
                    return null;
                }
            }
        }
        return elements.isEmpty() ? null : new AccessLogPattern(elements);
    }

    void append(Entry entry, StringBuilder line) {
        for (int i = 0; i < elements.size(); i++) {
            append(elements.get(i), entry, line);
        }
        line.append('\n');
    }

    private static void append(Element element, Entry entry, StringBuilder line) {
        LoggedRequest request = entry.request();
        switch (element.attribute()) {
            case Element.TEXT -> line.append(element.text());
            case Element.FIELD -> append(request == null ? null : request.field(element.field()), line);
            case Element.JSON -> appendJson(entry, line);
            case '%' -> line.append('%');
            case 'a', 'h' -> line.append(entry.client());
            case 't' -> appendTime(entry.time(), line);
            case 'r' -> appendLine(request, line);
            case 'm' -> append(request == null ? null : request.method(), line);
            case 'H' -> append(request == null ? null : request.protocol(), line);
            case 'U' -> append(request == null ? null : path(request.target()), line);
            case 'q' -> append(request == null ? "" : query(request.target()), line);
            case 's' -> line.append(entry.status());
            case 'B' -> line.append(entry.bytes());
            case 'b' -> line.append(entry.bytes() == 0 ? NOTHING : Long.toString(entry.bytes()));
            // l and u: who it is, nobody has asked.
            default -> line.append(NOTHING);
        }
    }

    private static String path(String target) {
        return target.indexOf('?') < 0 ? target : target.substring(0, target.indexOf('?'));
    }

    /** With its question mark. */
    private static String query(String target) {
        return target.indexOf('?') < 0 ? "" : target.substring(target.indexOf('?'));
    }

    /** Of a Date field: {@code Sun, 29 Nov 2026 12:23:26 GMT} is {@code [29/Nov/2026:12:23:26 +0000]}. */
    private static void appendTime(String date, StringBuilder line) {
        line.append('[').append(date, 5, 7).append('/').append(date, 8, 11).append('/').append(date, 12, 16).append(':')
                .append(date, 17, 25).append(" +0000]");
    }

    private static void appendLine(LoggedRequest request, StringBuilder line) {
        if (request == null) {
            line.append(NOTHING);
            return;
        }
        append(request.method(), line);
        append(request.target(), line.append(' '));
        append(request.protocol(), line.append(' '));
    }

    private static void append(String value, StringBuilder line) {
        if (value == null) {
            line.append(NOTHING);
            return;
        }
        int end = Math.min(value.length(), MAX_LENGTH);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
                line.append("\\x").append(hex(c >> 4)).append(hex(c));
            } else {
                line.append(c);
            }
        }
        line.append(end < value.length() ? "..." : "");
    }

    private static char hex(int digit) {
        return Character.forDigit(digit & 0xF, 16);
    }

    private static void appendJson(Entry entry, StringBuilder line) {
        LoggedRequest request = entry.request();
        line.append("{\"time\":\"");
        appendInstant(entry.time(), line);
        line.append("\",\"client\":\"").append(entry.client()).append('"');
        if (request != null) {
            appendJson("method", request.method(), line);
            appendJson("target", request.target(), line);
            appendJson("protocol", request.protocol(), line);
        }
        line.append(",\"status\":").append(entry.status()).append(",\"bytes\":").append(entry.bytes());
        for (int i = 0; request != null && i < FIELDS.length; i++) {
            String value = request.field(FIELDS[i]);
            if (value != null) {
                appendJson(JSON_NAMES[i], value, line);
            }
        }
        line.append('}');
    }

    /** Of a Date field: {@code Sun, 29 Nov 2026 12:23:26 GMT} is {@code 2026-11-29T12:23:26Z}, RFC 3339. */
    private static void appendInstant(String date, StringBuilder line) {
        int month = HttpDate.month(date, 8);
        line.append(date, 12, 16).append(month < 10 ? "-0" : "-").append(month).append('-').append(date, 5, 7).append('T')
                .append(date, 17, 25).append('Z');
    }

    /** RFC 8259 section 7; what is no ASCII is escaped, for nobody knows what a client's bytes are. */
    private static void appendJson(String name, String value, StringBuilder line) {
        line.append(",\"").append(name).append("\":\"");
        int end = Math.min(value.length(), MAX_LENGTH);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c >= 0x7F) {
                line.append("\\u00").append(hex(c >> 4)).append(hex(c));
            } else {
                line.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        line.append(end < value.length() ? "..." : "").append('"');
    }
}
