package org.bakedpage.bake;

/**
 * What a build tells without stopping.
 *
 * @param line in that file, from 1; 0 for none
 */
public record Warning(String file, int line, String text) {
}
