package org.bakedpage;

/** A text as JSON has it, RFC 8259 section 7. */
public final class JsonText {

    private JsonText() {
    }

    /** Control characters are escaped, and surrogates, for one half of a pair alone is no UTF-8. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ' || c == 0x7F || Character.isSurrogate(c)) {
                quoted.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    quoted.append(Character.forDigit(c >> shift & 0xF, 16));
                }
            } else {
                quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
