package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One response as it came over the wire; a character is a byte. */
record Response(String head, String content) {

    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: ([0-9]+)\r\n");

    /** What was received, which must be whole responses to GET and nothing else. */
    static List<Response> list(String received) {
        List<Response> responses = new ArrayList<>();
        for (int at = 0; at < received.length();) {
            int end = received.indexOf("\r\n\r\n", at) + 4;
            if (end < 4 || !received.startsWith("HTTP/1.1 ", at)) {
                throw new AssertionError("no response begins with: " + received.substring(at));
            }
            String head = received.substring(at, end);
            Matcher length = LENGTH.matcher(head);
            boolean none = head.startsWith("HTTP/1.1 304") || head.startsWith("HTTP/1.1 204") || !length.find();
            at = end + (none ? 0 : Integer.parseInt(length.group(1)));
            if (at > received.length()) {
                throw new AssertionError("a response is cut short: " + received.substring(end));
            }
            responses.add(new Response(head, received.substring(end, at)));
        }
        return responses;
    }

    /** The status codes of what was received, separated by spaces. */
    static String statuses(String received) {
        return String.join(" ", list(received).stream().map(response -> Integer.toString(response.status())).toList());
    }

    int status() {
        return Integer.parseInt(head.substring(9, 12));
    }

    /** Null where it is not there. */
    String field(String name) {
        return head.lines().filter(line -> line.startsWith(name + ": ")).map(line -> line.substring(name.length() + 2))
                .findFirst().orElse(null);
    }

    byte[] bytes() {
        return content.getBytes(ISO_8859_1);
    }
}
