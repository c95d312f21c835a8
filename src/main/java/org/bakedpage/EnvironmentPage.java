package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page that gives scripts the settings of this start: an object of JSON (RFC 8259) of the variables with its prefix. */
final class EnvironmentPage {

    static final String PREFIX = "SITE_ENV_";
    /** SECURITY: what names itself is public; nothing else of the environment is. */
    private static final int MAX_BYTES = 64 << 10;

    private EnvironmentPage() {
    }

    /**
     * @return null where no variable has the prefix
     * @throws IllegalArgumentException if it is longer than 64 KiB
     */
    static Page of(Map<String, String> environment) {
        Map<String, String> members = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && name.length() > PREFIX.length()) {
                members.put(name.substring(PREFIX.length()), value);
            }
        });
        if (members.isEmpty()) {
            return null;
        }
        String json = members.entrySet().stream().map(member -> quoted(member.getKey()) + ":" + quoted(member.getValue()))
                .collect(Collectors.joining(",", "{", "}\n"));
        byte[] content = json.getBytes(UTF_8);
        if (content.length > MAX_BYTES) {
            throw new IllegalArgumentException(PREFIX + "*: " + content.length + " bytes, and there may be " + MAX_BYTES);
        }
        return new Page("application/json", "no-cache", List.of(Representation.of(Coding.IDENTITY, content)));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ' || c == 0x7F) {
                quoted.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xF, 16));
            } else {
                quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
