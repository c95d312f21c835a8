import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Requests of browsers as an ingress passes them on: 21 lines, about 800 bytes, and no two are the same. The field lines in
 * front are those that ingress-nginx sets for its upstream; the client's own follow.
 */
final class IngressRequests {

    static final int COUNT = 20_000;

    /** One head after the other, each with its empty line. */
    static final Path FILE = Path.of("target/bench/ingress-requests");

    private static final long SEED = 20_250_102;

    private IngressRequests() {
    }

    static void write() throws IOException {
        Random random = new Random(SEED);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < COUNT; i++) {
            all.append("GET / HTTP/1.1\r\n").append(String.join("\r\n", fields(random))).append("\r\n\r\n");
        }
        Path unfinished = FILE.resolveSibling(FILE.getFileName() + ".unfinished");
        Files.createDirectories(FILE.getParent());
        Files.writeString(unfinished, all, StandardCharsets.US_ASCII);
        Files.move(unfinished, FILE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Those of one request, to ask a contender with before the load. */
    static List<String> example() {
        return fields(new Random(SEED));
    }

    private static List<String> fields(Random random) {
        // 198.18.0.0/15 is for benchmarks, RFC 2544, appendix C.2.2.
        String client = "198.%d.%d.%d".formatted(18 + random.nextInt(2), random.nextInt(256), 1 + random.nextInt(254));
        return List.of(
                "Host: www.example.org",
                "X-Request-ID: " + hex(random, 16),
                "X-Real-IP: " + client,
                "X-Forwarded-For: " + client,
                "X-Forwarded-Host: www.example.org",
                "X-Forwarded-Port: 443",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Scheme: https",
                "X-Scheme: https",
                "traceparent: 00-" + hex(random, 16) + "-" + hex(random, 8) + "-01",
                "Sec-CH-UA: \"Chromium\";v=\"142\", \"Not_A Brand\";v=\"99\"",
                "Sec-CH-UA-Platform: \"Linux\"",
                "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
                        + " Safari/537.36",
                "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
                "Sec-Fetch-Site: none",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document",
                "Accept-Encoding: gzip, deflate, br, zstd",
                "Accept-Language: en-GB,en;q=0.9",
                "Cookie: session=" + hex(random, 16) + "; theme=dark");
    }

    private static String hex(Random random, int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }
}
