package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;

/**
 * A file's text as a browser decodes it: by its byte order mark, else as UTF-8, which is what Content-Type says of every text
 * of a site and what is ahead of any charset that a page declares (Encoding Standard section 6, HTML Standard section 13.2.3.2).
 * Line endings are those that an HTML parser sees: CR and CR LF are LF (13.2.3.5).
 *
 * @param marked whether it begins with a byte order mark
 * @param damagedLine the first line with bytes that its charset does not have; 0 for none
 */
public record TextContent(String text, Charset charset, boolean marked, int damagedLine) {

    static TextContent of(byte[] content) {
        Charset charset = charset(content);
        int mark = charset == null ? 0 : charset == UTF_8 ? 3 : 2;
        Charset known = charset == null ? UTF_8 : charset;
        ByteBuffer bytes = ByteBuffer.wrap(content, mark, content.length - mark);
        CharBuffer chars = CharBuffer.allocate(content.length);
        boolean damaged = known.newDecoder().decode(bytes, chars, true).isError();
        int line = damaged ? 1 + (int) chars.flip().chars().filter(character -> character == '\n').count() : 0;
        String text = new String(content, mark, content.length - mark, known);
        return new TextContent(text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n'), known, charset != null, line);
    }

    private static Charset charset(byte[] content) {
        int first = content.length < 2 ? 0 : (content[0] & 0xFF) << 8 | content[1] & 0xFF;
        if (first == 0xEFBB && content.length > 2 && (content[2] & 0xFF) == 0xBF) {
            return UTF_8;
        }
        return first == 0xFEFF ? UTF_16BE : first == 0xFFFE ? UTF_16LE : null;
    }

    /** @param file of a media type that is text, but not HTML, which {@link HtmlPage} inspects */
    public static List<Warning> warnings(String file, byte[] content) {
        return of(content).warning(file).stream().toList();
    }

    Optional<Warning> warning(String file) {
        if (charset != UTF_8) {
            return Optional.of(new Warning(file, 0, "is " + charset + ", but is sent as UTF-8: save it as UTF-8"));
        }
        return damagedLine == 0 ? Optional.empty()
                : Optional.of(new Warning(file, damagedLine, "is not UTF-8, but is sent as UTF-8: save it as UTF-8"));
    }
}
