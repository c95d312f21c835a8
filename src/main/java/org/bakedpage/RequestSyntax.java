package org.bakedpage;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;

/**
 * Looks at the bytes of a head, and of the frame of chunks, after the decoder has taken them for one.
 * SECURITY: what the decoder forgives there, it must not contain: RFC 9112 sections 2.2, 3, 5 and 7.1. It decides nothing
 * but that: where a head or a chunk ends, the decoder says.
 */
final class RequestSyntax {

    /** SECURITY: each takes many times its length in memory, so their length alone bounds nothing. */
    static final int MAX_FIELDS = 128;
    /** Two strings, and their entry in a map. */
    private static final int FIELD_BYTES = 200;

    private static final byte[] CONTENT_LENGTH = "content-length".getBytes(StandardCharsets.US_ASCII);
    private static final int LINE_BREAK_LENGTH = 2;
    private static final int MAX_SIZE_DIGITS = 8;

    private enum Part { BEFORE, REQUEST_LINE, FIELDS, CHUNK_SIZE, CHUNK_SPACE, CHUNK_EXTENSION, CHUNK_DATA, CHUNK_END,
        TRAILERS, END }

    private final int maxLineLength;
    private final int maxFieldsLength;
    private Part part = Part.BEFORE;
    private byte previous;
    private int lineLength;
    private boolean inName;
    /** How many bytes from a name's first on are those of Content-Length. */
    private int alike;
    private int lengths;
    private int requestLineLength;
    private int fieldsLength;
    private int fields;
    private int sizeDigits;
    private long chunkLeft;
    private Exception error;

    /**
     * @param maxLineLength of a request line, in bytes without its end
     * @param maxFieldsLength of all field lines, in bytes with their ends
     */
    RequestSyntax(int maxLineLength, int maxFieldsLength) {
        this.maxLineLength = maxLineLength;
        this.maxFieldsLength = maxFieldsLength;
    }

    /** Whether nothing of a head was seen yet, but for empty lines, which may stand before it. */
    boolean isBeforeHead() {
        return part == Part.BEFORE;
    }

    /** Whether it ended with a CR that lacks its LF. */
    boolean isWithinLineBreak() {
        return previous == '\r';
    }

    boolean isEnd() {
        return part == Part.END;
    }

    /** In bytes, roughly what the decoder keeps of the fields that were read so far, and of the line before them. */
    int fieldMemory() {
        return part == Part.FIELDS || part == Part.TRAILERS
                ? requestLineLength + fieldsLength + lineLength + fields * FIELD_BYTES : 0;
    }

    /** In bytes, without its end, which must have been read. */
    int requestLineLength() {
        return requestLineLength;
    }

    /** The first error so far; null if there is none. */
    Exception error() {
        return error;
    }

    void beginHead() {
        begin(Part.BEFORE);
    }

    void beginChunks() {
        begin(Part.CHUNK_SIZE);
        sizeDigits = 0;
    }

    private void begin(Part next) {
        part = next;
        previous = 0;
        lineLength = 0;
        inName = false;
    }

    /** Reads what stands from {@code from} to before {@code to}: all of it, or what has arrived. */
    void read(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (part == Part.CHUNK_DATA) {
                at += skipData(to - at);
            } else if (isWithinText() && isText(bytes[at])) {
                int end = endOfText(bytes, at, to);
                count(end - at);
                previous = bytes[end - 1];
                at = end;
            } else {
                read(bytes[at++]);
            }
        }
    }

    private int skipData(int available) {
        int length = (int) Math.min(chunkLeft, available);
        chunkLeft -= length;
        if (chunkLeft == 0) {
            part = Part.CHUNK_END;
        }
        return length;
    }

    /** Whether a line has begun on which any text may follow. */
    private boolean isWithinText() {
        return lineLength > 0 && !inName && previous != '\r'
                && (part == Part.FIELDS || part == Part.REQUEST_LINE || part == Part.TRAILERS || part == Part.CHUNK_EXTENSION);
    }

    private static int endOfText(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isText(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isText(byte b) {
        return b >= ' ' ? b != 0x7F : b < 0;
    }

    private void read(byte b) {
        if (previous == '\r' && b != '\n') {
            fail("CR without LF");
        } else if (b == '\n' && previous != '\r') {
            fail("LF without CR");
        } else if (b == '\n') {
            endLine();
        } else if (isText(b) || b == '\t' && part != Part.BEFORE && part != Part.REQUEST_LINE) {
            readText(b);
            count(1);
        } else if (b != '\r') {
            fail("control character");
        }
        previous = b;
    }

    private void readText(byte b) {
        switch (part) {
            case BEFORE -> part = Part.REQUEST_LINE;
            case FIELDS, TRAILERS -> readField(b);
            case CHUNK_SIZE, CHUNK_SPACE -> readChunkSize(b);
            case CHUNK_END -> fail("chunk longer than its size");
            case END -> fail("data after the last chunk");
            default -> {
            }
        }
    }

    private void readField(byte b) {
        boolean first = lineLength == 0;
        if (first) {
            fields++;
            inName = true;
            alike = 0;
        }
        if (first && (b == ' ' || b == '\t')) {
            fail("obsolete line folding, RFC 9112 section 5.2");
        } else if (first && b == ':') {
            fail("field without a name");
        } else if (inName && b != ':' && !CommonRequest.isToken(b)) {
            fail("invalid field name");
        }
        if (inName && b == ':') {
            inName = false;
            endName();
        } else if (inName && alike == lineLength && alike < CONTENT_LENGTH.length && (b | 0x20) == CONTENT_LENGTH[alike]) {
            alike++;
        }
    }

    /** RFC 9112 section 6.3: the decoder takes several of HTTP/1.0 for one. */
    private void endName() {
        if (alike == CONTENT_LENGTH.length && lineLength == alike && ++lengths > 1) {
            fail("several Content-Length");
        }
    }

    private void readChunkSize(byte b) {
        int digit = Character.digit(b, 16);
        if (digit >= 0 && part == Part.CHUNK_SIZE && sizeDigits < MAX_SIZE_DIGITS) {
            chunkLeft = (sizeDigits == 0 ? 0 : chunkLeft << 4) | digit;
            sizeDigits++;
        } else if (b == ';' && sizeDigits > 0) {
            part = Part.CHUNK_EXTENSION;
        } else if ((b == ' ' || b == '\t') && sizeDigits > 0) {
            part = Part.CHUNK_SPACE;
        } else {
            fail("invalid chunk size");
        }
    }

    /** Text of a line. The decoder does not count line ends, and counts trailers one by one. */
    private void count(int length) {
        lineLength += length;
        boolean tooLong = fieldsLength + lineLength + LINE_BREAK_LENGTH > maxFieldsLength || fields > MAX_FIELDS;
        if (tooLong && (part == Part.FIELDS || part == Part.TRAILERS) && error == null) {
            error = new TooLongHttpHeaderException("too many fields, or too long");
        }
    }

    private void endLine() {
        if (inName) {
            fail("field without a colon");
            inName = false;
        }
        switch (part) {
            case REQUEST_LINE -> {
                requestLineLength = lineLength;
                if (lineLength > maxLineLength && error == null) {
                    error = new TooLongHttpLineException("request line too long");
                }
                beginFields(Part.FIELDS);
            }
            case FIELDS -> fieldsLength += lineLength + LINE_BREAK_LENGTH;
            case CHUNK_SIZE, CHUNK_SPACE, CHUNK_EXTENSION -> endChunkSize();
            case CHUNK_END -> beginChunks();
            case TRAILERS -> {
                fieldsLength += lineLength + LINE_BREAK_LENGTH;
                part = lineLength == 0 ? Part.END : part;
            }
            default -> {
            }
        }
        lineLength = 0;
    }

    private void endChunkSize() {
        if (sizeDigits == 0 || part == Part.CHUNK_SPACE) {
            fail("chunk without a size");
        }
        if (chunkLeft == 0) {
            beginFields(Part.TRAILERS);
        } else {
            part = Part.CHUNK_DATA;
        }
    }

    private void beginFields(Part next) {
        part = next;
        fieldsLength = 0;
        fields = 0;
        lengths = 0;
    }

    private void fail(String fault) {
        if (error == null) {
            error = new IllegalArgumentException(fault);
        }
    }
}
