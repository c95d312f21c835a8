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

    /** SECURITY: what names itself so is public; nothing else of the environment is. */
    static final String PREFIX = "SITE_ENV_";
    private static final String SERVICE_HOST = "_SERVICE_HOST";
    private static final String PORT = "_PORT";
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
            if (name.startsWith(PREFIX) && name.length() > PREFIX.length() && !isOfService(name, environment)) {
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

    /**
     * SECURITY: whether Kubernetes has set it for a Service whose name begins with site-env, to an address within the cluster: beside
     * NAME_SERVICE_HOST it sets NAME_PORT=tcp://…, and others that begin so.
     */
    private static boolean isOfService(String name, Map<String, String> environment) {
        for (String host : environment.keySet()) {
            if (host.endsWith(SERVICE_HOST)) {
                String service = host.substring(0, host.length() - SERVICE_HOST.length());
                boolean linked = environment.getOrDefault(service + PORT, "").contains("://");
                if (linked && (name.startsWith(service + "_SERVICE_") || name.startsWith(service + PORT))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The executable has no SHA-256, and whoever sets the environment is not hostile. */
    private static AsciiString etag(byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return AsciiString.of("\"" + Long.toHexString(checksum.getValue()) + "-" + Integer.toHexString(Arrays.hashCode(content)) + "-"
                + Integer.toHexString(content.length) + "\"");
    }
}
