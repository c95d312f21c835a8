package org.bakedpage;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ByteProcessor;

/**
 * Looks at the bytes of a head, and of the frame of chunks, after the decoder has taken them for one.
 * SECURITY: what the decoder forgives there, it must not contain: RFC 9112 sections 2.2, 3, 5 and 7.1. It decides nothing
 * but that: where a head or a chunk ends, the decoder says.
 */
final class RequestSyntax implements ByteProcessor {

    private enum Part { BEFORE, REQUEST_LINE, FIELDS, CHUNK_SIZE, CHUNK_SPACE, CHUNK_EXTENSION, CHUNK_DATA, CHUNK_END,
        TRAILERS, END }

    private static final int LINE_BREAK_LENGTH = 2;
    private static final int MAX_SIZE_DIGITS = 8;

    /** SECURITY: each takes many times its length in memory, so their length alone bounds nothing. */
    private static final int MAX_FIELDS = 128;
    /** Two strings, and their place in a map. */
    private static final int FIELD_BYTES = 200;

    private final int maxFieldsLength;
    private Part part = Part.BEFORE;
    private byte previous;
    private int lineLength;
    private int fieldsLength;
    private int fields;
    private int sizeDigits;
    private long chunkLeft;
    private Exception complaint;

    RequestSyntax(int maxFieldsLength) {
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

    /** In bytes, roughly what the decoder keeps of a head that was read so far. */
    int headMemory() {
        return part == Part.FIELDS ? lineLength + fieldsLength + fields * FIELD_BYTES : 0;
    }

    int requestLineLength() {
        return lineLength;
    }

    /** Null if nothing is wrong so far. */
    Exception complaint() {
        return complaint;
    }

    void beginHead() {
        part = Part.BEFORE;
        previous = 0;
    }

    void beginChunks() {
        part = Part.CHUNK_SIZE;
        previous = 0;
        sizeDigits = 0;
    }

    @Override
    public boolean process(byte b) {
        if (part == Part.CHUNK_DATA) {
            part = --chunkLeft == 0 ? Part.CHUNK_END : part;
            return true;
        }
        fieldsLength++;
        if (part == Part.FIELDS && b > ' ' && b < 0x7F && previous > ' ') {
            previous = b;
            return true;
        }
        if (previous == '\r' && b != '\n') {
            complain("CR without LF");
        } else if (b == '\n' && previous != '\r') {
            complain("LF without CR");
        } else if (b >= 0 && b < ' ' && b != '\r' && b != '\n' && (b != '\t' || !mayContainTab()) || b == 0x7F) {
            complain("a control character");
        } else if (b == '\n') {
            endLine();
        } else if (b != '\r') {
            read(b);
        }
        // With each line's end, which the decoder does not count, but without the end of the head.
        if (part == Part.FIELDS && (fieldsLength > maxFieldsLength + LINE_BREAK_LENGTH || fields > MAX_FIELDS)) {
            complaint = new TooLongHttpHeaderException("too many fields, or too long");
        }
        previous = b;
        return true;
    }

    private boolean mayContainTab() {
        return part != Part.BEFORE && part != Part.REQUEST_LINE;
    }

    private void endLine() {
        switch (part) {
            case REQUEST_LINE -> {
                part = Part.FIELDS;
                fieldsLength = 0;
                fields = 0;
            }
            case CHUNK_SIZE, CHUNK_SPACE, CHUNK_EXTENSION -> {
                if (sizeDigits == 0 || part == Part.CHUNK_SPACE) {
                    complain("a line without the size of a chunk");
                }
                part = chunkLeft == 0 ? Part.TRAILERS : Part.CHUNK_DATA;
                lineLength = 0;
            }
            case CHUNK_END -> beginChunks();
            case TRAILERS -> {
                part = lineLength == 0 ? Part.END : part;
                lineLength = 0;
            }
            default -> {
            }
        }
    }

    private void read(byte b) {
        switch (part) {
            case BEFORE -> {
                part = Part.REQUEST_LINE;
                lineLength = 1;
            }
            case REQUEST_LINE -> lineLength++;
            case FIELDS -> readField(b);
            case TRAILERS -> {
                lineLength++;
                readField(b);
            }
            case CHUNK_SIZE, CHUNK_SPACE -> readChunkSize(b);
            case CHUNK_END -> complain("a chunk longer than its size");
            case END -> complain("more than the last chunk");
            default -> {
            }
        }
    }

    private void readField(byte b) {
        if (previous == '\n' && (b == ' ' || b == '\t')) {
            complain("a folded field, RFC 9112 section 5.2");
        } else if (previous == '\n' && b == ':') {
            complain("a field without a name");
        } else if (previous == '\n') {
            fields++;
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
            complain("not the size of a chunk");
        }
    }

    private void complain(String fault) {
        if (complaint == null) {
            complaint = new IllegalArgumentException(fault);
        }
    }
}
