package org.bakedpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.util.AsciiString;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

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
        String json = members.entrySet().stream()
                .map(member -> JsonText.quoted(member.getKey()) + ":" + JsonText.quoted(member.getValue()))
                .collect(Collectors.joining(",", "{", "}\n"));
        byte[] content = json.getBytes(UTF_8);
        if (content.length > MAX_BYTES) {
            throw new IllegalArgumentException(PREFIX + "*: " + content.length + " bytes, and there may be " + MAX_BYTES);
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(content.length).put(content).flip();
        return new Page("application/json", "no-cache", List.of(new Representation(Coding.IDENTITY, direct, etag(content))));
    }

    /** The executable has no SHA-256, and whoever sets the environment is not hostile. */
    private static AsciiString etag(byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return AsciiString.of("\"" + Long.toHexString(checksum.getValue()) + "-" + Integer.toHexString(Arrays.hashCode(content)) + "-"
                + Integer.toHexString(content.length) + "\"");
    }
}
