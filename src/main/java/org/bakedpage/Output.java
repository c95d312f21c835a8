package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.util.AsciiString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * What an event loop is about to send to one connection: bytes, and perhaps a content behind them that is sent from where it
 * lies. Used anew for each connection.
 */
final class Output {

    /** Up to here a content is copied, so that the answers to several requests are sent by one call. */
    private static final int MAX_COPIED_BYTES = 4 << 10;
    /** From here on what is there is sent before another answer is added. */
    private static final int FULL_BYTES = 16 << 10;
    /** Of one answer: its status line, its fields and, of a redirect, the target of the request. */
    static final int MAX_HEAD_BYTES = 64 << 10;
    /** Percent-encoded it is three times as long, and there are other fields. */
    static final int MAX_TARGET_BYTES = MAX_HEAD_BYTES / 4;

    /** Outside the heap, or it would be copied to be sent. */
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(FULL_BYTES + MAX_HEAD_BYTES + MAX_COPIED_BYTES);
    private int length;
    private boolean overflown;
    /** Behind the bytes; null for none. */
    private ByteBuffer content;

    void append(byte[] text) {
        append(text, 0, text.length);
    }

    private void append(byte[] text, int from, int count) {
        if (hasRoom(count)) {
            bytes.put(length, text, from, count);
            length += count;
        }
    }

    private boolean hasRoom(int count) {
        overflown |= count > bytes.capacity() - length;
        return !overflown;
    }

    /** Whether something was left out for want of room. */
    boolean isOverflown() {
        return overflown;
    }

    void append(CharSequence text) {
        if (text instanceof AsciiString ascii) {
            append(ascii.array(), ascii.arrayOffset(), ascii.length());
        } else {
            append(text.toString().getBytes(ISO_8859_1));
        }
    }

    /** @param whole its bytes from {@code from} on, {@code count} of them, stay as they are until they are sent */
    void append(ByteBuffer whole, int from, int count) {
        if (count > MAX_COPIED_BYTES) {
            content = whole.slice(from, count);
        } else if (hasRoom(count)) {
            bytes.put(length, whole, from, count);
            length += count;
        }
    }

    /** Drops what was added since, with a content. */
    void truncate(int start) {
        length = start;
        content = null;
        overflown = false;
    }

    /** Takes away what was added since, without a content. */
    byte[] removeFrom(int start) {
        byte[] removed = rest(start);
        length = start;
        return removed;
    }

    /** Drops what was not sent. */
    void clear() {
        truncate(0);
    }

    private byte[] rest(int from) {
        byte[] rest = new byte[length - from];
        bytes.get(from, rest);
        return rest;
    }

    int length() {
        return length;
    }

    /** In bytes, all that is to be sent. */
    int total() {
        return length + (content == null ? 0 : content.capacity());
    }

    /** Whether it is to be sent before anything is added. */
    boolean isFull() {
        return length >= FULL_BYTES || content != null;
    }

    boolean isEmpty() {
        return length == 0 && content == null;
    }

    /** @return what the system does not take now; null for nothing */
    Unsent send(SocketChannel socket) throws IOException {
        try {
            return send(socket, 0);
        } finally {
            clear();
        }
    }

    private Unsent send(SocketChannel socket, int from) throws IOException {
        int sent = Sockets.send(socket, bytes, length, content, from);
        int left = length + (content == null ? 0 : content.capacity() - from) - sent;
        return left == 0 ? null : new Unsent(rest(Math.min(sent, length)), content, from + Math.max(0, sent - length));
    }

    /** Sends more of what the system did not take before. */
    Unsent send(SocketChannel socket, Unsent unsent) throws IOException {
        append(unsent.bytes());
        content = unsent.content();
        try {
            return send(socket, unsent.from());
        } finally {
            clear();
        }
    }
}
