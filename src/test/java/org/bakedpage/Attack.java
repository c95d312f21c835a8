package org.bakedpage;

import static org.bakedpage.Behaviour.numbered;
import static org.bakedpage.Behaviour.of;
import static org.bakedpage.Behaviour.Ending.CLOSE;
import static org.bakedpage.Behaviour.Ending.END_OF_INPUT;
import static org.bakedpage.Behaviour.Ending.RESET;
import static org.bakedpage.Behaviour.Reading.NOTHING;
import static org.bakedpage.Behaviour.Reading.SLOWLY;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What one client machine can do to others. 4,900 connections are nearly as many as there may be, see SITE_MAX_CONNECTIONS. */
enum Attack {

    // What takes long to read. Of clients that flood ten are enough: their machine is as busy with more.
    MARKS_IN_A_TARGET(of(10).drips(get("/" + "?".repeat(4_000) + "#"))),
    MORE_MARKS_IN_A_TARGET(of(10).drips(get("/" + "?".repeat(8_100) + "#"))),
    MARKS_IN_AN_ABSOLUTE_TARGET(of(10).drips(get("http://x/" + "?".repeat(4_000) + "#"))),
    DOT_SEGMENTS(of(10).floods(get("/" + "a/../".repeat(790)))),
    ESCAPES(of(10).floods(get("/" + "%25".repeat(1_300)))),
    CODINGS(of(10).floods(get("/", "Accept-Encoding: " + "a;q=0.1,".repeat(900)))),
    ENTITY_TAGS(of(10).floods(get("/", "If-None-Match: " + "\"a\", ".repeat(1_400) + "\""))),
    RANGES(of(10).floods(get("/", "Range: bytes=" + "0-0,".repeat(1_800)))),
    MEDIA_TYPES(of(10).floods(get("/x", "Accept: " + "text/a;q=0.1, ".repeat(500)))),
    CONNECTION_OPTIONS(of(10).floods(get("/", "Connection: " + "clo, k, ".repeat(900)))),
    MANY_FIELDS(of(10).floods(get("/", numbered(126, "X{n}: a\r\n").strip()))),
    FIELDS_OF_16_KIB(of(10).floods(get("/", ("X: " + "a".repeat(120) + "\r\n").repeat(127).strip()))),
    HOST_PORTS(each("GET / HTTP/1.1\r\nHost: x:", "65536", "99999999999999999999", "4294967376", "-1", "+80", "0x50", "")),
    NUMBERS(each("GET / HTTP/1.1\r\nHost: x\r\n", "Content-Length: 99999999999999999999", "Content-Length: +1",
            "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF", "Range: bytes=99999999999999999999-",
            "Range: bytes=-99999999999999999999", "Range: bytes=0-9223372036854775808", "Accept-Encoding: gzip;q=99999999999999",
            "If-Modified-Since: Sun, 99999999999 Nov 1994 08:49:37 GMT", "Accept: text/html;q=1e99999")),
    EMPTY_LINES(of(10).floods("\r\n")),

    // What is not finished, on as many connections as there may be.
    CHUNKED_POSTS(of(4_900).sends(post("Transfer-Encoding: chunked", "3\r\na"))),
    POSTS_OF_A_LENGTH(of(4_900).sends(post("Content-Length: 60000", "a".repeat(1_000)))),
    LARGE_POSTS(of(4_900).sends(post("Content-Length: 60000", "a".repeat(16_000)))),
    DRIPPING_POSTS(of(4_900).sends(post("Content-Length: 60000", "a")).drips("a")),
    EXPECTING_POSTS(of(4_900).sends(post("Content-Length: 60000\r\nExpect: 100-continue", ""))),
    // 30 MB a second. With more the attackers' own machine is busy, and where the server runs on it, that is what is measured.
    HEADS_OF_120_FIELDS(of(4_900).perSecond(5_000).sends("GET / HTTP/1.1\r\n" + fields(120))),
    HEADS_THAT_GROW(of(2_000).perSecond(10_000).sends("GET / HTTP/1.1\r\n" + fields(60)).drips(fields(12))),
    LONG_FIELDS(of(4_900).sends("GET / HTTP/1.1\r\nX: " + "a".repeat(8_000))),
    LONG_FIELDS_OF_POSTS(of(4_900).perSecond(5_000).sends("POST / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(8_000))),
    LONG_REQUEST_LINES(of(4_900).sends("GET /" + "a".repeat(4_000))),
    DRIPPING_HEADS(of(4_900).sends("GET / HTTP/1.1\r\nX: ").drips("a")),
    DRIPPING_CHUNK_EXTENSIONS(of(4_900).sends(post("Transfer-Encoding: chunked", "1;")).drips("a")),
    FIELDS_IN_TRAILERS(of(4_900).sends(post("Transfer-Encoding: chunked", "0\r\n" + "X: a\r\n".repeat(120)))),
    DRIPPING_TRAILERS(of(4_900).sends(post("Transfer-Encoding: chunked", "0\r\n")).drips("X: a\r\n")),
    UPGRADES(of(4_900).sends(get("/", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQA"))),

    // What has no end.
    CHUNK_EXTENSION(of(10).sends(post("Transfer-Encoding: chunked", "1;")).floods("a")),
    TRAILERS(of(10).sends(post("Transfer-Encoding: chunked", "0\r\n")).floods("X{n}: a\r\n")),
    TINY_CHUNKS(of(10).sends(post("Transfer-Encoding: chunked", "")).floods("1\r\na\r\n")),
    MORE_TINY_CHUNKS(of(300).sends(post("Transfer-Encoding: chunked", "")).floods("1\r\na\r\n")),
    CONTENT(of(10).floods("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n" + "a".repeat(65_536))),
    REFUSED_UPLOADS(of(50).sends("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000000\r\n\r\n").floods("a".repeat(1_000))),
    NO_HTTP(of(50).sends("\26\3\1\2\0\1\0\1\374\3\3", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET /\r\n",
            "PROXY TCP4 127.0.0.1 127.0.0.1 1 1\r\n").floods("\0\377")),

    // Connections that come, and go or stay.
    TEN_THOUSAND_GETS(of(10_000).perSecond(3_500).sends(get("/"))),
    TEN_THOUSAND_IDLE(of(10_000).perSecond(3_500)),
    OPTIONS_AT_ONCE(of(1_500).perSecond(50_000).sends("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")),
    GETS_OF_950_BYTES(of(4_900).perSecond(5_000).sends(get("/", "X: " + "a".repeat(918)))),
    CONNECTS_AND_RESETS(of(100).perSecond(10_000).then(RESET)),
    GETS_AND_RESETS(of(100).perSecond(10_000).sends(get("/").repeat(10)).then(RESET)),
    CONNECTS_AND_CLOSES(of(100).perSecond(3_000).then(CLOSE)),
    POSTS_AND_RESETS(of(100).perSecond(10_000).sends(post("Content-Length: 60000", "a")).then(RESET)),
    HALF_CLOSED(of(4_900).sends(get("/")).then(END_OF_INPUT)),
    HALF_CLOSED_WITHIN_A_HEAD(of(4_900).sends("GET / HTTP/1.1\r\nHo").then(END_OF_INPUT)),
    HALF_CLOSED_WITHIN_CONTENT(of(4_900).sends(post("Content-Length: 60000", "a")).then(END_OF_INPUT)),
    HALF_CLOSED_AND_UNREAD(of(1_000).sends(get("/").repeat(100)).then(END_OF_INPUT).reads(NOTHING)),

    // Answers that are not read.
    UNREAD_GETS(unread(get("/"))),
    UNREAD_DISTINCT_GETS(unread(get("/?{n}", "X-Request-ID: {n}"))),
    UNREAD_HEADS(unread("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")),
    UNREAD_NOT_FOUND(unread(get("/{n}"))),
    UNREAD_RANGES(unread(get("/", "Range: bytes=0-0"))),
    UNREAD_OPTIONS(unread("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")),
    UNREAD_POSTS(unread(post("Content-Length: 0", ""))),
    UNREAD_EXPECTING(unread(get("/", "Expect: x"))),
    UNREAD_BEHIND_EMPTY_LINES(unread("\r\n" + get("/"))),
    UNREAD_MIX(unread(get("/") + "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n" + get("/{n}") + "\r\n" + post("Content-Length: 1", "a"))),
    /** All of whose requests are read, so that only the kernel holds something. */
    UNREAD_AND_ANSWERED(of(10_000).perSecond(3_500).sends(get("/").repeat(24)).reads(NOTHING)),
    UNREAD_PAGES(of(4_900).perSecond(1_000).sends(get("/")).reads(NOTHING)),
    UNREAD_LAST_PAGES(of(4_900).perSecond(1_000).sends(get("/", "Content-Length: 0\r\nConnection: close")).reads(NOTHING)),
    UNREAD_ENDLESSLY(of(1_000).floods(get("/")).reads(NOTHING)),
    READ_BY_BYTE(of(1_000).sends(get("/").repeat(200)).drips("").reads(SLOWLY)),

    // Floods of what is answered at once.
    PIPELINES(of(10).floods(get("/"))),
    TRACES(of(10).floods("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n")),
    HEADS_ACROSS_PIECES(of(300).sends("OPT").floods("IONS * HTTP/1.1\r\nHost:a\r\n\r\n"
            + "OPTIONS * HTTP/1.1\r\nHost:a\r\n\r\n".repeat(29) + "OPT")),
    PIECES_THAT_END_WITHIN_CONTENT(of(300).floods(post("Content-Length: 10", "aaaaaaaaaa"))),
    UNKNOWN_METHODS(of(10).floods("BREW /{n} HTTP/1.1\r\nHost: x\r\n\r\n")),
    EVERY_OTHER_MALFORMED(of(20).sends((get("/") + "GET / HTTP/1.1\r\nHost : x\r\n\r\n").repeat(100))),

    // Few connections or descriptors, and all of them taken.
    PLACES_HELD_BY_POSTS(of(300).perSecond(500).sends(post("Transfer-Encoding: chunked", "3\r\na")), places(200)),
    PLACES_HELD_BY_CONTENT(of(300).perSecond(500).sends(get("/", "Content-Length: 60000") + "a"), places(200)),
    PLACES_HELD_BY_HEADS(of(300).perSecond(500).sends("GET / HTTP/1.1\r\nHo"), places(200)),
    PLACES_HELD_BY_UNREAD_ANSWERS(of(300).perSecond(500).sends(get("/").repeat(2_000)).drips("\r\n").reads(NOTHING), places(200)),
    PLACES_HELD_BY_IDLE(of(300).perSecond(500).sends(get("/")), places(200)),
    PLACES_HELD_BY_SILENT(of(300).perSecond(500), places(200)),
    DESCRIPTORS_HELD_BY_SILENT(of(200).perSecond(100), 64),
    DESCRIPTORS_HELD_BY_IDLE(of(200).perSecond(100).sends(get("/")), 64),
    DESCRIPTORS_HELD_BY_POSTS(of(200).perSecond(100).sends(post("Content-Length: 60000", "a")), 64);

    private static final String MAX_CONNECTIONS = "SITE_MAX_CONNECTIONS";
    private static final int DEFAULT_DESCRIPTORS = 16_384;
    private static final int DEFAULT_MAX_CONNECTIONS = 5_000;

    private final Behaviour behaviour;
    private final int descriptors;
    private final Map<String, String> environment;

    Attack(Behaviour behaviour, int descriptors, Map<String, String> environment) {
        this.behaviour = behaviour;
        this.descriptors = descriptors;
        this.environment = environment;
    }

    Attack(Behaviour behaviour) {
        this(behaviour, DEFAULT_DESCRIPTORS, Map.of());
    }

    Attack(Behaviour behaviour, int descriptors) {
        this(behaviour, descriptors, Map.of());
    }

    Attack(Behaviour behaviour, Map<String, String> environment) {
        this(behaviour, DEFAULT_DESCRIPTORS, environment);
    }

    Behaviour behaviour() {
        return behaviour;
    }

    /** How many descriptors the server has. */
    int descriptors() {
        return descriptors;
    }

    /** What the server is told. */
    Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(givenEnvironment());
        all.putAll(environment);
        return all;
    }

    /** What {@code -Dattack.environment=NAME=VALUE,NAME=VALUE} says. */
    static Map<String, String> givenEnvironment() {
        return Arrays.stream(System.getProperty("attack.environment", "").split(",")).filter(setting -> !setting.isBlank())
                .map(setting -> setting.split("=", 2)).collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }

    /** How many connections the server may have at a time. */
    int maxConnections() {
        return Integer.parseInt(environment().getOrDefault(MAX_CONNECTIONS, Integer.toString(DEFAULT_MAX_CONNECTIONS)));
    }

    private static Map<String, String> places(int connections) {
        return Map.of(MAX_CONNECTIONS, Integer.toString(connections));
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    private static String get(String target, String fields) {
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n\r\n";
    }

    private static String post(String fields, String content) {
        return "POST / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n\r\n" + content;
    }

    /** Of 50 bytes each. */
    private static String fields(int count) {
        return ("X: " + "a".repeat(45) + "\r\n").repeat(count);
    }

    /** Clients that send one of these requests and then all of them over and over. */
    private static Behaviour each(String begin, String... ends) {
        String[] requests = Arrays.stream(ends).map(end -> begin + end + "\r\n\r\n").toArray(String[]::new);
        return of(10).sends(requests).floods(String.join("", requests));
    }

    /** Clients that send 2,000 requests each, then an empty line at times, for only who sends learns that it was closed. */
    private static Behaviour unread(String request) {
        return of(1_000).sends(numbered(2_000, request)).drips("\r\n").reads(NOTHING);
    }
}
