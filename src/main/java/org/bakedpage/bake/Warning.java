package org.bakedpage.bake;

/**
 * What the build tells, and goes on.
 *
 * @param file as its author knows it
 * @param line from 1 on; 0 for none
 */
public record Warning(String file, int line, String text) {

    @Override
    public String toString() {
        return line == 0 ? file + ": " + text : file + ":" + line + ": " + text;
    }
}
