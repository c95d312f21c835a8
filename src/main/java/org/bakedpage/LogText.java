package org.bakedpage;

import java.util.Arrays;

/** Lines of the access log while they are put together, as the bytes that are written: ASCII alone. Used anew, by one event loop. */
final class LogText {

    /** SECURITY: bytes of one value, or a client would fill a log with its own. */
    static final int MAX_VALUE = 1_024;
    private static final int INITIAL_BYTES = 4 << 10;
    private static final byte[] HEX = { '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f' };
    /** By byte: whether a value has it as it is. */
    private static final boolean[] PLAIN = new boolean[256];

    static {
        for (int c = ' '; c < 0x7F; c++) {
            PLAIN[c] = c != '"' && c != '\\';
        }
    }

    private final boolean json;
    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;

    /** @param json whether values are escaped as RFC 8259 section 7 has it; else as {@code \xHH} */
    LogText(boolean json) {
        this.json = json;
    }

    int length() {
        return length;
    }

    /** Takes away what was added since. */
    void setLength(int length) {
        this.length = length;
    }

    byte[] removeAll() {
        byte[] all = Arrays.copyOf(bytes, length);
        length = 0;
        return all;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    LogText append(char c) {
        reserve(1);
        bytes[length++] = (byte) c;
        return this;
    }

    /** @param text of ASCII, the server's own */
    @SuppressWarnings("deprecation")
    LogText append(String text) {
        reserve(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        return this;
    }

    /** @param number not negative */
    LogText append(long number) {
        reserve(20);
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** What a client has sent. */
    void appendValue(byte[] value, int from, int to) {
        int end = Math.min(to, from + MAX_VALUE);
        // Six for the longest escape.
        reserve(6 * (end - from) + 3);
        for (int i = from; i < end; i++) {
            byte b = value[i];
            if (PLAIN[b & 0xFF]) {
                bytes[length++] = b;
            } else {
                appendEscaped(b);
            }
        }
        if (end < to) {
            append("...");
        }
    }

    /** @param value a character for a byte */
    @SuppressWarnings("deprecation")
    void appendValue(String value) {
        byte[] bytes = new byte[value.length()];
        value.getBytes(0, bytes.length, bytes, 0);
        appendValue(bytes, 0, bytes.length);
    }

    private void appendEscaped(byte b) {
        bytes[length++] = '\\';
        if (json && (b == '"' || b == '\\')) {
            bytes[length++] = b;
            return;
        }
        bytes[length++] = (byte) (json ? 'u' : 'x');
        if (json) {
            bytes[length++] = '0';
            bytes[length++] = '0';
        }
        bytes[length++] = HEX[b >> 4 & 0xF];
        bytes[length++] = HEX[b & 0xF];
    }
}
