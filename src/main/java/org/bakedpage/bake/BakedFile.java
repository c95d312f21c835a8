package org.bakedpage.bake;

import java.util.SortedMap;

/**
 * One file as it is served.
 *
 * @param path decoded, with its leading slash
 * @param source where it is edited, as its author knows it
 * @param bytes without a coding
 * @param codings the bytes of each other representation, by its content coding: br, gzip, zstd
 * @param etag of the one without a coding, with its quotes
 * @param fields further ones of the answer by their names
 */
public record BakedFile(String path, String source, String mediaType, long bytes, SortedMap<String, Long> codings, String etag,
        String cacheControl, SortedMap<String, String> fields) {
}
