package org.bakedpage.trim;

import java.util.Locale;

/**
 * A format string as messages have it: %s, %d, %x, %c, %b, %n, %% with the flags - and 0, a width, a precision of %s, and an
 * argument's index. Fractions (%f and the like) are written as Double.toString does. What is not understood is left as it is.
 * What it saved is said in MessageFormats, which it serves.
 */
final class MessageFormat {

    private final String format;
    private final Object[] arguments;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next;

    private MessageFormat(String format, Object[] arguments) {
        this.format = format;
        this.arguments = arguments == null ? new Object[1] : arguments;
    }

    static String format(String format, Object... arguments) {
        return new MessageFormat(format, arguments).format();
    }

    /** A pattern of java.text.MessageFormat: {0}, {1,number} and so on as by %s; two quotes are one, what one quote opens is text. */
    static String formatBraces(String pattern, Object... arguments) {
        StringBuilder out = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            int end = pattern.indexOf('}', at);
            if (c == '\'') {
                boolean two = at + 1 < pattern.length() && pattern.charAt(at + 1) == '\'';
                out.append(two ? "'" : "");
                at += two ? 1 : 0;
                quoted ^= !two;
            } else if (c == '{' && !quoted && end > at && Character.isDigit(pattern.charAt(at + 1))) {
                int index = pattern.charAt(at + 1) - '0';
                out.append(arguments != null && index < arguments.length ? arguments[index] : pattern.substring(at, end + 1));
                at = end;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private String format() {
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c == '%') {
                specifier();
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** {@code %[index$][flags][width][.precision]conversion}. */
    private void specifier() {
        int start = at - 1;
        int number = number();
        int index = -1;
        if (number > 0 && peek() == '$') {
            at++;
            index = number - 1;
            number = 0;
        } else {
            at = start + 1;
        }
        boolean left = false;
        boolean zeros = false;
        while ("-0#+, (".indexOf(peek()) >= 0) {
            left |= peek() == '-';
            zeros |= peek() == '0';
            at++;
        }
        int width = number();
        int precision = -1;
        if (peek() == '.') {
            at++;
            precision = number();
        }
        if (at == format.length()) {
            out.append(format, start, at);
            return;
        }
        char conversion = format.charAt(at++);
        if (conversion == 'n' || conversion == '%') {
            pad(conversion == 'n' ? "\n" : "%", width, left, ' ');
            return;
        }
        int argument = index >= 0 ? index : next++;
        if (argument >= arguments.length) {
            out.append(format, start, at);
            return;
        }
        String text = text(conversion, arguments[argument]);
        if (precision >= 0 && (conversion == 's' || conversion == 'S') && text.length() > precision) {
            text = text.substring(0, precision);
        }
        pad(text, width, left, zeros ? '0' : ' ');
    }

    private static String text(char conversion, Object argument) {
        String text = switch (conversion) {
            case 'x', 'X' -> hexadecimal(argument);
            case 'h', 'H' -> argument == null ? "null" : Integer.toHexString(argument.hashCode());
            case 'b', 'B' -> Boolean.toString(argument instanceof Boolean b ? b : argument != null);
            case 'c', 'C' -> argument instanceof Integer codePoint ? Character.toString(codePoint) : String.valueOf(argument);
            default -> String.valueOf(argument);
        };
        return Character.isUpperCase(conversion) ? text.toUpperCase(Locale.ROOT) : text;
    }

    private static String hexadecimal(Object argument) {
        if (argument instanceof Long number) {
            return Long.toHexString(number);
        }
        if (argument instanceof Byte number) {
            return Integer.toHexString(Byte.toUnsignedInt(number));
        }
        if (argument instanceof Short number) {
            return Integer.toHexString(Short.toUnsignedInt(number));
        }
        return argument instanceof Integer number ? Integer.toHexString(number) : String.valueOf(argument);
    }

    private void pad(String text, int width, boolean left, char with) {
        if (left) {
            out.append(text);
        }
        for (int i = text.length(); i < width; i++) {
            out.append(left ? ' ' : with);
        }
        if (!left) {
            out.append(text);
        }
    }

    private int number() {
        int number = 0;
        while (peek() >= '0' && peek() <= '9' && number < 10_000) {
            number = number * 10 + format.charAt(at++) - '0';
        }
        return number;
    }

    private int peek() {
        return at < format.length() ? format.charAt(at) : -1;
    }
}
