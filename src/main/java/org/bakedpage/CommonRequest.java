package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Arrays;

/**
 * A request as nearly every client sends it, read once from the bytes that arrived. One for each event loop, which uses it
 * anew for each request.
 * SECURITY: request smuggling lives on what two parsers read differently. This one takes only heads of which there is one
 * reading (RFC 9112: line ends of CR LF, tokens, visible characters, exactly one Host, no content, HTTP/1.1 or HTTP/1.0) and
 * declines all others untouched. It never says where content ends and never refuses: that is for the codec.
 */
final class CommonRequest implements RequestFields, LoggedRequest {

    /** What arrived is right so far, and is not a whole head. */
    static final int INCOMPLETE = 0;
    /** What arrived is for the codec. */
    static final int DECLINED = -1;

    private static final AsciiString[] NAMES = {
        HttpHeaderNames.HOST, HttpHeaderNames.CONNECTION, HttpHeaderNames.ACCEPT, HttpHeaderNames.ACCEPT_ENCODING,
        HttpHeaderNames.RANGE, HttpHeaderNames.IF_RANGE, HttpHeaderNames.IF_MATCH, HttpHeaderNames.IF_UNMODIFIED_SINCE,
        HttpHeaderNames.IF_MODIFIED_SINCE, HttpHeaderNames.IF_NONE_MATCH,
        HttpHeaderNames.CONTENT_LENGTH, HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderNames.EXPECT, HttpHeaderNames.UPGRADE };
    private static final int HOST = 0;
    private static final int CONNECTION = 1;
    private static final int ACCEPT_ENCODING = 3;
    private static final int RANGE = 4;
    private static final int IF_NONE_MATCH = 9;
    /** From here on: fields that ask for more than an answer. */
    private static final int FIRST_DECLINED = 10;
    /** Every field of another name. */
    private static final int OTHER = -1;
    private static final int ABSENT = -1;

    private static final byte[] GET = "GET ".getBytes(US_ASCII);
    private static final byte[] HEAD = "HEAD ".getBytes(US_ASCII);
    private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(US_ASCII);
    /** What nginx sends as a proxy by default. */
    private static final byte[] OLD_VERSION = " HTTP/1.0\r\n".getBytes(US_ASCII);
    private static final byte[] KEEP_ALIVE = "keep-alive".getBytes(US_ASCII);
    private static final byte[] CLOSE = "close".getBytes(US_ASCII);

    private static final int MAX_NAME_LENGTH = 19;
    /** By length: which of NAMES have it. */
    private static final int[][] BY_LENGTH = new int[MAX_NAME_LENGTH + 1][0];
    /** By byte: itself, letters in lower case, where a token may have it, RFC 9110 section 5.6.2; else 0. */
    private static final byte[] TOKEN = new byte[256];
    /** By byte: whether a field value may have it, RFC 9110 section 5.5. */
    private static final boolean[] VALUE = new boolean[256];
    /** By byte: whether the target may have it; RequestRules takes the same. */
    private static final boolean[] TARGET = new boolean[256];
    /** By byte: whether a host's name may have it as it is, RFC 3986 section 3.2.2. */
    private static final boolean[] HOST_NAME = new boolean[256];
    /** No such number is too large for a port. */
    private static final int PLAIN_PORT_DIGITS = 4;

    static {
        for (int field = 0; field < NAMES.length; field++) {
            int[] same = BY_LENGTH[NAMES[field].length()];
            same = Arrays.copyOf(same, same.length + 1);
            same[same.length - 1] = field;
            BY_LENGTH[NAMES[field].length()] = same;
        }
        for (int c = 0; c < 256; c++) {
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean token = letter || c >= '0' && c <= '9' || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
            TOKEN[c] = (byte) (letter ? c | 0x20 : token ? c : 0);
            VALUE[c] = c >= ' ' && c != 0x7F || c == '\t';
            TARGET[c] = c > ' ' && c != 0x7F && c != '#';
            HOST_NAME[c] = Host.isOfName((char) c);
        }
    }

    private final int maxLineLength;
    private final int maxFieldsLength;
    private final int[] starts = new int[FIRST_DECLINED];
    private final int[] ends = new int[FIRST_DECLINED];

    private byte[] bytes;
    private int to;
    private int at;
    private boolean head;
    private boolean old;
    private boolean last;
    private int pathStart;
    private int pathEnd;
    private int pathHash;
    private boolean pathPlain;
    private int targetEnd;
    /** Where each field line begins. */
    private final int[] lines = new int[RequestSyntax.MAX_FIELDS];
    private int lineCount;

    /**
     * @param maxLineLength of the request line without its end, in bytes
     * @param maxFieldsLength of all field lines with their ends, in bytes
     */
    CommonRequest(int maxLineLength, int maxFieldsLength) {
        this.maxLineLength = maxLineLength;
        this.maxFieldsLength = maxFieldsLength;
    }

    /**
     * Reads the head that begins at {@code from}.
     *
     * @return its length in bytes, {@link #INCOMPLETE} or {@link #DECLINED}
     */
    int parse(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.to = to;
        Arrays.fill(starts, ABSENT);
        at = from;
        int result = parseRequestLine();
        int fields = at;
        for (lineCount = 0; result > 0 && (at == to || bytes[at] != '\r'); lineCount++) {
            if (lineCount == lines.length) {
                result = DECLINED;
                break;
            }
            lines[lineCount] = at;
            result = parseField();
        }
        // The line is counted without its end, of which the first half may be there.
        int endBegun = to > from && bytes[to - 1] == '\r' ? 1 : 0;
        boolean fits = result == INCOMPLETE && fields == from ? to - from - endBegun <= maxLineLength
                : (result == INCOMPLETE ? to : at) - fields <= maxFieldsLength;
        if (result <= 0 || !fits) {
            return fits ? result : DECLINED;
        }
        if (at + 1 == to) {
            return INCOMPLETE;
        }
        return bytes[at + 1] == '\n' && isHostValid() && isConnectionKnown() ? at + 2 - from : DECLINED;
    }

    /** Whether a token may have it, RFC 9110 section 5.6.2. */
    static boolean isToken(int c) {
        return c >= 0 && c < TOKEN.length && TOKEN[c] != 0;
    }

    /** @return 1 where it is whole; then {@link #at} is behind it */
    private int parseRequestLine() {
        int from = at;
        int end = skip(GET, from);
        head = end == DECLINED;
        if (head) {
            end = skip(HEAD, from);
        }
        if (end > 0 && end < to && bytes[end] != '/') {
            return DECLINED;
        }
        if (end > 0) {
            parseTarget(end);
            end = targetEnd == to ? INCOMPLETE : skip(VERSION, targetEnd);
            old = end == DECLINED;
            if (old) {
                end = skip(OLD_VERSION, targetEnd);
            }
        }
        if (end <= 0) {
            return end;
        }
        at = end;
        return end - from - 2 <= maxLineLength ? 1 : DECLINED;
    }

    /** @return where this text, which is to stand there, ends */
    private int skip(byte[] text, int from) {
        for (int i = 0; i < text.length; i++) {
            if (from + i == to) {
                return INCOMPLETE;
            }
            if (bytes[from + i] != text[i]) {
                return DECLINED;
            }
        }
        return from + text.length;
    }

    /** RFC 9112 section 3.2.1. */
    private void parseTarget(int from) {
        int i = from;
        int hash = 0;
        byte previous = 0;
        pathPlain = true;
        for (; i < to && TARGET[bytes[i] & 0xFF] && bytes[i] != '?'; i++) {
            byte b = bytes[i];
            pathPlain &= b > 0 && b != '%' && (previous != '/' || b != '/' && b != '.');
            hash = SiteFormat.hash(hash, b);
            previous = b;
        }
        pathStart = from;
        pathEnd = i;
        pathHash = hash;
        while (i < to && TARGET[bytes[i] & 0xFF]) {
            i++;
        }
        targetEnd = i;
    }

    /** @return 1 where it is whole; then {@link #at} is behind it */
    private int parseField() {
        int i = at;
        while (i < to && TOKEN[bytes[i] & 0xFF] != 0) {
            i++;
        }
        if (i == to) {
            return INCOMPLETE;
        }
        if (i == at || bytes[i] != ':') {
            return DECLINED;
        }
        int field = field(i - at);
        do {
            i++;
        } while (i < to && (bytes[i] == ' ' || bytes[i] == '\t'));
        int start = i;
        while (i < to && VALUE[bytes[i] & 0xFF]) {
            i++;
        }
        if (i == to || i + 1 == to && bytes[i] == '\r') {
            return INCOMPLETE;
        }
        at = i + 2;
        boolean taken = bytes[i] == '\r' && bytes[i + 1] == '\n' && (field == OTHER || keep(field, start, i));
        return taken ? 1 : DECLINED;
    }

    private int field(int length) {
        if (length <= MAX_NAME_LENGTH) {
            for (int field : BY_LENGTH[length]) {
                if (equalsIgnoreCase(NAMES[field].array(), at, at + length)) {
                    return field;
                }
            }
        }
        return OTHER;
    }

    /** @return whether it is one that is taken, and the first of its name */
    private boolean keep(int field, int start, int end) {
        if (field >= FIRST_DECLINED || starts[field] != ABSENT) {
            return false;
        }
        int last = end;
        while (last > start && (bytes[last - 1] == ' ' || bytes[last - 1] == '\t')) {
            last--;
        }
        starts[field] = start;
        ends[field] = last;
        return true;
    }

    /** @param text in lower case, of characters of tokens only */
    private boolean equalsIgnoreCase(byte[] text, int start, int end) {
        if (end - start != text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (TOKEN[bytes[start + i] & 0xFF] != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** RFC 9112 section 3.2. Nearly every Host is a name or an address of IPv4, with or without a port. */
    private boolean isHostValid() {
        if (!has(HOST)) {
            return false;
        }
        int i = starts[HOST];
        int end = ends[HOST];
        while (i < end && HOST_NAME[bytes[i] & 0xFF]) {
            i++;
        }
        if (i < end && bytes[i] == ':' && end - i <= 1 + PLAIN_PORT_DIGITS) {
            do {
                i++;
            } while (i < end && bytes[i] >= '0' && bytes[i] <= '9');
        }
        return i == end || Host.isValid(value(HOST));
    }

    /** RFC 9112 section 9.3: any other option is for who knows it. */
    private boolean isConnectionKnown() {
        boolean close = has(CONNECTION) && equalsIgnoreCase(CLOSE, starts[CONNECTION], ends[CONNECTION]);
        boolean kept = has(CONNECTION) && equalsIgnoreCase(KEEP_ALIVE, starts[CONNECTION], ends[CONNECTION]);
        last = close || old && !kept;
        return close || kept || !has(CONNECTION);
    }

    /** Whether it is HEAD; else it is GET. */
    boolean isHead() {
        return head;
    }

    /** Whether no other is answered behind it, RFC 9112 sections 9.3 and 9.6. */
    boolean isLast() {
        return last;
    }

    /** Whether it is of HTTP/1.0, to which an answer has to say that the connection stays, RFC 9112 section 9.3. */
    boolean isOld() {
        return old;
    }

    /** The entry of the page at the path, which has nothing to decode or to remove; NONE where there is none, or there is. */
    int find(Site site) {
        return pathPlain ? site.find(bytes, pathStart, pathEnd, pathHash) : SiteFormat.NONE;
    }

    /** Whether it is what it says: nothing to decode, and no segment to remove. */
    boolean isPathPlain() {
        return pathPlain;
    }

    boolean hasQuery() {
        return targetEnd > pathEnd;
    }

    /** As it was sent, a character for a byte. */
    String path() {
        return new String(bytes, pathStart, pathEnd - pathStart, ISO_8859_1);
    }

    @Override
    public String method() {
        return head ? "HEAD" : "GET";
    }

    @Override
    public String protocol() {
        return (old ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1).text();
    }

    @Override
    public boolean appendField(AsciiString name, LogText line) {
        for (int i = 0; i < lineCount; i++) {
            int start = lines[i];
            int colon = start + name.length();
            if (colon < to && bytes[colon] == ':' && equalsIgnoreCase(name.array(), start, colon)) {
                int from = colon + 1;
                while (bytes[from] == ' ' || bytes[from] == '\t') {
                    from++;
                }
                int end = from;
                while (bytes[end] != '\r') {
                    end++;
                }
                while (end > from && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
                    end--;
                }
                line.appendValue(bytes, from, end);
                return true;
            }
        }
        return false;
    }

    @Override
    public void appendTarget(LogText line) {
        line.appendValue(bytes, pathStart, targetEnd);
    }

    /** As it was sent, with its query, a character for a byte. */
    @Override
    public String target() {
        return new String(bytes, pathStart, targetEnd - pathStart, ISO_8859_1);
    }

    /** Which codings the client takes. Where the field is absent that is not what it is where the field is empty. */
    AcceptEncoding acceptEncoding(AcceptEncodings known) {
        return has(ACCEPT_ENCODING) ? known.of(bytes, starts[ACCEPT_ENCODING], ends[ACCEPT_ENCODING]) : AcceptEncoding.of(null);
    }

    /** Whether there is no range and no condition but, perhaps, If-None-Match. */
    boolean isPlain() {
        for (int field = RANGE; field < IF_NONE_MATCH; field++) {
            if (starts[field] != ABSENT) {
                return false;
            }
        }
        return true;
    }

    boolean hasIfNoneMatch() {
        return has(IF_NONE_MATCH);
    }

    /** Whether If-None-Match is this strong tag and nothing else, as it is where a cache has what it asks for. */
    boolean isIfNoneMatch(AsciiString etag) {
        return Arrays.equals(bytes, starts[IF_NONE_MATCH], ends[IF_NONE_MATCH], etag.array(), 0, etag.length());
    }

    private boolean has(int field) {
        return starts[field] != ABSENT;
    }

    private String value(int field) {
        return new String(bytes, starts[field], ends[field] - starts[field], ISO_8859_1);
    }

    @Override
    public String get(CharSequence name) {
        for (int field = 0; field < FIRST_DECLINED; field++) {
            if (NAMES[field].contentEqualsIgnoreCase(name)) {
                return has(field) ? value(field) : null;
            }
        }
        throw new IllegalArgumentException(name + " is not read");
    }
}
