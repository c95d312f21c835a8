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

    /** To which Quarkus's log would write; a category of its own may have handlers of its own. */
    private static final String CATEGORY = "io.quarkus.http.access-log";
    private static final String COMMON = "%h %l %u %t \"%r\" %s %b";
    private static final String COMBINED = COMMON + " \"%{i,Referer}\" \"%{i,User-Agent}\"";
    private static final String JSON = "json";
    private static final String FIELD = "{i,";
    private static final String ATTRIBUTES = "%ahltumrHUqsbB";
    private static final AsciiString[] FIELDS = { AsciiString.cached("referer"), AsciiString.cached("user-agent"),
        AsciiString.cached("x-forwarded-for"), AsciiString.cached("x-request-id") };
    private static final String[] FIELD_KEYS = { ",\"referer\":\"", ",\"user_agent\":\"", ",\"x_forwarded_for\":\"", ",\"x_request_id\":\"" };

    private final List<Element> elements;

    private static final List<String> NAMES = List.of(JSON, "common", "combined", "long");

    /** What is answered, of which a refused request is null; the time is as {@link #time} has it. */
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
        boolean plain = config.category().equals(CATEGORY) && !config.logToFile() && config.excludePattern().isEmpty()
                && !config.consolidateReroutedRequests() && config.maskedHeaders().isEmpty() && config.maskedCookies().isEmpty();
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

    /** What is wrong with a pattern, be it of this log or of Quarkus's own; null for nothing. */
    static String error(String pattern) {
        if (pattern.indexOf('%') < 0 && !NAMES.contains(pattern)) {
            return "says nothing of a request: give " + String.join(", ", NAMES) + ", or attributes, as %h";
        }
        int brace = pattern.lastIndexOf("%{");
        return brace >= 0 && pattern.indexOf('}', brace) < 0 ? "has a %{ without a }" : null;
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

    boolean isJson() {
        return elements.get(0).attribute() == Element.JSON;
    }

    /** Of a Date field: {@code Sun, 29 Nov 2026 12:23:26 GMT} is {@code [29/Nov/2026:12:23:26 +0000]}; in JSON as RFC 3339 has it. */
    String time(String date) {
        if (!isJson()) {
            return "[" + date.substring(5, 7) + "/" + date.substring(8, 11) + "/" + date.substring(12, 16) + ":" + date.substring(17, 25)
                    + " +0000]";
        }
        int month = HttpDate.month(date, 8);
        return date.substring(12, 16) + (month < 10 ? "-0" : "-") + month + "-" + date.substring(5, 7) + "T" + date.substring(17, 25) + "Z";
    }

    void append(Entry entry, LogText line) {
        for (int i = 0; i < elements.size(); i++) {
            append(elements.get(i), entry, line);
        }
        line.append('\n');
    }

    private static void append(Element element, Entry entry, LogText line) {
        LoggedRequest request = entry.request();
        switch (element.attribute()) {
            case Element.TEXT -> line.append(element.text());
            case Element.JSON -> appendJson(entry, line);
            case '%' -> line.append('%');
            case 'a', 'h' -> line.append(entry.client());
            case 't' -> line.append(entry.time());
            case 's' -> line.append(entry.status());
            case 'B' -> line.append(entry.bytes());
            case 'b' -> appendUnlessZero(entry.bytes(), line);
            // Who it is nobody has asked.
            case 'l', 'u' -> line.append(NOTHING);
            default -> {
                if (request == null) {
                    line.append(element.attribute() == 'q' ? "" : NOTHING);
                } else {
                    append(element, request, line);
                }
            }
        }
    }

    private static void append(Element element, LoggedRequest request, LogText line) {
        switch (element.attribute()) {
            case Element.FIELD -> {
                if (!request.appendField(element.field(), line)) {
                    line.append(NOTHING);
                }
            }
            case 'm' -> line.appendValue(request.method());
            case 'H' -> line.append(request.protocol());
            case 'U' -> line.appendValue(path(request.target()));
            case 'q' -> line.appendValue(request.target().substring(path(request.target()).length()));
            default -> {
                line.appendValue(request.method());
                request.appendTarget(line.append(' '));
                line.append(' ').append(request.protocol());
            }
        }
    }

    private static void appendUnlessZero(long number, LogText line) {
        if (number == 0) {
            line.append(NOTHING);
        } else {
            line.append(number);
        }
    }

    private static String path(String target) {
        return target.indexOf('?') < 0 ? target : target.substring(0, target.indexOf('?'));
    }

    private static void appendJson(Entry entry, LogText line) {
        LoggedRequest request = entry.request();
        line.append("{\"time\":\"").append(entry.time()).append("\",\"client\":\"").append(entry.client()).append('"');
        if (request != null) {
            line.append(",\"method\":\"").appendValue(request.method());
            request.appendTarget(line.append("\",\"target\":\""));
            line.append("\",\"protocol\":\"").append(request.protocol()).append('"');
        }
        line.append(",\"status\":").append(entry.status()).append(",\"bytes\":").append(entry.bytes());
        for (int i = 0; request != null && i < FIELDS.length; i++) {
            int before = line.length();
            if (request.appendField(FIELDS[i], line.append(FIELD_KEYS[i]))) {
                line.append('"');
            } else {
                line.setLength(before);
            }
        }
        line.append('}');
    }
}
