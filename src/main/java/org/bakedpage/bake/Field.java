package org.bakedpage.bake;

/**
 * A field of a response, RFC 9110 section 5.
 *
 * @param value null: what the server sends under this name otherwise is taken away
 */
public record Field(String name, String value) {
}
