package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file's text as a browser decodes it: by its byte order mark, else by Content-Type, which is ahead of any charset that a page
 * declares (Encoding Standard section 6, HTML Standard section 13.2.3.2).
 *
 * @param sent the charset that Content-Type names
 * @param marked whether it begins with a byte order mark
 */
public record TextContent(byte[] content, Charset sent, Charset charset, boolean marked) {

    private static final Pattern CHARSET = Pattern.compile("charset=\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final int PIECE = 8 << 10;

    static TextContent of(String contentType, byte[] content) {
        Charset sent = charset(contentType);
        Charset marked = marked(content);
        return new TextContent(content, sent, marked == null ? sent : marked, marked != null);
    }

    /** Line endings are those that an HTML parser sees: CR and CR LF are LF (HTML Standard section 13.2.3.5). */
    String text() {
        int mark = mark();
        String text = new String(content, mark, content.length - mark, charset);
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private int mark() {
        return !marked ? 0 : charset.equals(UTF_8) ? 3 : 2;
    }

    /** Encoding Standard section 4.2: what is labelled Latin-1 or ASCII is windows-1252. */
    private static Charset charset(String contentType) {
        Matcher label = CHARSET.matcher(contentType);
        if (!label.find()) {
            return UTF_8;
        }
        try {
            Charset named = Charset.forName(label.group(1));
            return named.name().equals("ISO-8859-1") || named.name().equals("US-ASCII") ? Charset.forName("windows-1252") : named;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            // As a browser takes one that it does not know.
            return UTF_8;
        }
    }

    private static Charset marked(byte[] content) {
        int first = content.length < 2 ? 0 : (content[0] & 0xFF) << 8 | content[1] & 0xFF;
        if (first == 0xEFBB && content.length > 2 && (content[2] & 0xFF) == 0xBF) {
            return UTF_8;
        }
        return first == 0xFEFF ? UTF_16BE : first == 0xFFFE ? UTF_16LE : null;
    }

    /** @param file of a media type that is text, but not HTML, which {@link HtmlPage} inspects */
    public static List<Warning> warnings(String file, String contentType, byte[] content) {
        return of(contentType, content).warning(file).stream().toList();
    }

    Optional<Warning> warning(String file) {
        if (!charset.equals(sent)) {
            return Optional.of(new Warning(file, 0, "is " + charset + ", but is sent as " + sent + ": save it as " + sent));
        }
        int line = damagedLine();
        return line == 0 ? Optional.empty() : Optional.of(new Warning(file, line, "is not " + sent + ", but is sent as " + sent
                + ": save it as " + sent));
    }

    /** The first line with bytes that its charset does not have; 0 for none. In pieces: a file may be as large as memory. */
    private int damagedLine() {
        CharsetDecoder decoder = charset.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(content, mark(), content.length - mark());
        CharBuffer piece = CharBuffer.allocate(PIECE);
        int line = 1;
        while (true) {
            CoderResult result = decoder.decode(bytes, piece, true);
            line += (int) piece.flip().chars().filter(character -> character == '\n').count();
            piece.clear();
            if (!result.isOverflow()) {
                return result.isError() ? line : 0;
            }
        }
    }
}
