package org.bakedpage.bake;

/**
 * A file that lies in the site's folder and is not served.
 *
 * @param path with its leading slash, of a folder with one at its end too; control characters are escaped
 */
public record LeftOut(String path, String reason) {
}
