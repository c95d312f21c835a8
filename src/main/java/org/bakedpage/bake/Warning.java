package org.bakedpage.bake;

import java.util.regex.Pattern;

/**
 * What the build tells, and goes on.
 *
 * @param file as its author knows it
 * @param line from 1 on; 0 for none
 * @param text of one line and a few hundred characters, whatever a page has in it: what is wrong is at its begin or its end
 */
public record Warning(String file, int line, String text) {

    private static final int MAX_LENGTH = 400;

    private static final Pattern MIDDLE = Pattern.compile("^(.{200}).*(.{199})$", Pattern.DOTALL);
    /** Of a terminal; what begins a line; what turns the direction of a text. */
    static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    public Warning {
        text = visible(text.length() <= MAX_LENGTH ? text : MIDDLE.matcher(text).replaceFirst("$1…$2"));
    }

    /** In one line, and as it reads. */
    static String visible(String text) {
        return CONTROLS.matcher(text).replaceAll("\uFFFD");
    }

    @Override
    public String toString() {
        return visible(file) + ":" + (line == 0 ? "" : line + ":") + " " + text;
    }
}
