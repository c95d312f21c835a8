package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSyntaxTest {

    private static final int MAX_FIELDS_LENGTH = 100;

    private static final int MAX_LINE_LENGTH = 8_192;

    private final RequestSyntax syntax = new RequestSyntax(MAX_LINE_LENGTH, MAX_FIELDS_LENGTH);

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n        | -
            \\r\\n\\r\\nGET / HTTP/1.1\\r\\n\\r\\n         | -
            GET /\\351\\302 HTTP/1.1\\r\\n\\r\\n           | -
            G\\r\\nX: \\t a\\tb\\r\\nY:\\r\\nZ:\\351\\r\\n  | -
            G\\nX: y\\r\\n\\r\\n                           | LF without CR
            \\nG                                           | LF without CR
            G\\r\\nX: y\\n\\r\\n                           | LF without CR
            G\\r\\rX: y\\r\\n                              | CR without LF
            G\\r\\nX: a\\rb\\r\\n                          | CR without LF
            \\rG                                           | CR without LF
            G\\r\\nX: y\\r\\n\\r\\r                        | CR without LF
            GET\\t/\\r\\n                                  | control character
            '\\tG'                                         | control character
            G\\0T                                          | control character
            G\\177                                         | control character
            G\\r\\nX: \\0\\r\\n                            | control character
            G\\r\\nX: a\\177b\\r\\n                        | control character
            G\\r\\nX: y\\r\\n z\\r\\n                      | obsolete line folding, RFC 9112 section 5.2
            G\\r\\n X: y\\r\\n                             | obsolete line folding, RFC 9112 section 5.2
            G\\r\\n\\tX: y\\r\\n                           | obsolete line folding, RFC 9112 section 5.2
            G\\r\\n: y\\r\\n                               | field without a name
            G\\r\\nX: y\\r\\n: y\\0\\r\\n                  | field without a name
            G\\r\\n!#$%&'*+-.^_`\\174~0aZ: y\\r\\n             | -
            G\\r\\nX : y\\r\\n                              | invalid field name
            G\\r\\nX\\t: y\\r\\n                            | invalid field name
            G\\r\\nX(Y: z\\r\\n                            | invalid field name
            G\\r\\nX\\351: y\\r\\n                          | invalid field name
            G\\r\\nX, Y=a: y\\r\\n                         | invalid field name
            G\\r\\nX\\r\\nY: z\\r\\n                        | field without a colon
            """)
    void a_head_is_read_alike_however_it_is_split(String head, String error) {
        assertReadAlike(head.translateEscapes(), error, RequestSyntax::beginHead);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            0\\r\\n\\r\\n                          | -
            3\\r\\na\\nc\\r\\n0\\r\\n\\r\\n        | -
            3 ;a="b c"\\r\\nabc\\r\\n0;x\\r\\n\\r\\n | -
            0000000a\\r\\n0123456789\\r\\n0\\r\\nX: y\\r\\nZ:\\r\\n\\r\\n | -
            00000000a\\r\\n                        | invalid chunk size
            3 \\r\\nabc                            | chunk without a size
            \\r\\n                                 | chunk without a size
            ' 3'                                   | invalid chunk size
            -1\\r\\n                               | invalid chunk size
            g\\r\\n                                | invalid chunk size
            3 3\\r\\n                              | invalid chunk size
            \\351                                  | invalid chunk size
            3\\r\\nabcd\\r\\n                      | chunk longer than its size
            3\\r\\nabc\\n                          | LF without CR
            3;\\0\\r\\n                            | control character
            3;\\r;                                 | CR without LF
            0\\r\\n X: y\\r\\n                     | obsolete line folding, RFC 9112 section 5.2
            0\\r\\n: y\\r\\n                       | field without a name
            0\\r\\nX@: y\\r\\n                     | invalid field name
            0\\r\\nX\\r\\n\\r\\n                    | field without a colon
            0\\r\\n\\r\\nG                         | data after the last chunk
            """)
    void chunks_are_read_alike_however_they_are_split(String chunks, String error) {
        assertReadAlike(chunks.translateEscapes(), error, RequestSyntax::beginChunks);
    }

    @ParameterizedTest
    @CsvSource({ "0, 100, false", "0, 101, true", "7, 100, false", "7, 101, true", "20, 100, false", "20, 101, true" })
    void fields_are_as_long_as_allowed_with_their_line_ends(int lineLength, int length, boolean tooLong) {
        StringBuilder fields = new StringBuilder();
        while (lineLength > 0 && fields.length() + lineLength + 2 + 3 <= length) {
            fields.append("x:".repeat(lineLength).substring(0, lineLength)).append("\r\n");
        }
        fields.append("y:".repeat(length).substring(0, length - fields.length() - 2)).append("\r\n");
        for (String before : new String[] { "GET / HTTP/1.1\r\n", "0\r\n" }) {
            RequestSyntax read = new RequestSyntax(MAX_LINE_LENGTH, MAX_FIELDS_LENGTH);
            if (before.startsWith("0")) {
                read.beginChunks();
            }
            read(read, before + fields + "\r\n");
            assertEquals(tooLong, read.error() instanceof TooLongHttpHeaderException, before + fields);
            assertEquals(tooLong, read.error() != null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET / HTTP/1.1\r\n", "0\r\n" })
    void fields_are_as_many_as_allowed(String before) {
        RequestSyntax large = new RequestSyntax(MAX_LINE_LENGTH, 10_000);
        if (before.startsWith("0")) {
            large.beginChunks();
        }
        read(large, before + "X: y\r\n".repeat(RequestSyntax.MAX_FIELDS));
        assertNull(large.error());
        read(large, "X");
        assertInstanceOf(TooLongHttpHeaderException.class, large.error());
    }

    @Test
    void a_head_tells_how_far_it_is() {
        assertTrue(syntax.isBeforeHead());
        read(syntax, "\r");
        assertTrue(syntax.isBeforeHead() && syntax.isWithinLineBreak());
        read(syntax, "\nGET / HT");
        assertFalse(syntax.isBeforeHead() || syntax.isWithinLineBreak());
        assertEquals(0, syntax.fieldMemory());
        read(syntax, "TP/1.1\r\n");
        assertEquals("GET / HTTP/1.1".length(), syntax.requestLineLength());
        int before = syntax.fieldMemory();
        read(syntax, "X: y");
        assertTrue(syntax.fieldMemory() > before + "X: y".length());
        read(syntax, "\r\n\r\n");
        assertEquals("GET / HTTP/1.1".length(), syntax.requestLineLength());
        syntax.beginChunks();
        read(syntax, "2\r\nab\r\n0\r\nX: y\r\n");
        assertFalse(syntax.isEnd());
        int trailers = syntax.fieldMemory();
        assertTrue(trailers > "X: y\r\n".length());
        read(syntax, "X: y\r\n".repeat(9));
        assertEquals(10 * trailers, syntax.fieldMemory() + 9 * syntax.requestLineLength());
        read(syntax, "\r\n");
        assertTrue(syntax.isEnd());
        syntax.beginHead();
        assertTrue(syntax.isBeforeHead());
        assertNull(syntax.error());
    }

    @Test
    void time_is_linear() {
        for (String before : new String[] { "", "G\r\nX: ", "2;" }) {
            NastyInput.assertLinear(before, input -> {
                RequestSyntax read = new RequestSyntax(MAX_LINE_LENGTH, Integer.MAX_VALUE / 2);
                if (before.startsWith("2")) {
                    read.beginChunks();
                }
                byte[] bytes = input.getBytes(ISO_8859_1);
                for (int at = 0; at < bytes.length; at += 7) {
                    read.read(bytes, at, Math.min(bytes.length, at + 7));
                }
            });
        }
    }

    private static void assertReadAlike(String input, String error, Consumer<RequestSyntax> begin) {
        for (int first = 0; first <= input.length(); first++) {
            for (int second = first; second <= input.length(); second++) {
                RequestSyntax read = new RequestSyntax(MAX_LINE_LENGTH, MAX_FIELDS_LENGTH);
                begin.accept(read);
                read(read, input.substring(0, first));
                read(read, input.substring(first, second));
                read(read, input.substring(second));
                assertEquals(error, read.error() == null ? null : read.error().getMessage(), first + " " + second);
            }
        }
    }

    /** From the middle of an array, as from the buffer of a connection. */
    private static void read(RequestSyntax syntax, String text) {
        byte[] bytes = ("\0" + text + "\0").getBytes(ISO_8859_1);
        syntax.read(bytes, 1, bytes.length - 1);
    }
}
