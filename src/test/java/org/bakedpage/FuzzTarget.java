package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What reads hostile input, and what holds for any. A failure is what a check throws, or that it does not end. Public for Jazzer. */
public enum FuzzTarget {

    COMMON_REQUEST(input -> checkCommonRequest(new String(input, ISO_8859_1)), 1_400),
    REQUEST_STREAM(input -> DecodedStream.check(new String(input, ISO_8859_1)), 1_600),
    REDIRECTS(RuleFileRules::checkRedirects, 1_500),
    HEADERS(RuleFileRules::checkHeaders, 1_500),
    SITE(DamagedSite::check, 64),
    FIELD_VALUES(input -> FieldValueRules.check(new String(input, ISO_8859_1)), 400),
    TIME(input -> FieldValueRules.checkTime(new String(input, ISO_8859_1)), 48);

    /** Each step of a short head, and some of a long one. */
    private static final int MAX_STEPS = 200;
    private static final CommonRequestComparison COMPARISON = new CommonRequestComparison();

    private static FuzzTarget searched;

    private final Consumer<byte[]> check;
    private final int maxLength;

    FuzzTarget(Consumer<byte[]> check, int maxLength) {
        this.check = check;
        this.maxLength = maxLength;
    }

    void check(byte[] input) {
        check.accept(input);
    }

    /** In bytes: what is longer tells no more. */
    int maxLength() {
        return maxLength;
    }

    /** Of files and folders. */
    String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where a search begins. */
    List<String> seeds() {
        return switch (this) {
            case COMMON_REQUEST -> RealHeads.ALL.stream().map(head -> head + "\r\n").toList();
            case REQUEST_STREAM -> streams();
            case REDIRECTS -> List.of("/a /b\n/c/* /d/:splat 302!\n# x\n"
                    + "/:y/z https://x.example:8/:y?q=:y#f 307\n/app/* 200\n/x /404.html 404\n");
            case HEADERS -> List.of("/*\n  X-A: b\n  ! X-B\n# c\n"
                    + "/docs/:page\n  Vary: :page\n  Set-Cookie: a\n/index.html\n  Content-Type: text/html; x\n");
            case SITE -> List.of("\0\0\0\1\1", "\1\0", "\0\1");
            case FIELD_VALUES -> List.of("a/../%41?b\nbytes=0-9\ngzip;q=0.5, br, *;q=0\n\"a\", W/\"b\"\n*\nSun, 06 Nov 1994 08:49:37 GMT\n"
                    + "Sunday, 06-Nov-94 08:49:37 GMT\nSun Nov  6 08:49:37 1994\ntext/html, text/markdown;q=0.9\n[::1]:80");
            case TIME -> List.of("\0bytes=\0000-\0", "\1a\0;q=\"\\\0", "\2\"\0\",\0", "\5%4\0/../\0", "\tx\0/b/\0");
        };
    }

    private static List<String> streams() {
        List<String> streams = new ArrayList<>(COMMON_REQUEST.seeds());
        String post = "POST /a?b HTTP/1.1\r\nHost: x\r\n";
        streams.add(post + "Content-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: y\r\nConnection: x, close\r\n\r\n");
        streams.add(post + "Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\n\r\nGET http://x/ HTTP/1.0\r\n\r\n");
        streams.add("\r\n" + post + "Transfer-Encoding: Chunked\r\n\r\n0a \t;x\r\n0123456789\r\n0\r\nX: y\r\n\r\n");
        return streams;
    }

    /** Besides what CommonRequestComparison asks: the beginning of a head that is taken is never taken, and it is logged in its line. */
    private static void checkCommonRequest(String input) {
        int length = COMPARISON.assertReadAlike(input);
        CommonRequest request = COMPARISON.request();
        if (length > 0) {
            FieldValueRules.checkLog(request);
        }
        byte[] bytes = input.getBytes(ISO_8859_1);
        boolean declined = false;
        for (int to = 0; to < bytes.length; to += to < MAX_STEPS ? 1 : 1 + bytes.length / MAX_STEPS) {
            int result = request.parse(bytes, 0, to);
            declined |= result == CommonRequest.DECLINED;
            assertEquals(length > 0 && to >= length ? length : declined ? CommonRequest.DECLINED : CommonRequest.INCOMPLETE, result);
        }
        assertTrue(!declined || length == CommonRequest.DECLINED, "declined only as long as it is not whole");
    }

    /** For Jazzer, which calls it once, with the target's name. */
    public static void fuzzerInitialize(String[] names) {
        searched = valueOf(names[0]);
    }

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        searched.check(input);
    }
}
