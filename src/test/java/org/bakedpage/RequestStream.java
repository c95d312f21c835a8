package org.bakedpage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Bytes that a client may send on one connection, after which the server closes it. A character is a byte. */
record RequestStream(String bytes) {

    private static final String END = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private static final List<String> PATHS = List.of("/", "/index.html", "/favicon.svg", "/favicon.ico", "/nothing", "/?q",
            "/?a=b|c", "/%69ndex.html", "/a/../", "/404.html", "//", "/%00", "/%zz");
    private static final List<String> FIELDS = List.of("", "Accept-Encoding: gzip\r\n", "Accept-Encoding: br, zstd\r\n",
            "Connection: keep-alive\r\n", "Range: bytes=0-9\r\n", "Range: bytes=-5\r\n", "If-None-Match: *\r\n",
            "If-None-Match: \"a\"\r\n", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n", "X: y\r\n", "Expect: z\r\n",
            "Upgrade: h2c\r\n", "Content-Length: 0\r\n", "Accept: text/html\r\n", "Connection: x\r\n", "If-Match: \"a\"\r\n", "If-Match: *\r\n",
            "Range: bytes=0-9\r\nIf-Range: \"a\"\r\n", "Range: bytes=0-0\r\nRange: bytes=2-2\r\n", "Accept-Encoding: ;\r\n");
    private static final List<String> LAST_FIELDS = List.of("Connection: x, close\r\n", "Connection: keep-alive\r\nConnection: close\r\n",
            "Transfer-Encoding: identity\r\n", "Transfer-Encoding: gzip, chunked\r\n", ": x\r\n");
    private static final List<String> VERSIONS = List.of(" HTTP/1.1\r\nHost: x\r\n", " HTTP/1.1\r\nHost: x\r\n",
            " HTTP/1.0\r\nConnection: keep-alive\r\n", " HTTP/1.0\r\nHost: x\r\nConnection: Keep-Alive\r\n");
    private static final List<String> LAST_VERSIONS = List.of(" HTTP/1.0\r\n", " HTTP/1.0\r\nHost: x\r\n");
    private static final List<String> MALFORMED = List.of("GET / HTTP/1.1\r\n\r\n", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\nHost: x\n\n", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "GET / HTTP/9.9\r\nHost: x\r\n\r\n", "\0\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX : y\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n y\r\n\r\n");

    private static final List<String> BEHIND = List.of("", "", "", "\r\n", "G", END,
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");

    /** Requests of which most are for the fast path, between others that are near them or look like them. */
    static RequestStream random(Random random) {
        StringBuilder stream = new StringBuilder();
        List<String> favourites = List.of(request(random), request(random));
        for (int i = random.nextInt(12); i >= 0; i--) {
            stream.append(switch (random.nextInt(10)) {
                case 0 -> request(random);
                case 1 -> withContent(random, favourites.get(0));
                case 2 -> withChunks(random, favourites.get(0));
                case 3 -> random.nextInt(4) == 0 ? "\r" : "\r\n";
                default -> favourites.get(random.nextInt(favourites.size()));
            });
        }
        return new RequestStream(stream + switch (random.nextInt(6)) {
            case 0 -> pick(random, MALFORMED);
            case 1 -> mutated(random, favourites.get(0)) + "\r\n\r\n" + END;
            default -> END + pick(random, BEHIND);
        });
    }

    /** Pieces of it, each of which is sent by itself. */
    List<String> split(Random random) {
        List<String> parts = new ArrayList<>();
        int longest = 1 + random.nextInt(bytes.length());
        for (int at = 0; at < bytes.length();) {
            int end = Math.min(bytes.length(), at + 1 + random.nextInt(longest));
            parts.add(bytes.substring(at, end));
            at = end;
        }
        return parts;
    }

    private static String request(Random random) {
        if (random.nextInt(3) > 0) {
            return pick(random, RealHeads.ALL) + "\r\n";
        }
        return pick(random, List.of("GET ", "GET ", "GET ", "HEAD ", "OPTIONS ", "POST ", "BREW ")) + pick(random, PATHS)
                + (random.nextInt(20) == 0 ? pick(random, LAST_VERSIONS) : pick(random, VERSIONS)) + pick(random, FIELDS)
                + (random.nextBoolean() ? "" : pick(random, FIELDS))
                + (random.nextInt(20) == 0 ? pick(random, LAST_FIELDS) : "") + "\r\n";
    }

    /** Content that is itself a request. */
    private static String withContent(Random random, String content) {
        return "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: " + content.length() + "\r\n"
                + pick(random, FIELDS.subList(0, 4)) + "\r\n" + content;
    }

    private static String withChunks(Random random, String content) {
        return "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n" + pick(random, FIELDS.subList(0, 4)) + "\r\n"
                + Integer.toHexString(content.length()) + "\r\n" + content + "\r\n0\r\n\r\n";
    }

    private static String mutated(Random random, String request) {
        int at = random.nextInt(request.length());
        return request.substring(0, at) + (char) random.nextInt(256) + request.substring(at + 1);
    }

    private static String pick(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
