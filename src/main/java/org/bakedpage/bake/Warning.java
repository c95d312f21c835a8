package org.bakedpage.bake;

/**
 * What a site's author should look at, though it stops no build.
 *
 * @param file as its author knows it: the path within the site, or a setting's name
 * @param line 0 for none
 */
public record Warning(String file, int line, String text) {
}
